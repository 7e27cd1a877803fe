"""An old register book comes in at the page: previewed, questions answered, recorded, once."""

from pathlib import Path

import pytest

from tests.journeys.browser import visitor
from tests.journeys.offices import CHOSEN, demo_office, entries
from tests.journeys.serving import served

BOOK = Path(__file__).parents[1] / "data" / "books" / "received-2021.csv"
LONGEST_JOB = 60_000  # ms


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Units and keepers as the book names them."""
    return demo_office(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def registrar(office, browser):
    program, logins = office
    with served(program) as origin, visitor(browser, origin) as who:
        who.log_in(logins["保密员"], CHOSEN)
        yield who


def preview(who) -> None:
    who.go("/import")
    who.page.set_input_files("#book", str(BOOK))
    with who.page.expect_navigation():
        who.page.click("text=预览")
    who.page.wait_for_url("**/import/**", timeout=LONGEST_JOB)
    who.page.wait_for_selector("text=导入预览：尚未登记")


def test_a_book_is_previewed_then_recorded_then_known(office, registrar):
    before = entries(office[0], "custody.%")
    preview(registrar)
    assert entries(office[0], "custody.%") == before  # a preview registers nothing
    lines = registrar.page.inner_text("#lines")
    assert "略过" in lines
    assert "读作 ← 原样" in lines
    answer_the_questions(registrar)
    with registrar.page.expect_navigation():
        registrar.page.locator("button:has-text('登记这')").click()
    registrar.page.wait_for_selector("text=已办完", timeout=LONGEST_JOB)
    recorded = entries(office[0], "custody.%")
    assert recorded > before + 20
    registrar.go("/r/custody.paper")
    assert registrar.page.locator("tbody tr").count() >= 20
    preview(registrar)
    assert "以前已经登记，不会重复登记" in registrar.text
    assert entries(office[0], "custody.%") == recorded
    assert office[0].ok("ledger", "verify", "--live")["clean"]


def answer_the_questions(who) -> None:
    """The first choice that is offered, for each of them, and preview again."""
    questions = who.page.locator("td.answer input")
    if not questions.count():
        return
    for number in range(questions.count()):
        listed = questions.nth(number).get_attribute("list")
        choice = who.page.locator(f'[id="{listed}"] option').first
        if choice.count():
            questions.nth(number).fill(choice.get_attribute("value") or "")
    with who.page.expect_navigation():
        who.page.click("text=按回答重新预览")
    who.page.wait_for_selector("text=导入预览：尚未登记", timeout=LONGEST_JOB)
