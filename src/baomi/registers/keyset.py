"""Pages that begin where the last one ended, at any depth: by the order's own values.

A mark holds the order's name and the values of one row in it: numbers, days and ids, no text.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, DateField, F, Func, IntegerField, UUIDField, Value
from django.db.models.fields import Field
from django.db.models.query import QuerySet

from baomi.kernel.verdict import BadInput
from baomi.registers.listing import Order

BROKEN_MARK: Final = "页码已失效，请从第一页看起"
LONGEST_MARK: Final = 400


class RowCompare(Func):
    """``(a, b) < (x, y)``, which both databases look up in an index over a and b."""

    output_field = BooleanField()

    def __init__(self, sign: str, columns: Sequence[Any], values: Sequence[Any]) -> None:
        super().__init__(*columns, *values)
        self.sign = sign

    def as_sql(
        self,
        compiler: Any,
        connection: Any,
        function: str | None = None,
        template: str | None = None,
        arg_joiner: str | None = None,
        **_more: Any,
    ) -> tuple[str, tuple[Any, ...]]:
        parts = [compiler.compile(each) for each in self.source_expressions]
        half = len(parts) // 2
        left = ", ".join(sql for sql, _ in parts[:half])
        right = ", ".join(sql for sql, _ in parts[half:])
        params = tuple(param for _, each in parts for param in each)
        return f"({left}) {self.sign} ({right})", params


class Keyset:
    """An order of a table's rows, and the places in it."""

    def __init__(self, model: Any, order: Order) -> None:
        descending = {column.startswith("-") for column in order.by}
        if len(descending) != 1:
            raise TypeError(f"order {order.key} runs both up and down")
        self.key = order.key
        self.primary = str(model._meta.pk.name)
        self.is_descending = descending.pop()
        self.columns = tuple(column.removeprefix("-") for column in order.by)
        self.fields = tuple(_field(model, column) for column in self.columns)

    def sort(self, rows: QuerySet[Any], *, backwards: bool = False) -> QuerySet[Any]:
        """The rows in this order, or from its end."""
        sign = "-" if self.is_descending is not backwards else ""
        same_table = self._leading()
        if same_table < len(self.columns):
            # true of every row: without a range to walk, SQLite reads and sorts the whole register
            lowest = [Value(_lowest(field), output_field=field) for field in self.fields]
            columns = [F(column) for column in self.columns[:same_table]]
            rows = rows.filter(RowCompare(">=", columns, lowest[:same_table]))
        return rows.order_by(*(f"{sign}{column}" for column in self.columns))

    def mark(self, row: Mapping[str, Any]) -> str:
        """The place of a row, as it stands in a page's address."""
        values = [_told(row[column]) for column in self.columns]
        octets = json.dumps([self.key, *values], separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(octets).decode().rstrip("=")

    def beyond(self, rows: QuerySet[Any], mark: str, *, backwards: bool = False) -> QuerySet[Any]:
        """The rows after a place, or before it. Raises ``BadInput`` for a broken mark."""
        values = [
            Value(value, output_field=field)
            for value, field in zip(self._read(mark), self.fields, strict=True)
        ]
        sign = "<" if self.is_descending is not backwards else ">"
        same_table = self._leading()
        if same_table < len(self.columns):
            # a comparison across two tables is looked up in no index: this one narrows the first
            columns = [F(column) for column in self.columns[:same_table]]
            rows = rows.filter(RowCompare(f"{sign}=", columns, values[:same_table]))
        return rows.filter(RowCompare(sign, [F(column) for column in self.columns], values))

    def _leading(self) -> int:
        """How many of the first columns are of one table."""
        tables = [column.rpartition("__")[0] for column in self.columns]
        return next((n for n, table in enumerate(tables) if table != tables[0]), len(tables))

    def _read(self, mark: str) -> list[Any]:
        if len(mark) > LONGEST_MARK or not mark.isascii():
            raise BadInput(BROKEN_MARK)
        try:
            octets = base64.b64decode(mark + "=" * (-len(mark) % 4), altchars="-_", validate=True)
            key, *told = json.loads(octets)
            if key != self.key:
                raise BadInput(BROKEN_MARK)
            pairs = zip(told, self.fields, strict=True)
            return [_value(each, field) for each, field in pairs]
        except (ValueError, TypeError, RecursionError, binascii.Error):
            raise BadInput(BROKEN_MARK) from None


def _field(model: Any, path: str) -> Field[Any, Any]:
    field: Any = None
    for name in path.split("__"):
        field = model._meta.get_field(name)
        model = field.related_model
    if field.null or not isinstance(field, IntegerField | DateField | UUIDField):
        raise TypeError(f"rows are not sorted by {path}: numbers, days and ids only, never empty")
    return field


def _lowest(field: Field[Any, Any]) -> Any:
    """What no value of a field is below."""
    if isinstance(field, IntegerField):
        lowest, _ = connection.ops.integer_field_range(field.get_internal_type())
        return lowest
    return UUID(int=0) if isinstance(field, UUIDField) else date.min


def _told(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.hex if isinstance(value, UUID) else value


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _value(told: Any, field: Field[Any, Any]) -> Any:
    """A value as it was told. Raises ``ValueError`` for what is none of the field's."""
    if isinstance(field, IntegerField):
        lowest, highest = connection.ops.integer_field_range(field.get_internal_type())
        if not _is_number(told) or not lowest <= told <= highest:
            raise ValueError
        return told
    if not isinstance(told, str):
        raise ValueError
    return UUID(hex=told) if isinstance(field, UUIDField) else date.fromisoformat(told)
