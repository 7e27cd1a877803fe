"""Every address × every post × every method against one explicit table.

``access.yaml`` is written by ``BAOMI_ACCESS_TABLE=write`` (with ``-n 0``) and reviewed as any
other change: an address without a row fails, a row without an address as well.
"""

import os

import pytest
from django.test import Client

from baomi.registers.duties.models import Duty
from tests.entrypoints.access import table
from tests.entrypoints.access.walk import MISSING, NOBODY, addresses, people
from tests.entrypoints.web.page import masked
from tests.entrypoints.web.visiting import client_of
from tests.registers.custody.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

OTHERS = ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")
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


def answers(browser: Client, things) -> table.Column:
    """What GET and POST answer at every address."""
    found: table.Column = {}
    for address in addresses(things):
        found[address.written] = {"GET": str(browser.get(address.path).status_code)}
        if address.path not in ENDING:
            found[address.written]["POST"] = str(_posted(browser, address.path).status_code)
    return found


def _posted(browser: Client, path: str):
    """Nothing entered, as a form or as a program sends it."""
    if path.startswith("/api/"):
        return browser.post(path, "{}", content_type="application/json")
    return browser.post(path)


@pytest.mark.parametrize("post", table.posts())
def test_every_address_answers_a_post_as_the_table_says(post, things, office):
    everybody = people()
    person = everybody[post]
    found = answers(Client() if person is None else client_of(person), things)
    if os.environ.get("BAOMI_ACCESS_TABLE") == "write":
        table.write(post, found, list(everybody))
    assert found == table.column(post)


def test_the_table_has_every_post_that_somebody_holds(office):
    assert table.posts() == list(people())


def test_head_answers_as_get_does(things, office):
    browser = client_of(office.registrar)
    for address in addresses(things):
        got, asked = browser.get(address.path), browser.head(address.path)
        # the API has no HEAD
        assert asked.status_code in (got.status_code, 405), address.written
        assert not asked.content


def test_nobody_is_served_by_a_method_that_nothing_needs(things, office):
    browser = client_of(office.registrar)
    for address in addresses(things):
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
