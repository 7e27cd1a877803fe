"""The pages, for whatever is shown on them."""

import pytest

from baomi.engine import faults, login
from tests.entrypoints.web.visiting import client_of, person_of


@pytest.fixture(autouse=True)
def everybody_has_a_password_of_his_own(monkeypatch):
    """The invented people never used their one-time codes; a log-in test says when they do."""
    login_of = login._admit

    def admitted(found):
        who = login_of(found)
        return who and login.LoggedIn(who.account, who.person, must_change_password=False)

    monkeypatch.setattr(login, "_admit", admitted)


@pytest.fixture(autouse=True)
def what_nobody_foresaw_fails_the_test(monkeypatch):
    """A page would tell a number only."""

    def keep(fault):
        raise fault

    monkeypatch.setattr(faults, "keep_unforeseen", keep)


@pytest.fixture
def at(office):
    """A browser in which the holder of a post, or a person, is logged in."""

    def browser(who, **options):
        return client_of(person_of(who) if isinstance(who, str) else who, **options)

    return browser
