"""The registers' pages: only what one may see, filtered, searched, sorted, taken out."""

from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from baomi.engine.face.reading import books
from baomi.engine.jobs import queue
from baomi.engine.jobs.kinds.printing import PRINTERS
from tests.entrypoints.web.page import masked, page
from tests.entrypoints.web.reading import notes, rows_of
from tests.registers.custody.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

COPIES = "/r/custody.copy"
BOOKS = pytest.mark.parametrize("name", sorted(books()))
CANARY = "甲乙丙丁戊己"


@pytest.fixture
def desk(office):
    return Desk(office)


def numbers(answer):
    return [row["copy_number"] for row in rows_of(answer)]


@BOOKS
def test_a_register_is_shown_to_those_whose_business_it_is(name, at, office):
    book = books()[name]
    for person in (office.registrar, office.auditor, office.readers["研究室"][0]):
        browser = at(person)
        is_offered = f"/r/{name}" in {
            each.attributes["href"] for each in page(browser.get("/r")).all("a")
        }
        answer = browser.get(f"/r/{name}")
        assert answer.status_code == (200 if is_offered else 404)
        if is_offered:
            told = page(answer)
            assert told.one("h1").text == book.title
            assert told.one("title").text == f"保密 · {book.title}"
    assert is_offered is (book.seen_by is None)


@BOOKS
def test_every_order_filter_and_column_can_be_asked_for(name, at, office):
    book = books()[name]
    person = office.registrar if name != "ledger.refusal" else office.auditor
    for order in book.orders:
        answer = at(person).post(f"/r/{name}", {"order": order.key, "columns": "*"}, follow=True)
        assert answer.status_code == 200
        named = {each.attributes["data-key"] for each in page(answer).all("th")[1:]}
        assert not named or named <= {column.key for column in book.columns}


def test_a_register_that_does_not_exist_is_like_one_that_is_not_offered(at, office):
    browser = at(office.readers["研究室"][0])
    missing, closed = browser.get("/r/custody.nothing"), browser.get("/r/custody.envelope")
    assert missing.status_code == closed.status_code == 404
    assert masked(missing) == masked(closed)


def test_a_reader_sees_what_he_holds_and_nothing_else(desk, at):
    _, copies = desk.ready(title=CANARY)
    desk.receive(number="×办发〔2025〕8号", title="别的文件")
    desk.give(copies[0])
    seen = rows_of(at(desk.reader).get(COPIES))
    assert {row["title"] for row in seen} == {CANARY}
    assert CANARY not in at(desk.general).get(COPIES).content.decode()
    assert len(rows_of(at("registrar").get(COPIES))) == 6


def test_an_empty_register_says_what_to_do_first(desk, at):
    told = page(at("registrar").get("/r/custody.paper"))
    assert "还没有可以列出的内容。" in told.text
    assert told.all("a", href="/do/custody.receive_envelope")
    reader = page(at(desk.reader).get("/r/custody.paper"))
    assert not reader.all("a", href="/do/custody.receive_envelope")
    assert "“收文登记”：请保密员办理" in reader.text


def test_text_that_was_searched_stands_in_no_address(desk, at):
    desk.receive(title=CANARY)
    desk.receive(number="×办发〔2025〕8号", title="别的文件")
    browser = at("registrar")
    answer = browser.post(COPIES, {"search": CANARY, "f.state": "unstored"})
    assert answer.status_code == 302
    kept = answer.headers["Location"]
    assert kept.startswith("/r/custody.copy/")
    assert "?" not in kept
    found = browser.get(kept)
    assert {row["title"] for row in rows_of(found)} == {CANARY}
    assert page(found).one("input", id="search").attributes["value"] == CANARY
    addresses = [each.attributes.get("href", "") for each in page(found).all("a")]
    assert not [each for each in addresses if "unstored" in each or "search" in each]


def test_a_search_is_nobody_elses(desk, at):
    kept = at("registrar").post(COPIES, {"search": CANARY}).headers["Location"]
    foreign, missing = at(desk.reader).get(kept), at(desk.reader).get(f"{COPIES}/{uuid4()}")
    assert foreign.status_code == 404
    assert masked(foreign) == masked(missing)
    assert at("registrar").get(kept.replace("custody.copy", "custody.paper")).status_code == 404


def test_choices_days_and_ids_may_stand_in_an_address_and_text_not(desk, at):
    _, copies = desk.ready()
    desk.give(copies[0])
    browser = at("registrar")
    assert len(rows_of(browser.get(f"{COPIES}?f.state=held"))) == 1
    assert len(rows_of(browser.get(f"{COPIES}?f.holder={desk.reader}"))) == 1
    assert rows_of(browser.get(f"{COPIES}?f.since_from=2025-03-04")) == []
    papers = "/r/custody.paper?f.issuer=无此单位"
    assert len(rows_of(browser.get(papers))) == 1


