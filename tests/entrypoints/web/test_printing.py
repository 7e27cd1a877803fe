"""Papers from pages: a PDF under a neutral name, of what one may see; what is long is a job."""

from uuid import uuid4

import pytest
from django.urls import reverse

from baomi.engine.jobs import queue
from baomi.engine.jobs.kinds.printing import PRINTERS
from baomi.engine.sealer import seal_now
from baomi.registers.custody import models
from tests.engine.papers.looking import codes_on, pages_of, words_on
from tests.entrypoints.web.page import masked, page
from tests.entrypoints.web.reading import panel, rows_in
from tests.entrypoints.web.scanning import badge_of, cabinet_label, label_of, person
from tests.factories.deeds import do, size
from tests.registers.custody.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CANARY = "甲乙丙丁戊己"
LABELS = "/print/labels"


@pytest.fixture
def desk(office):
    return Desk(office)


def texts(answer) -> set[str]:
    """The codes on a PDF, with what a PDF's answer has to be."""
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    name = answer.headers["Content-Disposition"]
    assert name.startswith('attachment; filename="')
    assert name.isascii()
    assert answer.content.startswith(b"%PDF")
    return {each.text for each in codes_on(answer.content)}


def test_labels_of_new_copies_are_offered_ticked_and_printed(desk, at):
    _, copies = desk.receive(title=CANARY)
    browser = at("registrar")
    shown = page(browser.get("/print"))
    assert CANARY not in shown.text
    form = shown.one("form", id="labels")
    boxes = form.all("input", name="ids")
    assert {each.attributes["value"] for each in boxes} == {str(each) for each in copies}
    assert all("checked" in each.attributes for each in boxes)
    fields = {"ids": [str(each) for each in copies], "sheet": "a4_24", "used": "3"}
    assert texts(browser.post(LABELS, fields)) == {label_of(each) for each in copies}


def test_a_papers_number_means_all_its_copies(desk, at):
    paper, copies = desk.ready()
    _, others = desk.ready(number="×办发〔2025〕8号")
    number = desk.paper(paper)["registered_number"]
    asked = {"typed": [number, label_of(others[0]), ""], "used": "0"}
    expected = {label_of(each) for each in (*copies, others[0])}
    assert texts(at("registrar").post(LABELS, asked)) == expected


def test_without_new_copies_the_page_says_so(desk, at):
    desk.ready()
    assert "没有新登记、还没有入柜的文件" in page(at("registrar").get("/print")).text


def test_for_others_there_is_no_such_page(desk, at):
    browser = at(desk.general)
    missing = masked(browser.get("/nothing"))
    assert masked(browser.get("/print")) == missing
    assert masked(browser.post("/print/codes")) == missing
    assert masked(browser.post("/print/checkpoint")) == missing
    assert masked(browser.post("/print/register")) == missing
    assert "工牌由保密员打印" in page(at("unit_keeper").get("/print")).text


@pytest.mark.parametrize("paper", ["labels", "slip", "badges", "cabinet_labels", "x"])
def test_what_one_may_not_see_is_like_nothing(paper, desk, at):
    _, copies = desk.ready()
    browser = at(desk.general)
    foreign = copies[0] if paper == "labels" else uuid4()
    answer = browser.get(f"/print/{paper}/{foreign}")
    assert answer.status_code == 404
    assert masked(answer) == masked(browser.get("/nothing"))


def test_a_thing_prints_from_its_own_page(desk, at):
    _, copies = desk.ready()
    browser = at("registrar")
    of = {
        f"/o/custody.copy/{copies[0]}": label_of(copies[0]),
        f"/o/office.person/{desk.reader}": badge_of(desk.reader),
        f"/o/office.cabinet/{desk.cabinet}": cabinet_label(desk.cabinet),
    }
    for address, text in of.items():
        links = page(browser.get(address)).all("a")
        (href,) = [
            each.attributes["href"]
            for each in links
            if each.attributes.get("href", "").startswith("/print/")
        ]
        form = page(browser.get(href)).all("form", method="post")[-1]
        fields = {
            each.attributes["name"]: each.attributes["value"]
            for each in form.all("input")
            if each.attributes.get("name") in ("ids", "used")
        }
        assert texts(browser.post(form.attributes["action"], fields)) == {text}


