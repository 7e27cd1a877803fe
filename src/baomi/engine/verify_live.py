"""Verify the live database: the ledger, every row it vouches for, and the schema that keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.executor import MigrationExecutor

from baomi.engine import registry, tables
from baomi.engine.keys import mac_key
from baomi.engine.live import LiveLedger
from baomi.engine.snapshot import snapshot
from baomi.kernel.clock import clock
from baomi.kernel.ledger.verify import Anchor, Receipt, Report, verify

EXPECTED = "expected"


def verify_live(
    *,
    anchors: Sequence[Anchor] = (),
    receipts: Sequence[Receipt] = (),
    first_vkey: str | None = None,
    max_age_hours: float | None = None,
    fast: bool = False,
) -> Report:
    """Verify what stands in the database now. Raises ``NotFounded`` and ``Unreadable``."""
    with snapshot():
        report = verify(
            LiveLedger(),
            anchors=anchors,
            receipts=receipts,
            now_us=clock.now_us(),
            first_vkey=first_vkey,
            mac_key=mac_key(),
            max_age_hours=max_age_hours,
            fast=fast,
        )
    for code, text in _schema_faults():
        report.say(code, None, text)
    return report


def _schema_faults() -> Iterator[tuple[str, str]]:
    yield from _sqlite_faults() if connection.vendor == "sqlite" else _postgresql_faults()


def _sqlite_faults() -> Iterator[tuple[str, str]]:
    """Compare every object of the schema with a database made afresh by the same migrations."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(5)")
        problems = [row[0] for row in cursor.fetchall()]
    if problems != ["ok"]:
        yield "DBFILE", "数据库文件的内部结构有损坏。"
    present, expected = _objects(DEFAULT_DB_ALIAS), _expected_objects()
    for key in sorted(expected.keys() | present.keys()):
        kind, name = key
        if key not in present:
            yield "SCHEMA", f"缺少 {kind} {name}。"
        elif key not in expected:
            yield "SCHEMA", f"多出 {kind} {name}。"
        elif present[key] != expected[key]:
            yield "DBFILE", f"{kind} {name} 的定义被改动。"


def _objects(alias: str) -> dict[tuple[str, str], str]:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT type, name, sql FROM sqlite_master "
            "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%%'",
            [],
        )
        return {(kind, name): " ".join(sql.split()) for kind, name, sql in cursor.fetchall()}


def _expected_objects() -> dict[tuple[str, str], str]:
    connections.databases[EXPECTED] = {
        **connections.databases[DEFAULT_DB_ALIAS],
        "NAME": ":memory:",
        "OPTIONS": {},
    }
    try:
        executor = MigrationExecutor(connections[EXPECTED])
        executor.migrate(executor.loader.graph.leaf_nodes())
        return _objects(EXPECTED)
    finally:
        connections[EXPECTED].close()
        del connections[EXPECTED]
        del connections.databases[EXPECTED]


def _postgresql_faults() -> Iterator[tuple[str, str]]:
    names = [*registry.ledgered(), *tables.APPEND_ONLY]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relkind FROM pg_class c "
            "JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = current_schema() AND c.relname = ANY(%s)",
            [names],
        )
        kinds = dict(cursor.fetchall())
    for name in names:
        if kinds.get(name) != "r":
            yield "SCHEMA", f"{name} 不是数据表:可能被视图替换。"
    yield from _postgresql_columns()
    yield from _postgresql_triggers()


def _postgresql_columns() -> Iterator[tuple[str, str]]:
    for table, model in registry.ledgered().items():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT column_name FROM information_schema.columns "
                "WHERE table_schema = current_schema() AND table_name = %s",
                [table],
            )
            present = {row[0] for row in cursor.fetchall()}
        if present != {field.column for field in model._meta.concrete_fields}:
            yield "SCHEMA", f"{table} 的列与程序不符。"


def _postgresql_triggers() -> Iterator[tuple[str, str]]:
    """Triggers by name and state, and the bodies of the functions that they call."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, t.tgenabled, p.proname, p.prosrc FROM pg_trigger t "
            "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal"
        )
        present = {name: (state, function, body) for name, state, function, body in cursor}
    for table in tables.APPEND_ONLY:
        expected = tables.postgresql_body(table)
        for name in tables.trigger_names(table, "postgresql"):
            state, function, body = present.get(name, ("", "", ""))
            if state != "O" or function != f"{table}_keep" or body.strip() != expected:
                yield "SCHEMA", f"触发器 {name} 缺失、停用或被改动。"
