"""A column added by a migration: clean before, clean after, and clean when killed in between."""

import pytest

from tests.proofs.conftest import Home, drop_database, make_database


@pytest.fixture
def first_home(tmp_path):
    """An office founded by the first version of the program; clean, as that one verifies it."""
    home = Home(tmp_path / "first", make_database())
    assert home.run("founding", "first")["findings"] == []
    yield home
    drop_database(home.database)


@pytest.fixture(params=["told", "real"])
def upgraded(request):
    """A version to come on an office of today, or today's on an office of the first version."""
    home = request.getfixturevalue("home" if request.param == "told" else "first_home")
    return request.param, home


def test_a_migration_that_tells_the_ledger_is_clean(upgraded, keep_figures):
    kind, home = upgraded
    told = home.run("upgrading", kind, "whole")
    keep_figures(told)
    assert told["applied"]
    assert {name.partition(".")[0] for name in told["applied"]} == {"custody"}
    assert told["entries"] == 1  # of the one that changes what an image holds
    assert told["after"] == []
    assert told["derived"]
    assert told["later"] == []
    assert told["again"] == []


def test_a_migration_that_does_not_is_found(home):
    told = home.run("upgrading", "untold", "whole")
    assert told["entries"] == 0
    assert "SCHEMA" in told["after"]


def check_killed(upgraded, keep_figures, how):
    kind, home = upgraded
    told = home.run("upgrading", kind, how)
    keep_figures(told)
    assert told["points"] >= 10
    assert told["wrong"] == []
    assert told["entries"] == 1
    assert told["after"] == []
    assert told["later"] == []


def test_killed_at_its_statements_it_is_done_or_not_done(upgraded, keep_figures):
    """Today's migrations of an office of the first version are many: every third statement."""
    check_killed(upgraded, keep_figures, "killed" if upgraded[0] == "told" else "sampled")


@pytest.mark.nightly
def test_killed_at_every_statement_it_is_done_or_not_done(upgraded, keep_figures):
    check_killed(upgraded, keep_figures, "killed")
