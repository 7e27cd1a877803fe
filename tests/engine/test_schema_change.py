"""A migration's word to the ledger: one entry, and none where there is no ledger."""

import json
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection, transaction

from baomi.engine.schema_change import LedgerRows, LedgerSchema
from baomi.engine.sealer import seal_now
from baomi.engine.verify_live import verify_live
from baomi.registers.custody import load, models
from baomi.registers.custody.actions import set_circle
from tests.factories.deeds import do, entries, imaged, kinds, size
from tests.factories.office import TODAY


class Editor:
    """As much of a schema editor as the operation asks for."""

    def __init__(self, alias: str = DEFAULT_DB_ALIAS) -> None:
        self.connection = self
        self.alias = alias
        self.introspection = connection.introspection


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"add": {"a": False, "b": None}}, {"add": {"a": False, "b": None}}),
        ({"rename": {"a": "b"}}, {"rename": {"a": "b"}}),
        ({"drop": ["a"]}, {"drop": ["a"]}),
    ],
    ids=["add", "rename", "drop"],
)
def test_one_entry_tells_the_change(office, change, told):
    before = size()
    LedgerSchema("custody_paper", **change).database_forwards("custody", Editor(), None, None)
    (entry,) = entries(before)
    assert entry.kind == "ledger.schema"
    assert json.loads(entry.body) == {"schema": [{"t": "custody_paper", **told}]}


def test_a_copy_of_the_schema_has_no_ledger_of_its_own(office):
    """Live verification migrates an empty database to compare with: nothing is entered."""
    before = size()
    operation = LedgerSchema("custody_paper", add={"a": 0})
    operation.database_forwards("custody", Editor("expected"), None, None)
    assert size() == before


def test_on_an_empty_ledger_there_is_nothing_to_tell(office, monkeypatch):
    monkeypatch.setattr("baomi.engine.schema_change.read_head", lambda *, lock: None)
    before = size()
    LedgerSchema("custody_paper", drop=["a"]).database_forwards("custody", Editor(), None, None)
    assert size() == before


def test_it_names_the_table_and_cannot_be_reversed():
    operation = LedgerSchema("custody_paper", drop=["a"])
    assert "custody_paper" in operation.describe()
    assert not operation.reversible


MADE_BY = "baomi.registers.custody.migrations.0006_circle_ground"


@pytest.fixture
def circles_of_before(desk, monkeypatch):
    """Circles as they were fixed before their grounds were written."""
    monkeypatch.setattr(set_circle, "write_grounds", lambda *_: set())
    unit = desk.office.units["研究室"]
    papers = [desk.receive(number=f"×办发〔2025〕{n}号")[0] for n in (7, 8, 9)]
    for paper, said in zip(
        papers, ({"units": [unit], "posts": ["unit_head"]}, {"units": [unit]}, {}), strict=True
    ):
        do("custody.set_circle", desk.registrar, paper, persons=[desk.reader], **said)
    monkeypatch.undo()
    return papers, f"unit:{unit}"


def made_rows():
    (operation,) = (
        each for each in import_module(MADE_BY).Migration.operations if type(each) is LedgerRows
    )
    with transaction.atomic():  # as a migration has it
        operation.database_forwards("custody", Editor(), None, SimpleNamespace(apps=apps))


def test_rows_that_a_migration_makes_are_told_as_of_a_deed(desk, circles_of_before, signing):
    (both, unit_only, named), unit = circles_of_before
    before = size()
    made_rows()
    assert kinds(before) == ["ledger.rows"]
    assert imaged(before) == {"custody_circle_ground": 3}
    assert load.grounds_of(both) == {unit, "post:unit_head"}
    assert load.grounds_of(unit_only) == {unit}
    assert load.grounds_of(named) == frozenset()
    assert set(models.CircleGround.objects.values_list("added_on", flat=True)) == {TODAY}
    seal_now()
    assert verify_live().findings == []


def test_many_rows_are_told_in_several_entries(circles_of_before, signing, monkeypatch):
    monkeypatch.setattr("baomi.engine.ledger.LARGEST_CHANGE", 2)
    before = size()
    made_rows()
    assert kinds(before) == ["ledger.rows"] * 2
    seal_now()
    assert verify_live().findings == []


def test_where_there_is_nothing_to_make_nothing_is_told(desk):
    before = size()
    made_rows()
    assert size() == before
