"""The desk of who reads, keeps and registers: what comes first, what is owed, held and due."""

from datetime import timedelta

import pytest

from baomi.kernel.clock import clock, instant_on
from tests.entrypoints.web.desk_page import first, shows_what_it_counts, tiles, titles
from tests.entrypoints.web.page import page
from tests.entrypoints.web.reading import panel
from tests.factories.office import NOW_US, TODAY
from tests.registers.custody.desk import Desk, do, duties

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CANARY = "甲乙丙丁戊己"
DAY_US = 86_400_000_000


@pytest.fixture
def desk(office):
    return Desk(office)


def test_somebody_with_nothing_to_do_is_told_where_to_begin(at, office):
    answer = at(office.readers["研究室"][0]).get("/")
    text, button, href = first(answer)
    assert "没有要交回的" in text
    assert (button, href) == ("打开办理", "/do")
    assert tiles(answer) == {}
    assert "手中没有涉密载体" in panel(answer, "我持有的").text
    assert "待我决定" not in titles(answer)


def test_what_is_due_today_comes_first_for_the_reader(desk, at):
    _, copies = desk.ready(title=CANARY)
    desk.give(copies[0])
    answer = at(desk.reader).get("/")
    text, _, href = first(answer)
    assert text.startswith("交回借阅的文件：")
    assert text.endswith("（今天到期）")
    (duty,) = duties(copies[0])
    assert href == f"/o/duties.duty/{duty['id']}"
    note = page(answer).one("p", class_="first-note").text
    assert "保密员" in note
    assert "收回" in note
    assert CANARY in panel(answer, "我持有的").text
    assert CANARY not in page(answer).one("title").text
    assert len(panel(answer, "我的应办：逾期与今日").one("tbody").all("tr")) == 1


def test_what_is_overdue_says_by_how_many_days(desk, at):
    _, copies = desk.ready()
    desk.give(copies[0])
    with clock.standing_at(NOW_US + 2 * DAY_US):
        answer = at(desk.reader).get("/")
    assert first(answer)[0].endswith("（已逾期 2 天）")
    assert page(answer).all("section", class_="first-late")
    late = panel(answer, "我的应办：逾期与今日").one("span", class_="late").text
    assert late == "2025-03-03 逾期 2 天"
    assert "应于 2025-03-03 交回" in panel(answer, "我持有的").one("strong", class_="late").text


def test_how_far_ahead_duties_are_listed_is_a_setting(desk, at):
    _, copies = desk.ready()
    desk.give(copies[0], purpose="handling")
    (duty,) = duties(copies[0])
    for days, is_there in ((7, True), (8, False)):
        with clock.standing_at(instant_on(duty["due_on"] - timedelta(days=days), 9)):
            soon = panel(at(desk.reader).get("/"), "我的应办：近 7 日到期")
        assert bool(soon.all("tbody")) is is_there


def test_a_duty_given_by_hand_opens_its_own_ending(desk, at):
    said = {"title": "清点保密室钥匙", "owner": desk.reader, "due_on": TODAY}
    do("duties.open_by_hand", desk.registrar, **said)
    text, button, href = first(at(desk.reader).get("/"))
    assert "清点保密室钥匙" in text
    assert button == "办完了，去办结"
    assert href.startswith("/do/duties.close_by_hand/")


def test_the_registrar_sees_what_the_office_must_look_after(desk, at):
    _, copies = desk.ready()
    desk.receive(number="×办发〔2025〕8号", copy_numbers="000001-000004")
    desk.give(copies[0])
    do("custody.report_missing", desk.registrar, copies[1], circumstances="清点时不在柜内")
    browser = at("registrar")
    answer = browser.get("/")
    figures = tiles(answer)
    assert figures["到期应收回"] == "1"
    assert figures["逾期未还"] == "0"
    assert figures["未入柜"] == "4"
    assert figures["下落不明"] == "1"
    assert set(shows_what_it_counts(browser, answer)) == set(figures)
    assert first(answer)[0] == "有 1 份文件下落不明，先查找。"


def test_the_registrar_begins_at_the_station_unless_something_is_overdue(desk, at):
    _, copies = desk.ready()
    assert first(at("registrar").get("/"))[2] == "/scan"
    desk.give(copies[0])
    with clock.standing_at(NOW_US + DAY_US):
        browser = at("registrar")
        answer = browser.get("/")
        text, _, href = first(answer)
        assert text == "有 1 份文件逾期未还，先催还。"
        assert page(browser.get(href)).all("a", href=f"/o/custody.copy/{copies[0]}")
    listed = panel(answer, "到期应收回的：今天到期和逾期的")
    assert "2025-03-03，逾期 1 天" in listed.text


def test_a_keeper_sees_what_he_gave_out_and_nobody_else_does(desk, at):
    _, copies = desk.ready()
    desk.lend_to_keeper(*copies[:2])
    desk.give(copies[0], by=desk.keeper)
    browser = at(desk.keeper)
    answer = browser.get("/")
    assert tiles(answer) == {"我交出未还": "1", "我手中的文件": "1"}
    assert len(shows_what_it_counts(browser, answer)) == 2
    assert first(answer)[:2] == ("您交出的 1 份文件还没有收回。", "打开扫码台")
    assert "2025-03-03" in panel(answer, "我交出还没有收回的").text
    other = at(desk.office.keepers["财经委"]).get("/")
    assert tiles(other) == {"我交出未还": "0"}