def test_the_slip_is_for_the_two_of_it(desk, at):
    _, copies = desk.ready(title=CANARY)
    desk.give(copies[0])
    slip = do("custody.draw_up_slip", desk.registrar, copies[0]).told
    address = reverse("print", args=["slip", slip["slip"]])
    for who in ("registrar", desk.reader):
        answer = at(who).get(address)
        assert slip["label"] in texts(answer)
        assert CANARY in words_on(answer.content)
        assert CANARY not in str(answer.headers)
    assert at(desk.general).get(address).status_code == 404


def test_station_codes_are_what_the_station_understands(desk, at):
    browser = at("registrar")
    shown = page(browser.get("/scan")).one("div", id="station").attributes["data-codes"]
    printed = texts(browser.post("/print/codes"))
    assert printed == {"BMOUT", "BMBACK", "BMSTORE", "BMSLIP"}
    assert all(f'"{code}"' in shown for code in printed)


def test_the_newest_sealing_is_for_registrar_and_auditor(desk, at):
    seal_now()
    for who in ("registrar", "auditor"):
        answer = at(who).post("/print/checkpoint")
        assert answer.content.startswith(b"%PDF")
    assert at("system_admin").post("/print/checkpoint").status_code == 404


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({}, "没有选中要打印的内容"),
        ({"ids": ["x"]}, "无法识别"),
        ({"typed": ["2099-001"]}, "没有这份文件"),
        ({"typed": ["BMC00"]}, "只读到一部分"),
        ({"used": "x"}, "已用的格数应是整数"),
        ({"used": "21"}, "已用的格数须在 0 到 20 之间"),
        ({"sheet": "a5"}, "没有这种标签纸"),
    ],
)
def test_a_wrong_asking_is_a_sentence(asked, sentence, desk, at):
    _, copies = desk.ready()
    fields = {"ids": [str(copies[0])]} | asked if "used" in asked or "sheet" in asked else asked
    answer = at("registrar").post(LABELS, fields)
    assert answer.status_code == 400
    assert sentence in page(answer).text


def test_what_is_long_becomes_a_job(desk, at, monkeypatch):
    asked = []
    monkeypatch.setattr(queue, "ask", lambda *what: asked.append(what) or uuid4())
    _, copies = desk.receive(copy_numbers="000001-000061")
    ids = [str(each) for each in copies]
    answer = at("registrar").post(LABELS, {"ids": ids, "sheet": "one_60_40"})
    assert answer.status_code == 302
    ((kind, asker, told),) = asked
    assert (kind, asker) == ("print", desk.registrar)
    assert (told["paper"], told["ids"], told["sheet"]) == ("labels", ids, "one_60_40")
    few = at("registrar").post(LABELS, {"ids": ids, "sheet": "a4_21"})
    assert pages_of(few.content) == 3


def test_a_printed_list_is_recorded_once_however_often_it_is_begun(desk):
    desk.receive(title=CANARY)
    # few columns: of all, the title's is so narrow that it goes over two lines
    columns = ["registered_number", "title", "state"]
    asked = {"book": "custody.copy", "reason": "年度核对", "job": str(uuid4()), "columns": columns}
    before = size()
    registrar = person(desk.registrar)
    first, name = PRINTERS["register"](registrar, asked)
    PRINTERS["register"](registrar, asked)
    assert name == "list.pdf"
    assert CANARY in words_on(first)
    assert size() == before + 1


def test_slips_are_a_register_and_have_a_page(desk, at):
    _, copies = desk.ready(title=CANARY)
    desk.give(*copies[:2])
    slip = do("custody.draw_up_slip", desk.registrar, *copies[:2]).told
    browser = at("registrar")
    (row,) = rows_in(page(browser.get("/r/custody.slip")).one("table"))
    assert (row["label"], row["kind"], row["copies"]) == (slip["label"], "交出", "2")
    assert row["confirmed_how"] == "未确认"
    shown = browser.get(f"/o/custody.slip/{slip['slip']}")
    assert len(rows_in(panel(shown, "清单所列文件").one("table"))) == 2
    assert page(shown).all("a", href=f"/print/slip/{slip['slip']}")
    assert models.Slip.objects.count() == 1


def test_a_second_label_or_badge_is_printed_by_no_reader(desk, at):
    _, copies = desk.ready()
    desk.give(copies[0])
    browser = at(desk.reader)
    for paper, key in (
        ("labels", copies[0]),
        ("cabinet_labels", desk.cabinet),
        ("badges", desk.leader),
    ):
        where = f"/print/{paper}/{key}"
        assert browser.get(where).status_code == 404
        assert browser.post(where).status_code == 404
        assert where not in browser.get(f"/o/custody.copy/{copies[0]}").content.decode()
    assert browser.get(f"/print/badges/{desk.reader}").status_code == 200
