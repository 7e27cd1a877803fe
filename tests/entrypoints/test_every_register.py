"""Every fact that the rulebook wants recorded, through every door: recorded, listed, exported."""

import re

import pytest

from baomi.engine import registry
from tests.entrypoints.asking import DONE, FAULTY
from tests.entrypoints.scenarios import (  # noqa: F401 — they tell their scenarios
    archive,
    governing,
    outings,
    pledging,
)
from tests.entrypoints.scenarios.registers import FACTS
from tests.factories.deeds import size

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CHINESE = re.compile(r"[一-鿿]")
REGISTERS = pytest.mark.parametrize("register", sorted(FACTS))
RULES = {
    f"{rule.clause} {rule.register}": rule
    for clause in registry.rulebook()
    for part in clause.every_part()
    for rule in part.registers
}


def holds(rows: list[dict], row: dict) -> bool:
    """Whether a row has the cells that are looked for."""
    return any(all(each[key] == value for key, value in row.items()) for each in rows)


def test_every_register_has_its_scenario():
    assert set(FACTS) == set(RULES)


@REGISTERS
def test_what_is_recorded_is_listed_and_exported(register, desk, door):
    fact = FACTS[register](desk)
    door.make_ready(fact.deed)
    assert not holds(door.listed(fact.register), fact.row)
    assert door.act(fact.deed).outcome == DONE
    listed = door.listed(fact.register)
    assert holds(listed, fact.row)
    keys = list(listed[0])
    for kind in ("csv", "xlsx"):
        head, rows = door.exported(fact.register, kind)
        assert len(head) == len(keys)
        assert all(CHINESE.search(heading) for heading in head)
        assert holds([dict(zip(keys, row, strict=True)) for row in rows], fact.row)


@REGISTERS
def test_without_a_field_that_the_clause_needs_nothing_is_recorded(register, desk, door):
    fact = FACTS[register](desk)
    door.make_ready(fact.deed)
    assert set(RULES[register].fields) <= set(fact.fields)
    deed = fact.bears_the_fields or fact.deed
    before = size()
    for field, said in fact.fields.items():
        answered = door.act(deed.without(field))
        assert answered.outcome == FAULTY, answered
        assert said in answered.words
    assert size() == before
    assert door.act(deed).outcome == DONE  # nothing but the field was missing
