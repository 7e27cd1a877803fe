"""One clause on a page, the rulebook searched and printed: what each reader may know of it."""

import pytest

from baomi.kernel.clock import clock
from tests.engine.papers.looking import properties_of, words_on
from tests.entrypoints.web.page import masked, page
from tests.entrypoints.web.test_rulebook import listed
from tests.factories.office import NOW_US
from tests.registers.approvals.asking import Outing
from tests.registers.custody.desk import refused

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])
DAY_US = 86_400_000_000
READING = "GZ2.3.2b"


@pytest.fixture
def late(desk):
    """A copy that its reader should have handed back yesterday."""
    _, copies = desk.ready(desk.reader, desk.general, level="秘密★5年", copy_numbers="1-3")
    desk.give(copies[0])
    with clock.standing_at(NOW_US + DAY_US):
        yield copies


def looked_for(browser, text, **chosen):
    return browser.post("/rules", {"text": text, **chosen}, follow=True)


def test_words_are_looked_for_by_post_and_kept_under_an_id_of_ones_own(at, desk):
    browser = at("registrar")
    asked = browser.post("/rules", {"text": "传阅范围"})
    assert asked.status_code == 302
    assert asked["Location"].startswith("/rules/found/")
    answer = browser.get(asked["Location"])
    assert "GZ2.3.1b" in listed(answer)
    assert page(answer).one("input", id="text").attributes["value"] == "传阅范围"
    assert at(desk.reader).get(asked["Location"]).status_code == 404


def test_a_number_leads_to_its_clause_and_its_parts(at, office):
    browser = at("registrar")
    assert listed(looked_for(browser, "二（三）1")) == ["GZ2.3.1a", "GZ2.3.1b"]
    assert looked_for(browser, "GZ2.3.1b").redirect_chain == [("/rules/GZ2.3.1b", 302)]
    assert browser.get("/rules/GZ2.3.1", follow=True).redirect_chain == [
        ("/rules?under=GZ2.3.1", 302)
    ]
    assert "（三）涉密文件、资料管理" in page(browser.get("/rules?under=GZ2.3")).one("h1").text


def test_one_character_is_no_search_and_says_so(at, office):
    answer = looked_for(at("registrar"), "密")
    assert answer.status_code == 422
    assert "至少输入两个字" in page(answer).text
    assert listed(answer) == []


def test_narrowing_without_words_stands_in_the_address(at, office):
    browser = at("registrar")
    assert browser.post("/rules", {"text": " ", "system": "DM", "law": "yes"})["Location"] == (
        "/rules?system=DM&law=yes"
    )
    found = listed(browser.get("/rules?system=DM&law=yes"))
    assert "DM1a" in found and "DM6c" not in found


def test_the_headings_stand_as_on_the_paper(at, office):
    told = page(at("registrar").get("/rules"))
    headings = [each.text for each in told.all("tr", class_="heading")]
    assert headings[:3] == [
        "一、保密工作机构及其职责",
        "二、保密工作的管理",
        "（一）涉密要害部门、部位及涉密人员管理",
    ]


def test_both_sides_of_the_law_stand_on_the_page(at, office):
    told = page(at("auditor").get("/rules/DM1a"))
    (row,) = told.all("table", class_="both-sides")[0].all("tr")[1:]
    for words in ("法定定密责任人为秘书长", "主要负责人", "第十四条", "2024-09-01 起施行"):
        assert words in row.text
    assert told.all("span", class_="behind")
    assert not page(at("auditor").get("/rules/DM6c")).all("span", class_="behind")


def test_a_clause_tells_its_place_its_settings_and_its_clashes(at, office):
    told = page(at("auditor").get("/rules/GZ2.2.5a")).text
    assert "（二）重点保密部位的管理" in told and "5." in told
    assert "“GZ2.2.5”是原文的编号" in told
    assert "规定不一致" in told and "GZ2.4.5b" in told and "读作“密件（各密级）”" in told
    settings = page(at("auditor").get(f"/rules/{READING}")).text
    assert "阅件交回期限" in settings and "本程序补充，原文没有规定" in settings
    assert "2020-12-24 版" in settings and "rulebook.gz.gz2_3_2:" in settings


