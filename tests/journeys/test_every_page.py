"""Every page as each role, in both sizes of screen: it opens, is accessible, stays at home.

``BAOMI_SCREENSHOTS`` names a folder in which a picture of each page is kept, to be looked at.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.browser import LARGE, SMALL, Visitor, visitor
from tests.journeys.offices import CHOSEN, demo_office
from tests.journeys.serving import served

ROLES = {
    "registrar": "保密员",
    "keeper": "专人",
    "reader": "阅件人",
    "unit_head": "主要负责人",
    "director": "办公室主任",
    "system_admin": "系统管理员",
    "security_admin": "安全保密管理员",
    "auditor": "安全审计员",
}
SERIOUS = ("serious", "critical")
# an address that ends the session, or gives a file
LEFT_OUT = re.compile(
    r"/(logout|file|note|qr|sheet|calendar\.ics)\b|/print/slip|/static/|/form/.*\.(pdf|docx)$"
)
MOST_OF_A_KIND = 1  # pages that differ by an id only
MOST_FORMS = 4
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TITLE = re.compile(r"^保密( · [^《》]{2,20})?$")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A small demonstration office, and its log-ins by role."""
    return demo_office(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def origin(office):
    with served(office[0]) as address:
        yield address


def login_of(office, role: str) -> str:
    return next(login for title, login in office[1].items() if title.endswith(ROLES[role]))


def kind_of(path: str) -> str:
    """Pages that differ by an id, an action or a book are of one kind; the first few are seen."""
    path = ID.sub("{id}", path.partition("?")[0].partition("#")[0])
    return re.sub(r"/\d+", "/{n}", re.sub(r"^/(do|rules)/[^/]+", r"/\1/…", path))


def pages(who: Visitor) -> Iterator[str]:
    """Every page that links lead to from the desk, each kind of them."""
    waiting, seen = ["/"], {"/"}
    counts: dict[str, int] = {}
    while waiting:
        path = waiting.pop(0)
        yield path
        for href in who.page.eval_on_selector_all(
            "a[href]", "all => all.map(a => a.getAttribute('href'))"
        ):
            if not href.startswith("/") or LEFT_OUT.search(href) or href in seen:
                continue
            seen.add(href)
            kind = kind_of(href)
            counts[kind] = counts.get(kind, 0) + 1
            if counts[kind] <= (MOST_FORMS if kind.startswith("/do/") else MOST_OF_A_KIND):
                waiting.append(href)


def keep_picture(who: Visitor, name: str) -> None:
    folder = os.environ.get("BAOMI_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        who.page.screenshot(path=f"{folder}/{name}.png", full_page=False)


examined: set[str] = set()


def serious_faults(who: Visitor, kind: str) -> list[str]:
    """What axe finds serious or worse on the page before him; a kind of page is examined once."""
    if kind in examined:
        return []
    examined.add(kind)
    found = Axe().run(who.page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:160]}"
        for each in found
        if each["impact"] in SERIOUS
    ]


IN_EACH_RUN = ("registrar", "reader", "system_admin", "auditor")


@pytest.mark.parametrize(
    "role",
    [
        pytest.param(role, marks=() if role in IN_EACH_RUN else pytest.mark.nightly)
        for role in sorted(ROLES)
    ],
)
def test_every_page_of_a_role(role, office, origin, browser):
    wrong: dict[str, object] = {}
    visited: list[str] = []
    with visitor(browser, origin, SMALL) as who:
        who.log_in(login_of(office, role), CHOSEN)
        for number, path in enumerate(pages(who)):
            answer = who.page.goto(f"{origin}{path}")
            visited.append(path)
            keep_picture(who, f"{role}-{number:02d}-1366{re.sub(r'[^a-z.]+', '-', path)[:40]}")
            if answer is None or answer.status != 200:
                wrong[path] = answer and answer.status
            elif faults := serious_faults(who, path if path.startswith("/do/") else kind_of(path)):
                wrong[path] = faults
            elif not TITLE.match(who.page.title()):
                wrong[path] = who.page.title()
            elif who.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong[path] = "wider than the screen"
    assert wrong == {}
    assert len(visited) > 8, visited


def test_the_desk_on_a_large_screen(office, origin, browser):
    for role in ROLES:
        with visitor(browser, origin, LARGE) as who:
            who.log_in(login_of(office, role), CHOSEN)
            keep_picture(who, f"{role}-1920-desk")
            assert serious_faults(who, f"{role} on a large screen") == []
            assert who.page.locator("h1").count() == 1


def test_after_logging_out_the_back_button_shows_nothing(office, origin, browser):
    with visitor(browser, origin) as who:
        who.log_in(login_of(office, "registrar"), CHOSEN)
        who.go("/r/custody.paper")
        title = who.page.locator("tbody td").nth(3).inner_text()
        assert title
        with who.page.expect_navigation():
            who.page.click("text=退出")
        who.page.go_back()
        assert title not in who.page.content()
