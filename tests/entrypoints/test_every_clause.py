"""Every guard of the rulebook, through every door: a lawful deed is done, an unlawful one is not.

What the state needs is prepared by deeds past the door; only the deed in question goes through.
"""

import re

import pytest
from django.db import connection

from baomi.engine import registry
from tests.entrypoints.asking import DONE, REFUSED
from tests.entrypoints.scenarios import (
    archive,
    deciding,
    governing,
    keeping,
    marking,
    outings,
    pledging,
    powers,
    reading,
    standing_in,
)
from tests.entrypoints.scenarios.scene import SCENARIOS
from tests.factories.deeds import size

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CHINESE = re.compile(r"[一-鿿]")
MODULES = {
    module.__name__
    for module in (
        archive,
        deciding,
        governing,
        keeping,
        marking,
        outings,
        pledging,
        powers,
        reading,
        standing_in,
    )
}
GUARDS = pytest.mark.parametrize("guard", sorted(SCENARIOS))


def registers() -> dict[str, list[tuple]]:
    """Every row of every register, as the database keeps it."""
    found = {}
    with connection.cursor() as cursor:
        for table, model in registry.ledgered().items():
            key = model._meta.pk.column
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY "{key}"')  # noqa: S608 - our own names
            found[table] = cursor.fetchall()
    return found


def refusals() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_refusal")
        return cursor.fetchone()[0]


def test_every_guard_has_its_scenario():
    declared = {
        guard.key
        for clause in registry.rulebook()
        for part in clause.every_part()
        for guard in part.guards
    }
    assert set(SCENARIOS) == declared
    assert {each.prepare.__module__ for each in SCENARIOS.values()} == MODULES


@GUARDS
def test_the_lawful_deed_is_done(guard, desk, door):
    lawful = SCENARIOS[guard].prepare(desk).lawful
    door.make_ready(lawful)
    before = size()
    answered = door.act(lawful)
    assert answered.outcome == DONE, answered
    assert size() > before


@GUARDS
def test_the_unlawful_deed_is_refused_and_changes_nothing(guard, desk, door):
    scenario = SCENARIOS[guard]
    unlawful = scenario.prepare(desk).unlawful
    door.make_ready(unlawful)
    before = size(), registers()
    kept = refusals()
    answered = door.act(unlawful)
    assert answered.outcome == REFUSED, answered
    assert answered.guards == {guard} | scenario.beside
    for each in answered.refused:
        assert CHINESE.search(each["reason"])
        assert CHINESE.search(each["remedy"])
        assert "{" not in each["reason"] + each["remedy"]
    assert (size(), registers()) == before
    assert refusals() == kept + 1
