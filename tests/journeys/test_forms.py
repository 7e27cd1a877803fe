"""Forms in a browser: refused with reason and remedy, sent once, and nothing typed is ever lost."""

import sqlite3
from contextlib import closing

import pytest

from tests.journeys.browser import visitor
from tests.journeys.offices import CHOSEN, entries, new_office
from tests.journeys.serving import served

RECEIVED = "custody.receive_envelope"
ENVELOPE = f"/do/{RECEIVED}"
PAPER = {
    "sender": "市委机要局",
    "intact": "是",
    "papers_stated": "1",
    "papers.0.issuer": "省委办公厅",
    "papers.0.title": "关于做好某项工作的通知",
    "papers.0.level": "秘密★10年",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office in its first hour, its registrar with a password of his own."""
    return new_office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def origin(office):
    with served(office.program) as address:
        yield address


@pytest.fixture
def registrar(office, origin, browser):
    with visitor(browser, origin) as who:
        office.arrive(who, "zhao")
        yield who


def fill_in(who, **fields):
    for name, value in (PAPER | fields).items():
        who.enter(name, value)


def put_to_sleep(office):
    """The screen was left for longer than a session stays awake."""
    with closing(sqlite3.connect(office.program.home / "runtime.db", timeout=20)) as database:
        database.execute("UPDATE runtime_session SET seen_us = 1")
        database.commit()


def test_a_double_click_registers_once(office, registrar):
    before = entries(office.program, RECEIVED)
    registrar.go(ENVELOPE)
    fill_in(registrar)
    with registrar.page.expect_navigation():
        registrar.page.dblclick("#do")
    assert "已办理" in registrar.text
    assert entries(office.program, RECEIVED) == before + 1


def test_the_back_button_brings_a_form_that_registers_nothing_by_itself(office, registrar):
    registrar.go(ENVELOPE)
    fill_in(registrar)
    registrar.send()
    before = entries(office.program, RECEIVED)
    registrar.page.go_back()
    registrar.page.wait_for_selector("form#deed")
    assert entries(office.program, RECEIVED) == before
    registrar.page.go_forward()
    registrar.page.wait_for_selector("text=已办理")
    assert entries(office.program, RECEIVED) == before


def test_two_tabs_are_two_deeds_and_each_is_done_once(office, registrar):
    before = entries(office.program, RECEIVED)
    registrar.go(ENVELOPE)
    fill_in(registrar)
    first, second = registrar.page, registrar.context.new_page()
    registrar.page = second
    registrar.go(ENVELOPE)
    fill_in(registrar, **{"papers.0.title": "关于另一项工作的通知"})
    registrar.send()
    registrar.page = first
    registrar.send()
    assert "已办理" in registrar.text
    assert entries(office.program, RECEIVED) == before + 2


def test_what_was_typed_outlives_the_session(office, registrar):
    before = entries(office.program, RECEIVED)
    registrar.go(ENVELOPE)
    fill_in(registrar)
    registrar.page.click("text=增加一行")
    registrar.enter("papers.1.issuer", "市政府办公室")
    registrar.enter("papers.1.title", "第二件")
    registrar.enter("papers_stated", "2")
    put_to_sleep(office)
    registrar.send()
    assert "/login" in registrar.page.url
    assert entries(office.program, RECEIVED) == before
    registrar.log_in("zhao", CHOSEN)
    assert "已恢复登录过期前填写的内容" in registrar.text
    assert registrar.page.input_value('[name="papers.1.title"]') == "第二件"
    assert registrar.page.input_value('[name="sender"]') == "市委机要局"
    registrar.send()
    assert "已办理" in registrar.text
    assert entries(office.program, RECEIVED) == before + 1


def test_a_screen_left_alone_says_so_while_one_types(office, registrar):
    registrar.go(ENVELOPE)
    fill_in(registrar)
    put_to_sleep(office)
    registrar.page.type('[name="papers.0.remarks"]', "急件")
    registrar.page.wait_for_selector("#asleep:not([hidden])")
    assert registrar.page.input_value('[name="sender"]') == "市委机要局"


def test_a_refusal_says_why_and_leads_to_its_remedy(office, registrar):
    registrar.go(ENVELOPE)
    fill_in(registrar)
    registrar.send()
    number = registrar.page.inner_text(".facts .chip").strip()
    registrar.do("custody.set_circle", {"targets": number, "persons": ["吴任"]})
    registrar.go("/do/custody.hand_over_copy")
    registrar.enter("targets", f"{number}/本001")
    registrar.enter("person", "钱证")
    registrar.page.wait_for_selector("#verdict .refusal")  # judged while it is filled in
    registrar.send()
    assert "不能办理" in registrar.text
    assert "GZ2.3.1b" in registrar.text
    assert "怎样才能办" in registrar.text
    registrar.page.locator(".verdict a.clause").first.click()
    registrar.page.wait_for_selector("text=传阅范围不得自行扩大")


def test_thirty_rows_are_typed_and_registered(office, registrar):
    registrar.go(ENVELOPE)
    fill_in(registrar, papers_stated="30")
    for number in range(1, 30):
        registrar.page.click("text=增加一行")
        registrar.enter(f"papers.{number}.issuer", "省委办公厅")
        registrar.enter(f"papers.{number}.title", f"第 {number} 件")
    registrar.send()
    assert "已办理" in registrar.text
    assert registrar.page.locator(".facts .chip").count() == 30