def test_a_person_is_filtered_by_name(desk, at, office):
    _, copies = desk.ready()
    desk.give(copies[1])
    browser = at("registrar")
    name = next(
        row["name"]
        for row in rows_of(browser.post("/r/office.person", {"columns": "*"}, follow=True))
        if f"/o/office.person/{desk.reader}" in browser.get("/r/office.person").content.decode()
        and row["unit"] == "研究室"
    )
    answer = browser.post(COPIES, {"f.holder": "查无此名"})
    assert answer.status_code == 422
    assert "查无此人" in notes(answer)
    found = browser.post(COPIES, {"f.holder": name}, follow=True)
    assert page(found).one("input", id="by-holder").attributes["value"] == name


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("f.state=other", "“状态”没有这个选项"),
        ("f.since_from=3月", "“现处起日自”应写成 2025-03-01 这样的日期"),
        ("f.holder=张三", "“持有人”请从列表中选取"),
        ("order=title", "没有这种排序"),
        ("after=%25%25", "页码已失效"),
        ("after=WyJuZXdlc3QiLDF9&before=WyJuZXdlc3QiLDF9", "页码已失效"),
    ],
)
def test_what_cannot_be_asked_for_is_told(asked, sentence, at):
    answer = at("registrar").get(f"{COPIES}?{asked}")
    assert answer.status_code == 422
    assert sentence in notes(answer)
    assert rows_of(answer) == []


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"search": "阅"}, "请至少输入两个字"),
        ({"search": "长" * 201}, "最多 200 个字"),
        ({"search": "看\u202e不见"}, "看不见的控制字符"),
        ({"columns": ["label", "secret"]}, "没有这一栏"),
        ({"f.holder": "看\x00不见"}, "看不见的控制字符"),
    ],
)
def test_what_cannot_be_searched_for_is_told(asked, sentence, at):
    answer = at("registrar").post(COPIES, asked)
    assert answer.status_code == 422
    assert sentence in notes(answer)


def test_pages_go_on_and_back(desk, at):
    desk.receive(copy_numbers="000001-000120")
    browser = at("registrar")
    first = browser.post(COPIES, {"order": "oldest"}, follow=True)
    second = browser.get(page(first).one("a", rel="next").attributes["href"])
    third = browser.get(page(second).one("a", rel="next").attributes["href"])
    assert not page(third).all("a", rel="next")
    every = [*numbers(first), *numbers(second), *numbers(third)]
    assert every == [f"{n:06d}" for n in range(1, 121)]
    back = browser.get(page(third).one("a", rel="prev").attributes["href"])
    assert numbers(back) == numbers(second)


def test_columns_are_chosen_and_kept(desk, at):
    desk.receive()
    chosen = {"columns": ["issuer", "copy_number"]}
    answer = at("registrar").post(COPIES, chosen, follow=True)
    assert [list(row) for row in rows_of(answer)] == [["copy_number", "issuer"]] * 3
    ticked = [
        each.attributes["value"]
        for each in page(answer).all("input", name="columns")
        if "checked" in each.attributes
    ]
    assert ticked == ["copy_number", "issuer"]


def test_fifty_rows_cost_few_queries(desk, at):
    desk.receive(copy_numbers="000001-000060")
    browser = at("registrar")
    browser.get(COPIES)
    with (
        CaptureQueriesContext(connections["default"]) as office,
        CaptureQueriesContext(connections["runtime"]) as runtime,
    ):
        assert len(rows_of(browser.get(COPIES))) == 50
    assert len(office) + len(runtime) <= 8


def test_an_export_needs_a_reason_and_becomes_a_job(desk, at, monkeypatch):
    desk.receive()
    asked = []
    monkeypatch.setattr(queue, "ask", lambda *what: asked.append(what) or uuid4())
    browser = at("registrar")
    without = browser.post(f"{COPIES}/out", {"f.state": "unstored", "reason": " "})
    assert without.status_code == 422
    assert "请写明导出的理由" in notes(without)
    assert asked == []
    answer = browser.post(
        f"{COPIES}/out", {"f.state": "unstored", "reason": "年度核对", "format": ".csv"}
    )
    assert answer.status_code == 302
    ((kind, person, told),) = asked
    assert (kind, person) == ("export", desk.registrar)
    assert told["filters"] == {"state": "unstored"}
    assert (told["book"], told["reason"], told["format"]) == ("custody.copy", "年度核对", ".csv")


def test_who_may_not_export_learns_who_may(desk, at):
    told = page(at(desk.general).get(COPIES))
    assert "“登记导出”只能由" in told.text
    assert not told.all("input", name="reason")


def test_a_list_on_paper_is_offered_when_it_can_be_printed(desk, at, monkeypatch):
    browser = at("registrar")
    monkeypatch.setattr("baomi.entrypoints.web.views.registers.PRINTERS", {})
    assert not page(browser.get(COPIES)).all("button", value="paper")
    answer = browser.post(f"{COPIES}/out", {"reason": "核对", "on": "paper"})
    assert "打印件尚未提供" in notes(answer)
    monkeypatch.setattr(
        "baomi.entrypoints.web.views.registers.PRINTERS", PRINTERS | {"register": print}
    )
    assert page(browser.get(COPIES)).all("button", value="paper")
