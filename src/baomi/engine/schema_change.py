"""A migration of a ledgered table says so in the ledger, in the migration's own transaction.

Replay applies it to all earlier images: a column added with its default, renamed, or dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.migrations.operations.base import Operation

from baomi.engine import ledger
from baomi.engine.head import read_head
from baomi.engine.pen import Pen
from baomi.kernel.ids import new_id


class LedgerSchema(Operation):
    """Append ``ledger.schema``. Stands in a migration beside the change that it tells of."""

    reversible = False

    def __init__(
        self,
        table: str,
        *,
        add: Mapping[str, Any] | None = None,
        rename: Mapping[str, str] | None = None,
        drop: Sequence[str] = (),
    ) -> None:
        self.table = table
        self.add = dict(add or {})
        self.rename = dict(rename or {})
        self.drop = list(drop)

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The ledger is no part of the models' state."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Write the entry; on an empty ledger there is nothing to tell."""
        connection = schema_editor.connection
        if connection.alias != DEFAULT_DB_ALIAS:
            return  # a copy of the schema, made to compare with: it has no ledger of its own
        if "ledger_head" not in connection.introspection.table_names():
            return
        head = read_head(lock=True)
        if head is None:
            return
        change: dict[str, Any] = {"t": self.table}
        if self.add:
            change["add"] = self.add
        if self.rename:
            change["rename"] = self.rename
        if self.drop:
            change["drop"] = self.drop
        ledger.append(
            Pen(head),
            kind="ledger.schema",
            actor=ledger.NOBODY,
            op_id=new_id(),
            body={"schema": [change]},
        )

    def describe(self) -> str:
        """One line for Django's own listing."""
        return f"Tell the ledger how {self.table} changes"
