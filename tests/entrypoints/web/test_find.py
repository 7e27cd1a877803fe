"""The box at the top of every page: labels, numbers, names, else words of a title."""

import pytest

from baomi.registers.office import load as office_load
from baomi.registers.office import models
from tests.entrypoints.web.page import masked, page
from tests.entrypoints.web.reading import notes, rows_of
from tests.registers.custody.desk import Desk, do

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

NOT_FOUND = "没有找到，或者您无权查看"


@pytest.fixture
def desk(office):
    return Desk(office)


def find(browser, text):
    return browser.post("/find", {"text": text})


def leads_to(browser, text):
    answer = find(browser, text)
    assert answer.status_code == 302, notes(answer)
    return answer.headers["Location"]


def test_a_label_leads_to_what_bears_it(desk, at):
    _, copies = desk.ready()
    desk.give(copies[0])
    slip = do("custody.draw_up_slip", desk.registrar, copies[0]).told
    copy = office_load.label("C", desk.copy(copies[0])["label_serial"])
    badge = models.Person.objects.values_list("badge_serial", flat=True).get(id=desk.reader)
    cabinet = models.Cabinet.objects.values_list("label_serial", flat=True).get(id=desk.cabinet)
    browser = at("registrar")
    assert leads_to(browser, copy) == f"/o/custody.copy/{copies[0]}"
    # a scanner behind a Chinese input method types full-width letters
    wide = "".join(chr(ord(c) + 0xFEE0) for c in copy.lower())
    assert leads_to(browser, f"  {wide} ") == f"/o/custody.copy/{copies[0]}"
    assert leads_to(browser, office_load.label("P", badge)) == f"/o/office.person/{desk.reader}"
    assert leads_to(browser, office_load.label("K", cabinet)) == f"/o/office.cabinet/{desk.cabinet}"
    assert leads_to(browser, slip["label"]) == f"/o/custody.slip/{slip['slip']}"


def test_numbers_and_names_lead_to_what_is_called_so(desk, at):
    paper, copies = desk.ready()
    name = models.Person.objects.values_list("name", flat=True).get(id=desk.reader)
    browser = at("registrar")
    assert leads_to(browser, "2025-001") == f"/o/custody.paper/{paper}"
    assert leads_to(browser, "×办发〔2025〕7号") == f"/o/custody.paper/{paper}"
    assert leads_to(browser, "2025-001/000759") == f"/o/custody.copy/{copies[1]}"
    assert leads_to(browser, name) == f"/o/office.person/{desk.reader}"
    assert leads_to(browser, "研究室") == f"/o/office.unit/{desk.office.units['研究室']}"


def test_words_of_a_title_lead_to_a_search_or_to_the_only_paper(desk, at):
    paper, _ = desk.receive(title="关于防汛值守的通知")
    browser = at("registrar")
    assert leads_to(browser, "防汛") == f"/o/custody.paper/{paper}"
    desk.receive(title="关于防汛物资的报告", number="×办发〔2025〕8号")
    address = leads_to(browser, "防汛")
    assert address.startswith("/r/custody.paper/")
    assert len(rows_of(browser.get(address))) == 2


def test_one_number_on_two_papers_is_asked_about(desk, at):
    desk.receive()
    desk.receive(issuer="省政府办公厅", copy_numbers="000001")
    answer = find(at("registrar"), "×办发〔2025〕7号")
    assert "有 2 份文件是这个字号" in notes(answer)
    listed = page(answer).one("a", class_="btn-outline-primary").attributes["href"]
    assert len(rows_of(at("registrar").get(listed))) == 2


def test_what_one_may_not_see_is_found_as_little_as_what_is_not_there(desk, at):
    _, copies = desk.ready(title="关于防汛值守的通知")
    label = office_load.label("C", desk.copy(copies[0])["label_serial"])
    missing = office_load.label("C", 9_999_999)
    for who in (desk.general, desk.office.auditor):
        browser = at(who)
        unseen, nowhere = find(browser, label), find(browser, missing)
        assert NOT_FOUND in notes(unseen)
        assert masked(unseen).replace(label.encode(), b"") == masked(nowhere).replace(
            missing.encode(), b""
        )
        for text in ("2025-001", "×办发〔2025〕7号", "2025-001/000758", "防汛"):
            assert NOT_FOUND in notes(find(browser, text))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "请扫描标签，或输入编号、姓名、标题后按回车"),
        ("　 ", "请扫描标签，或输入编号、姓名、标题后按回车"),
        ("BMC00", "标签只读到一部分，请重新扫描"),
        ("BMX0000001AAAA", "标签种类认不出来"),
        ("长" * 201, "要查找的内容最多 200 个字"),
        ("\x00乱\x07码", "看不见的控制字符"),
        ("没有的东西", NOT_FOUND),
    ],
)
def test_what_finds_nothing_says_why(text, sentence, at):
    answer = find(at("registrar"), text)
    assert answer.status_code == 404
    assert sentence in notes(answer)


def test_what_was_typed_stands_in_no_address_and_no_title(desk, at):
    answer = find(at("registrar"), "没有的东西")
    assert page(answer).one("title").text == "保密 · 查找"
    assert "没有的东西" not in "".join(each.attributes["href"] for each in page(answer).all("a"))
    assert at("registrar").get("/find").headers["Location"] == "/"
