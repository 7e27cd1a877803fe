"""Run one statement on the registers' database, on the shortest way that Django leaves open.

Django's cursor costs more than most of our statements. Where nobody watches statements (no
wrapper, no debug cursor) SQLite is asked directly on Django's own connection: same transaction,
same errors. PostgreSQL, and whoever watches, get Django's cursor.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from threading import local
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper


class Result(NamedTuple):
    """Rows that a query gave, and how many rows a change touched."""

    rows: list[tuple[Any, ...]]
    touched: int


def run_one(sql: str, params: Sequence[Any] = ()) -> Result:
    """Run one statement; placeholders are ``%s``, literal per cent signs are doubled.

    Raises what Django's cursor raises.
    """
    db = registers_database()
    if _goes_directly(db):
        with db.wrap_database_errors:
            done = db.connection.execute(_sqlite(sql), params)
            return Result(done.fetchall(), done.rowcount)
    with db.cursor() as cursor:
        cursor.execute(sql, params)
        return Result(cursor.fetchall() if cursor.description else [], cursor.rowcount)


def run_many(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run one changing statement for each row of parameters. Raises as ``run_one`` does."""
    db = registers_database()
    if _goes_directly(db):
        with db.wrap_database_errors:
            db.connection.executemany(_sqlite(sql), rows)
        return
    with db.cursor() as cursor:
        cursor.executemany(sql, rows)


def registers_database() -> BaseDatabaseWrapper:
    """The registers' connection of this thread: Django keeps one for as long as the thread."""
    try:
        return _here.database
    except AttributeError:
        # looking it up each time takes as long as a small query
        _here.database = connections[DEFAULT_DB_ALIAS]
        return _here.database


class _Here(local):
    database: BaseDatabaseWrapper


_here = _Here()


def _goes_directly(db: BaseDatabaseWrapper) -> bool:
    if db.vendor != "sqlite" or db.execute_wrappers or db.force_debug_cursor:
        return False
    if db.connection is None:
        db.ensure_connection()
    if db.needs_rollback:
        db.validate_no_broken_transaction()
    return True


@cache
def _sqlite(sql: str) -> str:
    """The statement with SQLite's placeholders. The statements of a program are few."""
    return sql.replace("%s", "?").replace("%%", "%")
