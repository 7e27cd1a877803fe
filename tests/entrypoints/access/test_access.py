"""Every address × every post × every method against one explicit table.

``access.yaml`` is written by ``BAOMI_ACCESS_TABLE=write`` and reviewed as any other change: an
address without a row fails, a row without an address as well.
"""

import os
from pathlib import Path

import pytest
import yaml
from django.test import Client

from baomi.registers.duties.models import Duty
from tests.entrypoints.access.walk import MISSING, NOBODY, Address, addresses, people
from tests.entrypoints.web.page import masked
from tests.entrypoints.web.visiting import client_of
from tests.registers.custody.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

TABLE = Path(__file__).with_name("access.yaml")
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


def answers(address: Address, browsers: dict[str, Client]) -> dict[str, str]:
    """What GET and POST answer to each post; HEAD answers as GET does."""
    found: dict[str, list[str]] = {"GET": [], "POST": []}
    for browser in browsers.values():
        got = browser.get(address.path)
        assert browser.head(address.path).status_code == got.status_code, address.written
        found["GET"].append(str(got.status_code))
        if address.path not in ENDING:
            posted = browser.post(address.path)
            found["POST"].append(str(posted.status_code))
    return {method: " ".join(each) for method, each in found.items() if each}


def shortened(rows: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """One status for all where all are answered alike."""
    return {
        written: {
            method: codes.split()[0] if len(set(codes.split())) == 1 else codes
            for method, codes in methods.items()
        }
        for written, methods in rows.items()
    }


def table() -> tuple[list[str], dict[str, dict[str, str]]]:
    told = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return told["posts"], told["answers"]


def test_every_address_answers_every_post_as_the_table_says(things, office):
    browsers = {
        name: Client() if person is None else client_of(person) for name, person in people().items()
    }
    found = shortened({each.written: answers(each, browsers) for each in addresses(things)})
    if os.environ.get("BAOMI_ACCESS_TABLE") == "write":
        _write(list(browsers), found)
    posts, expected = table()
    assert list(browsers) == posts
    assert found == expected


def _write(posts: list[str], found: dict[str, dict[str, str]]) -> None:
    text = yaml.safe_dump(
        {"posts": posts, "answers": found}, allow_unicode=True, sort_keys=True, width=200
    )
    TABLE.write_text(text, encoding="utf-8")


def test_nobody_is_served_by_a_method_that_nothing_needs(things, office):
    browser = client_of(office.registrar)
    for address in addresses(things):
        for method in OTHERS:
            assert browser.generic(method, address.path).status_code == 405, address.written


def test_no_address_ever_answers_with_a_fault():
    _, expected = table()
    codes = {
        code for methods in expected.values() for each in methods.values() for code in each.split()
    }
    assert not {code for code in codes if code.startswith("5")}


def test_to_nobody_only_the_log_in_page_and_the_health_answer():
    posts, expected = table()
    place = posts.index(NOBODY)
    open_to_all = {
        written
        for written, methods in expected.items()
        for code in [methods["GET"].split()[place if " " in methods["GET"] else 0]]
        if code not in ("302", "401", "404", "405")
    }
    assert open_to_all == {"/login", "/healthz"}


def test_a_foreign_thing_answers_like_a_missing_one(things, desk):
    browser = client_of(desk.general)
    for name in ("copy", "paper", "duty"):
        kind, key = things[name]
        for before in ("o", "api/objects"):
            foreign, missing = (browser.get(f"/{before}/{kind}/{each}") for each in (key, MISSING))
            assert foreign.status_code == missing.status_code == 404
            assert masked(foreign) == masked(missing)
            assert sorted(foreign.headers.items()) == sorted(missing.headers.items())
