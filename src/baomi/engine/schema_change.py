"""A migration of a ledgered table says so in the ledger, in the migration's own transaction.

Replay applies a change of columns to all earlier images: one added with its default, renamed, or
dropped. Rows that a migration makes get their images like those of a deed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS, router
from django.db.migrations.operations.base import Operation

from baomi.engine import ledger
from baomi.engine.head import read_head
from baomi.engine.pen import Pen
from baomi.kernel.ids import new_id
from baomi.registers.columns import imaged_value

Make = Callable[[Any, str], Iterable[Any]]


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
        pen = _pen(schema_editor.connection)
        if pen is None:
            return
        change: dict[str, Any] = {"t": self.table}
        if self.add:
            change["add"] = self.add
        if self.rename:
            change["rename"] = self.rename
        if self.drop:
            change["drop"] = self.drop
        ledger.append(
            pen,
            kind="ledger.schema",
            actor=ledger.NOBODY,
            op_id=new_id(),
            body={"schema": [change]},
        )

    def describe(self) -> str:
        """One line for Django's own listing."""
        return f"Tell the ledger how {self.table} changes"


class LedgerRows(Operation):
    """Make rows of what stands already, and append their images in ``ledger.rows``.

    ``make`` gets the models of that version and the database's alias and gives new rows of the
    table, unsaved, none of whose columns is derived. Nothing is appended where it gives none.
    """

    reversible = False

    def __init__(self, table: str, make: Make) -> None:
        self.table = table
        self.make = make

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Rows are no part of the models' state."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Insert the rows, as many at once as one entry may hold, and tell the ledger of them."""
        alias = schema_editor.connection.alias
        if not router.allow_migrate(alias, app_label):
            return
        waiting = iter(self.make(to_state.apps, alias))
        pen = None
        while part := list(islice(waiting, ledger.LARGEST_CHANGE)):
            type(part[0])._default_manager.using(alias).bulk_create(part)
            pen = pen or _pen(schema_editor.connection)
            if pen is not None:
                body = {"changes": list(self._images(part))}
                ledger.append(
                    pen, kind="ledger.rows", actor=ledger.NOBODY, op_id=new_id(), body=body
                )

    def _images(self, rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
        for row in rows:
            fields = row._meta.concrete_fields
            image = {each.column: imaged_value(getattr(row, each.attname)) for each in fields}
            yield {"t": self.table, "id": str(row.pk), "after": image}

    def describe(self) -> str:
        """One line for Django's own listing."""
        return f"Make rows of {self.table} and tell the ledger of them"


def _pen(connection: Any) -> Pen | None:
    """The pen; None where there is no ledger to tell anything."""
    if connection.alias != DEFAULT_DB_ALIAS:
        return None  # a copy of the schema, made to compare with: it has no ledger of its own
    if "ledger_head" not in connection.introspection.table_names():
        return None
    head = read_head(lock=True)
    return None if head is None else Pen(head)
