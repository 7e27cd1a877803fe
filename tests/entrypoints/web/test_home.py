"""The desk: what is owed, held and due, and the office's figures for those whose work they are."""

from datetime import timedelta

import pytest

from baomi.kernel.clock import clock, instant_on
from tests.entrypoints.web.page import page
from tests.entrypoints.web.reading import panel
from tests.factories.office import NOW_US
from tests.registers.custody.desk import Desk, do, duties

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CANARY = "甲乙丙丁戊己"
DAY_US = 86_400_000_000


@pytest.fixture
def desk(office):
    return Desk(office)


def tiles(answer):
    return {
        each.all("", class_="tile-title")[0].text: each.one("span", class_="tile-figure").text
        for each in page(answer).all("li", class_="tile")
    }


def test_an_empty_desk_says_so(at, office):
    answer = at(office.readers["研究室"][0]).get("/")
    assert "今天没有应办的事项，也没有逾期的" in panel(answer, "逾期与今日应办").text
    assert "手中没有涉密载体" in panel(answer, "我持有的").text
    assert "没有等待您决定的事项" in panel(answer, "待我决定").text
    assert tiles(answer) == {}


def test_what_is_held_and_owed_today(desk, at):
    _, copies = desk.ready(title=CANARY)
    desk.give(copies[0])
    answer = at(desk.reader).get("/")
    held = panel(answer, "我持有的")
    assert CANARY in held.text
    assert "应于 2025-03-03 前交回" in held.text
    assert held.all("a", href=f"/o/custody.copy/{copies[0]}")
    owed = panel(answer, "逾期与今日应办")
    assert len(owed.one("tbody").all("tr")) == 1
    assert not owed.all("span", class_="late")
    assert CANARY not in page(answer).one("title").text


def test_what_is_overdue_tells_by_how_many_days(desk, at):
    _, copies = desk.ready()
    desk.give(copies[0])
    with clock.standing_at(NOW_US + 2 * DAY_US):
        answer = at(desk.reader).get("/")
    late = panel(answer, "逾期与今日应办").one("span", class_="late").text
    assert late == "2025-03-03 逾期 2 天"
    assert "应于 2025-03-03 交回" in panel(answer, "我持有的").one("strong", class_="late").text


def test_what_falls_due_within_a_week_stands_apart(desk, at):
    _, copies = desk.ready()
    desk.give(copies[0], purpose="handling")
    (duty,) = duties(copies[0])
    with clock.standing_at(instant_on(duty["due_on"] - timedelta(days=2), 9)):
        answer = at(desk.reader).get("/")
    assert "没有应办的事项" in panel(answer, "逾期与今日应办").text
    assert panel(answer, "近 7 日到期").all("a", href=f"/o/custody.copy/{copies[0]}")
    with clock.standing_at(instant_on(duty["due_on"] - timedelta(days=8), 9)):
        answer = at(desk.reader).get("/")
    assert "没有到期的事项" in panel(answer, "近 7 日到期").text


def test_the_registrar_sees_what_the_office_must_look_after(desk, at):
    _, copies = desk.ready()
    desk.receive(number="×办发〔2025〕8号", copy_numbers="000001-000004")
    desk.give(copies[0])
    do("custody.report_missing", desk.registrar, copies[1], circumstances="清点时不在柜内")
    browser = at("registrar")
    answer = browser.get("/")
    figures = tiles(answer)
    assert figures["今日应收回"] == "1"
    assert figures["逾期未还"] == "0"
    assert figures["未入柜"] == "4"
    assert figures["下落不明"] == "1"
    for link in page(answer).all("a", class_="tile-title"):
        assert browser.get(link.attributes["href"]).status_code == 200


def test_what_is_due_today_leads_to_those_copies(desk, at):
    _, copies = desk.ready()
    desk.give(copies[0])
    browser = at("registrar")
    (link,) = [
        each
        for each in page(browser.get("/")).all("a", class_="tile-title")
        if each.text == "今日应收回"
    ]
    told = page(browser.get(link.attributes["href"]))
    assert told.all("a", href=f"/o/custody.copy/{copies[0]}")
    assert not told.all("a", href=f"/o/custody.copy/{copies[1]}")


def test_administrators_have_their_own_figures_and_no_titles(desk, at):
    _, copies = desk.ready(title=CANARY)
    desk.give(copies[0])
    office = desk.office
    shown = {}
    for person in (office.system_admin, office.security_admin, office.auditor):
        answer = at(person).get("/")
        assert CANARY not in answer.content.decode()
        shown[person] = tiles(answer)
        assert "上次封存" in shown[person]
        assert "今日应收回" not in shown[person]
    assert "近 7 日不予办理" in shown[office.auditor]
    assert "近 7 日不予办理" not in shown[office.system_admin]
