"""Compare the schema that keeps the live ledger with the one that the program made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.models import UniqueConstraint

from baomi.engine import registry, tables
from baomi.registers.columns import LedgeredModel

EXPECTED = "expected"


def sqlite_faults() -> Iterator[tuple[str, str]]:
    """Compare every object of the schema with a database made afresh by the same migrations."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(5)")
        problems = [row[0] for row in cursor.fetchall()]
    if problems != ["ok"]:
        yield "DBFILE", "数据库文件的内部结构有损坏。"
    present, expected = _objects(DEFAULT_DB_ALIAS), expected_objects()
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


def expected_objects() -> Mapping[tuple[str, str], str]:
    """Kind and name of every object that SQLite's schema must hold, with its SQL."""
    return _made_by(tuple(sorted(MigrationLoader(None).graph.leaf_nodes())))


@cache
def _made_by(_leaves: tuple[tuple[str, str], ...]) -> Mapping[tuple[str, str], str]:
    """What the migrations up to these make; they do not change while a process runs."""
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


def postgresql_faults() -> Iterator[tuple[str, str]]:
    """Compare tables, columns, keys, rules and triggers with what the program declares."""
    names = [*registry.ledgered(), *tables.APPEND_ONLY]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relkind, c.relhasrules, c.relrowsecurity FROM pg_class c "
            "JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = current_schema() AND c.relname = ANY(%s)",
            [names],
        )
        found = {name: how for name, *how in cursor.fetchall()}
    for name in names:
        kind, has_rules, has_policies = found.get(name, ("", False, False))
        if kind != "r":
            yield "SCHEMA", f"{name} 不是数据表：可能被视图替换。"
        if has_rules or has_policies:
            yield "SCHEMA", f"{name} 上多出改写规则或行级策略。"
    for table, model in registry.ledgered().items():
        if found.get(table, ("",))[0] == "r":
            yield from _postgresql_columns(table, model)
            yield from _postgresql_keys(table, model)
    yield from _postgresql_ledger_keys()
    yield from _postgresql_triggers(names)


def _postgresql_columns(table: str, model: type[LedgeredModel]) -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            [table],
        )
        present = {name: (kind, not_null) for name, kind, not_null in cursor.fetchall()}
    expected = {
        field.column: (
            str(field.db_type(connection)).replace("varchar", "character varying"),
            not field.null,
        )
        for field in model._meta.concrete_fields
    }
    if present.keys() != expected.keys():
        yield "SCHEMA", f"{table} 的列与程序不符。"
    elif present != expected:
        yield "DBFILE", f"{table} 的列定义被改动。"


def _postgresql_keys(table: str, model: type[LedgeredModel]) -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table).values()
    unique = {tuple(each["columns"]) for each in constraints if each["unique"]}
    foreign = {each["columns"][0] for each in constraints if each["foreign_key"]}
    fields = model._meta.concrete_fields
    columns = {field.name: str(field.column) for field in fields}
    needed: set[tuple[str, ...]] = {(columns[field.name],) for field in fields if field.unique}
    needed |= {
        tuple(columns[name] for name in constraint.fields)
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint)
    }
    references = {field.column for field in fields if field.remote_field}
    if not needed <= unique or not references <= foreign:
        yield "DBFILE", f"{table} 缺少唯一约束或外键。"


def _postgresql_ledger_keys() -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, pg_get_constraintdef(k.oid) FROM pg_constraint k "
            "JOIN pg_class c ON c.oid = k.conrelid "
            "WHERE k.contype IN ('p', 'u') AND c.relname = ANY(%s)",
            [list(tables.KEYS)],
        )
        present = set(cursor.fetchall())
    for table, keys in tables.KEYS.items():
        if not {(table, key) for key in keys} <= present:
            yield "DBFILE", f"{table} 缺少主键或唯一约束。"


def _postgresql_triggers(names: list[str]) -> Iterator[tuple[str, str]]:
    """Triggers by name and state, and the bodies of the functions that they call."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, c.relname, t.tgenabled, p.proname, btrim(p.prosrc) FROM pg_trigger t "
            "JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND c.relname = ANY(%s)",
            [names],
        )
        present = {name: tuple(told) for name, *told in cursor.fetchall()}
    for table in tables.APPEND_ONLY:
        expected = (table, "O", f"{table}_keep", tables.postgresql_body(table))
        for name in tables.trigger_names(table, "postgresql"):
            if present.pop(name, None) != expected:
                yield "SCHEMA", f"触发器 {name} 缺失、停用或被改动。"
    for name in sorted(present):
        yield "SCHEMA", f"多出触发器 {name}。"
