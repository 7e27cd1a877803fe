"""Write rows by statements that are put together once. For actions and the engine only.

What a column takes is still Django's affair on both databases; what is spared is a model object
for each row and the building of each statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, Model

from baomi.registers.statements import run_many, run_one

Adapt = Callable[[Any], Any]


def insert_rows(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, each with a value for every column by its attribute's name.

    Raises ``KeyError`` for a column that is forgotten, and Django's database errors.
    """
    sql, columns = _insert(model)
    if rows:
        run_many(sql, [[adapt(row[name]) for name, adapt in columns] for row in rows])


def change_rows(model: type[Model], keys: Iterable[UUID], values: Mapping[str, Any]) -> None:
    """Give some rows the same values, by attribute's name."""
    sql, (*adapted, identify) = _change(model, tuple(values), versioned=False)
    same = [adapt(value) for adapt, value in zip(adapted, values.values(), strict=True)]
    if changes := [[*same, identify(key)] for key in keys]:
        run_many(sql, changes)


def change_version(model: type[Model], key: UUID, ver: int, values: Mapping[str, Any]) -> bool:
    """Change a row that still stands at version ``ver``, which goes up by one.

    Tells whether it stood there. ``values``: by attribute's name.
    """
    sql, (*adapted, identify) = _change(model, tuple(values), versioned=True)
    there = [adapt(value) for adapt, value in zip(adapted, values.values(), strict=True)]
    return run_one(sql, [*there, identify(key), ver]).touched == 1


@cache
def _insert(model: type[Model]) -> tuple[str, tuple[tuple[str, Adapt], ...]]:
    fields = model._meta.concrete_fields
    columns = ", ".join(_quoted(field) for field in fields)
    places = ", ".join("%s" for _ in fields)
    sql = f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places})"
    return sql, tuple((field.attname, _adapter(field)) for field in fields)


@cache
def _change(
    model: type[Model], names: tuple[str, ...], *, versioned: bool
) -> tuple[str, tuple[Adapt, ...]]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    sets = ", ".join(f"{_quoted(field)} = %s" for field in fields)
    sql = f"UPDATE {model._meta.db_table} SET {sets} WHERE id = %s"
    if versioned:
        sql = f"UPDATE {model._meta.db_table} SET {sets}, ver = ver + 1 WHERE id = %s AND ver = %s"
    return sql, tuple(_adapter(field) for field in [*fields, by_name["id"]])


def _quoted(field: Field[Any, Any]) -> str:
    return connections[DEFAULT_DB_ALIAS].ops.quote_name(str(field.column))


def _adapter(field: Field[Any, Any]) -> Adapt:
    db = connections[DEFAULT_DB_ALIAS]

    def adapt(value: Any) -> Any:
        kind = type(value)
        if value is None or kind is int or kind is str:
            return value
        if kind is UUID and not db.features.has_native_uuid_field:
            return value.hex
        return field.get_db_prep_save(value, db)

    return adapt