def test_what_is_overdue_leads_to_its_list(at, late):
    browser = at("registrar")
    assert READING in listed(browser.get("/rules?late=yes"))
    told = page(browser.get(f"/rules/{READING}"))
    (button,) = told.all("button", form="late")
    assert button.text == "1 项"
    asked = {"f.overdue": "yes", button.attributes["name"]: button.attributes["value"]}
    rows = page(browser.post("/r/duties.duty", asked, follow=True)).one("tbody").all("tr")
    assert len(rows) == 1
    assert READING in rows[0].text


def test_what_was_asked_under_a_clause_leads_to_its_list(at, desk):
    outing = Outing(desk)
    outing.ask()
    browser = at(desk.reader)
    (button,) = page(browser.get("/rules/GZ2.2.5a")).all("button", form="asked")
    assert button.text == "待批 1，已批准 0"
    for clause, count in ((button.attributes["value"], 1), ("GZ2.1.5d", 0)):
        rows = browser.post("/r/approvals.request", {"f.clause": clause}, follow=True)
        assert len(page(rows).all("td", data_key="clauses")) == count


def test_what_one_may_not_see_changes_nothing(at, desk, late):
    other = at(desk.general)
    addresses = ("/rules", f"/rules/{READING}", "/rules/GZ2.3.1b", "/rules?late=yes")
    before = [masked(other.get(each)) for each in addresses]
    assert listed(other.get("/rules?late=yes")) == []
    _, hidden = desk.ready(desk.leader, number="×办发〔2025〕8号", title="另一件")
    desk.give(hidden[0], person=desk.leader)
    said = {"person": desk.leader, "purpose": "reading", "place": desk.reading_room}
    refused("custody.hand_over_copy", desk.registrar, late[2], **said)
    assert [masked(other.get(each)) for each in addresses] == before


def test_refusals_are_told_to_those_who_answer_for_them(at, desk):
    _, copies = desk.ready(desk.reader)
    said = {"person": desk.general, "purpose": "reading", "place": desk.reading_room}
    refused("custody.hand_over_copy", desk.registrar, copies[0], **said)
    for post in ("registrar", "auditor", "office_director", "group_leader"):
        assert "近 30 天 1 次，近一年 1 次" in page(at(post).get("/rules/GZ2.3.1b")).text
    assert "近 30 天" not in page(at(desk.reader).get("/rules/GZ2.3.1b")).text
    assert not page(at("registrar").get("/rules/GZ2.3.1b")).all("button", form="refused")
    (button,) = page(at("auditor").get("/rules/GZ2.3.1b")).all("button", form="refused")
    for clause, count in ((button.attributes["value"], 1), ("GZ2.3.1", 0)):
        rows = at("auditor").post("/r/ledger.refusal", {"f.clause": clause}, follow=True)
        assert len(page(rows).all("td", data_key="clauses")) == count


@pytest.mark.parametrize("number", ["DM", "GZ2.3", "GZ2.3.1b", "beyond", "X1b"])
def test_a_part_of_the_rulebook_is_printed(number, at, office):
    browser = at("registrar")
    told = page(browser.get(f"/rules/print/{number}"))
    clauses = told.all("section", class_="paper-clause")
    assert clauses
    assert told.all("a", href=f"/rules/pdf/{number}")


def test_the_print_has_the_law_and_no_count_of_today(at, late):
    told = page(at("registrar").get("/rules/print/GZ2.3")).text
    assert "落后于现行法律" in told and "（三）涉密文件、资料管理" in told
    assert "逾期" not in told.replace("逾期未还", "")


def test_a_clause_is_made_into_a_pdf(at, office):
    answer = at("registrar").get("/rules/pdf/GZ2.3.6")
    assert answer["Content-Type"] == "application/pdf"
    assert 'filename="rulebook.pdf"' in answer["Content-Disposition"]
    words = words_on(answer.content)
    for each in ("GZ2.3.6a", "GZ2.3.6b", "机要交通", "2024-09-01"):
        assert each in words
    assert "Title" not in str(properties_of(answer.content))


@pytest.mark.parametrize("address", ["print/NO9", "pdf/NO9", "print/GZ9", "GZ9", "print/二"])
def test_what_does_not_exist_is_not_printed(address, at, office):
    assert at("registrar").get(f"/rules/{address}").status_code == 404
