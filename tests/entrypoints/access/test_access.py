"""Every address × every post × every method against one explicit table.

``access.yaml`` is written by ``BAOMI_ACCESS_TABLE=write`` (with ``-n 0``) and reviewed as any
other change: an address without a row fails, a row without an address as well.
"""

import os

import pytest
from django.test import Client

from baomi.registers.duties.models import Duty
from tests.entrypoints.access import table
from tests.entrypoints.access.walk import MISSING, NOBODY, addresses, one_of_each_route, people
from tests.entrypoints.web.page import masked
from tests.entrypoints.web.visiting import client_of
from tests.registers.custody.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

NO_SUCH_METHOD = "405"
OTHERS = ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")
READER = "reader"
EVERYWHERE = (NOBODY, READER, "registrar", "security_admin", "auditor")
WRITES = os.environ.get("BAOMI_ACCESS_TABLE") == "write"
# what ends the session of whoever asks
ENDING = ("/logout", "/api/session/end", "/account/sessions/end")


@pytest.fixture
def desk(office):
    return Desk(office)


@pytest.fixture
def things(desk):
    """One thing of each kind, which the reader of 研究室 may not see."""
    paper, copies = desk.ready(desk.leader)
    desk.give(copies[1], person=desk.leader)
    duty = Duty.objects.filter(owner=desk.leader).values_list("id", flat=True)[0]
    return {
        "copy": ("custody.copy", copies[0]),
        "paper": ("custody.paper", paper),
        "person": ("office.person", desk.reader),
        "unit": ("office.unit", desk.office.units["研究室"]),
        "room": ("office.room", desk.reading_room),
        "cabinet": ("office.cabinet", desk.cabinet),
        "duty": ("duties.duty", duty),
    }


def answers(browser: Client, walked) -> table.Column:
    """What GET and POST answer at some addresses."""
    found: table.Column = {}
    unknown: set[tuple[str, str]] = set()  # routes, and the methods that their views do not have
    for address in walked:
        row = found.setdefault(address.written, {})
        for method, ask in (("GET", _got), ("POST", _posted)):
            if method == "POST" and address.path in ENDING:
                continue
            if (address.route, method) in unknown:
                row[method] = NO_SUCH_METHOD  # a view has it or not, whatever stands in the address
                continue
            row[method] = str(ask(browser, address.path).status_code)
            if row[method] == NO_SUCH_METHOD:
                unknown.add((address.route, method))
    return found


def _got(browser: Client, path: str):
    return browser.get(path)


def _posted(browser: Client, path: str):
    """Nothing entered, as a form or as a program sends it."""
    if path.startswith("/api/"):
        return browser.post(path, "{}", content_type="application/json")
    return browser.post(path)


def check(post, walked):
    """Ask at each of some addresses, and compare with what the table says of them."""
    everybody = people()
    person = everybody[post]
    found = answers(Client() if person is None else client_of(person), walked)
    if WRITES:
        table.write(post, found, list(everybody))
    told = table.column(post)
    assert found == {address.written: told.get(address.written) for address in walked}
    return found, told


@pytest.mark.parametrize("post", table.posts())
def test_every_address_answers_a_post_as_the_table_says(post, things):
    """Five posts walk everywhere; the others, each night, and here where they differ from a reader.

    One address of each route they walk here as well.
    """
    everywhere = list(addresses(things))
    if post in EVERYWHERE or WRITES:
        found, told = check(post, everywhere)
        assert found.keys() == told.keys()
        return
    reader, own = table.column(READER), table.column(post)
    of_each_route = {address.written for address in one_of_each_route(things)}
    check(
        post,
        [
            address
            for address in everywhere
            if address.written in of_each_route
            or reader.get(address.written) != own.get(address.written)
        ],
    )


@pytest.mark.nightly
@pytest.mark.parametrize("post", [each for each in table.posts() if each not in EVERYWHERE])
def test_every_address_answers_every_other_post_as_the_table_says(post, things):
    found, told = check(post, list(addresses(things)))
    assert found.keys() == told.keys()


def test_the_table_has_every_post_that_somebody_holds(office):
    assert table.posts() == list(people())


def test_head_answers_as_get_does(things, office):
    browser = client_of(office.registrar)
    for address in one_of_each_route(things):
        got, asked = browser.get(address.path), browser.head(address.path)
        # the API has no HEAD
        assert asked.status_code in (got.status_code, 405), address.written
        assert not asked.content


def test_nobody_is_served_by_a_method_that_nothing_needs(things, office):
    browser = client_of(office.registrar)
    for address in one_of_each_route(things):
        for method in OTHERS:
            assert browser.generic(method, address.path).status_code == 405, address.written


@pytest.mark.parametrize("post", table.posts())
def test_no_address_ever_answers_with_a_fault(post):
    codes = {code for methods in table.column(post).values() for code in methods.values()}
    assert not {code for code in codes if code.startswith("5")}


def test_to_nobody_only_the_log_in_page_and_the_health_answer():
    told = table.column(NOBODY)
    turned_away = ("302", "401", "404", "405")
    assert {each for each in told if told[each]["GET"] not in turned_away} == {"/login", "/healthz"}


def test_a_foreign_thing_answers_like_a_missing_one(things, desk):
    browser = client_of(desk.general)
    for name in ("copy", "paper", "duty"):
        kind, key = things[name]
        for before in ("o", "api/objects"):
            foreign, missing = (browser.get(f"/{before}/{kind}/{each}") for each in (key, MISSING))
            assert foreign.status_code == missing.status_code == 404
            assert masked(foreign) == masked(missing)
            assert sorted(foreign.headers.items()) == sorted(missing.headers.items())
