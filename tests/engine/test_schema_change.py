"""A migration's word to the ledger: one entry, and none where there is no ledger."""

import json

import pytest
from django.db import DEFAULT_DB_ALIAS, connection

from baomi.engine.schema_change import LedgerSchema
from tests.factories.deeds import entries, size


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
