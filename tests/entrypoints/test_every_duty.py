"""Every duty of the rulebook, through every door: opened, shown as overdue, closed."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction

from baomi.engine import registry
from baomi.engine.evidence import duty_key
from baomi.engine.tick import open_duties
from baomi.kernel.clock import clock, instant_on
from tests.entrypoints.asking import DONE
from tests.entrypoints.scenarios import (  # noqa: F401 — they tell their scenarios
    archive,
    calendar,
    governing,
    outings,
    pledging,
)
from tests.entrypoints.scenarios.duties import LIVES

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

RULES = {
    duty_key(rule): rule
    for clause in registry.rulebook()
    for part in clause.every_part()
    for rule in (*part.duties, *part.timed)
}
DUTIES = pytest.mark.parametrize("duty", sorted(LIVES))


def row_of(door, key: str, *, overdue: bool = False) -> dict | None:
    rows = door.listed("duties.duty", overdue=overdue)
    return next((row for row in rows if row["id"] == key), None)


def opened(door, life, title: str) -> dict:
    """The duty that the deed opened, or the day, as it is listed."""
    opens = life.opens or life.closes
    door.make_ready(opens if opens.confirmed else life.closes)
    if life.opens is None:
        open_duties()
        there = [row for row in door.listed("duties.duty") if row["title"] == title]
        return next(row for row in there if row["opened_on"] == life.on.isoformat())
    before = {row["id"] for row in door.listed("duties.duty")}
    assert door.act(life.opens).outcome == DONE
    (row,) = [row for row in door.listed("duties.duty") if row["id"] not in before]
    return row


@contextmanager
def taken_back():
    """What the block does is taken back. No atomic block: the pen stands for the outermost."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)
        transaction.savepoint_commit(mark)


def done_in_time(door, life, key: str, due_on) -> None:
    """Closed on the day on which it was opened, and never overdue."""
    with clock.standing_at(instant_on(life.on, 9, 40)):
        assert door.act(life.closes).outcome == DONE
        row = row_of(door, key)
        assert (row["state"], row["closed_on"]) == ("已办", life.on.isoformat())
    with clock.standing_at(instant_on(due_on + timedelta(days=3), 9)):
        assert row_of(door, key, overdue=True) is None


def done_late(door, life, key: str, due_on) -> None:
    """Not overdue on its last day, overdue from then on until it is done."""
    with clock.standing_at(instant_on(due_on, 18)):
        assert row_of(door, key, overdue=True) is None  # its last day has not passed
    late = due_on + timedelta(days=3)
    with clock.standing_at(instant_on(late, 9)):
        assert row_of(door, key, overdue=True)["overdue_days"] == 3
        assert {each["id"]: each["overdue_days"] for each in door.owed()}[key] == 3
        assert door.act(life.closes).outcome == DONE
        assert row_of(door, key, overdue=True) is None
        assert key not in {each["id"] for each in door.owed()}
        row = row_of(door, key)
    assert (row["state"], row["closed_on"]) == ("已办", late.isoformat())


def test_every_duty_has_its_scenario():
    assert set(LIVES) == set(RULES)


@DUTIES
def test_done_in_time_it_is_never_overdue_and_not_done_it_is_until_it_is_done(duty, desk, door):
    life, rule = LIVES[duty](desk), RULES[duty]
    due_on = life.on + timedelta(days=life.days)
    with clock.standing_at(instant_on(life.on, 9, 30)):
        row = opened(door, life, rule.title)
    assert (row["clause"], row["title"], row["owner"]) == (rule.clause, rule.title, life.owner)
    assert (row["due_on"], row["state"]) == (due_on.isoformat(), "未办")
    with taken_back():
        done_in_time(door, life, row["id"], due_on)
    done_late(door, life, row["id"], due_on)
