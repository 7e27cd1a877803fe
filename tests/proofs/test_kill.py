"""Killed under load: nothing acknowledged is lost, nothing stands half-written."""

import pytest

from tests.proofs.conftest import on_postgresql

KILLS = 60 if on_postgresql() else 100


def nothing_is_lost(told: dict) -> None:
    assert told["lost"] == 0
    assert told["unasked"] == 0
    assert told["half_written"] == []
    assert told["broken_paths"] == []
    assert told["findings"] == []


def test_random_kills(home, keep_figures):
    told = home.run("killing", KILLS, 20250303)
    keep_figures(told)
    nothing_is_lost(told)
    # the proof must have met what it speaks of
    assert told["acknowledged"] >= KILLS // 2
    assert told["died_at_work"] >= KILLS // 2


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(5))
def test_a_thousand_random_kills(home, keep_figures, seed):
    told = home.run("killing", 200, seed)
    keep_figures(told)
    nothing_is_lost(told)


def test_killed_at_every_statement_of_a_hand_over(home, keep_figures):
    told = home.run("statements")
    keep_figures(told)
    assert told["neither_all_nor_nothing"] == []
    assert told["findings"] == []
    assert told["half_written"] == []
    # killed before the commit nothing was done, after it all
    assert told["done_before_commit"] == 0
    assert told["done_after_commit"] == 1
    assert told["points"] >= 20
