"""Fill an empty database from a backup: first the structure that it had, then every row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.models import BinaryField, Field, Model

from baomi.engine.backup.faults import FromNewerProgram
from baomi.engine.backup.payload import Payload, Row, Section, unboxed
from baomi.kernel.ledger.entry import decode, leaf_hash
from baomi.registers.attachments import files
from baomi.registers.office import seals

AT_ONCE = 500
Node = tuple[str, str]
Models = dict[str, type[Model]]

_ENTRY = (
    "INSERT INTO ledger_entry "
    "(log_id, seq, raw, leaf, salt, body, mac, kind, actor, op_id, time_us) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_REFUSAL = (
    "INSERT INTO ledger_refusal (n, at_us, actor, action, target, clauses, door, hash) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
)
_OPERATION = "INSERT INTO ledger_operation (op_id, digest, seq, told) VALUES (%s, %s, %s, %s)"


def check_structure(payload: Payload) -> None:
    """Refuse a backup whose structure this program does not know. Raises ``FromNewerProgram``."""
    known = set(MigrationLoader(None).graph.nodes)
    if not _applied(payload) <= known:
        raise FromNewerProgram


def is_older(payload: Payload) -> bool:
    """Whether the program has migrations of the registers that the backup has not."""
    graph = MigrationLoader(None).graph
    return not set(graph.leaf_nodes()) <= _applied(payload)


def make_structure(payload: Payload) -> Models:
    """Make the tables as they were when the backup was made. Returns their models by table."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    applied = _applied(payload)
    newest = [
        node
        for node in sorted(applied)
        if not any(child.key in applied for child in _followers(executor, node))
    ]
    executor.migrate(newest)
    for alias in connections:
        if alias != DEFAULT_DB_ALIAS:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
    state = executor.loader.project_state(newest).apps
    return {model._meta.db_table: model for model in state.get_models(include_auto_created=True)}


def _applied(payload: Payload) -> set[Node]:
    return {(app, name) for app, name in payload.office["migrations"]}


def _followers(executor: MigrationExecutor, node: Node) -> Iterator[Any]:
    """Migrations of the same app that follow one."""
    children = executor.loader.graph.node_map[node].children
    return (child for child in children if child.key[0] == node[0])


def fill(payload: Payload, models: Models) -> None:
    """Put every row in its place, within the caller's transaction. The head row is not among them.

    The ledgers of the backup are closed by this: a new one begins after them.
    """
    filled: list[type[Model]] = []
    for section in payload.sections():
        if section.name == "entries":
            _fill_entries(section)
        elif section.name == "refusals":
            rows = ([n, at, unboxed(by), *told, unboxed(h)] for n, at, by, *told, h in section.rows)
            _insert(_REFUSAL, rows)
        elif section.name == "operations":
            _insert(_OPERATION, ([unboxed(o), unboxed(d), *told] for o, d, *told in section.rows))
        elif section.name == "table":
            filled.append(models[section.head["t"]])
            _fill_table(section, filled[-1])
        elif section.name == "file":
            _fill_file(section, models)
    _continue_serials(filled)


def _fill_entries(section: Section) -> None:
    log_id, alg = UUID(hex=section.head["log_id"]).bytes, section.head["alg"]
    _insert(_ENTRY, (_entry(log_id, alg, row) for row in section.rows))


def _entry(log_id: bytes, alg: int, row: Row) -> Row:
    """The copies kept for searching are derived anew from the entry itself."""
    seq, (raw, salt, body, mac) = row[0], map(unboxed, row[1:])
    told = decode(raw or b"")
    searched = [told.kind, told.actor.bytes, told.op_id.bytes, told.time_us]
    return [log_id, seq, raw, leaf_hash(alg, raw or b""), salt, body, mac, *searched]


def _insert(statement: str, rows: Iterable[Row]) -> None:
    for part in _parts(rows):
        with connection.cursor() as cursor:
            cursor.executemany(statement, part)


def _parts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while part := list(islice(waiting, AT_ONCE)):
        yield part


def _fill_table(section: Section, model: type[Model]) -> None:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    chosen = [fields[name] for name in section.head["fields"]]
    for part in _parts(section.rows):
        model._base_manager.bulk_create([_instance(model, chosen, row) for row in part])


def _fill_file(section: Section, models: Models) -> None:
    """Encrypt an attached file anew, under a key of its own and the master key at hand."""
    key = UUID(section.head["id"])
    content = b"".join(unboxed(piece) or b"" for (piece,) in section.rows)
    rows = models["attachments_attachment"]._base_manager.filter(pk=key)
    told = rows.values_list("attached_by_id", "media").first()
    if told is None:
        return  # evidence of a damaged office: nothing names the file
    upload = files.described(key, content, by=told[0], media=told[1])
    files.write(upload, content)
    models["attachments_key"]._base_manager.create(
        attachment=key, wrapped=seals.wrap(upload.key, key)
    )


def _instance(model: type[Model], fields: Sequence[Field[Any, Any]], row: Row) -> Model:
    values = {
        field.attname: unboxed(value) if isinstance(field, BinaryField) else _value(field, value)
        for field, value in zip(fields, row, strict=True)
    }
    return model(**values)


def _value(field: Field[Any, Any], value: Any) -> Any:
    target = getattr(field, "target_field", field)  # a reference is written as what it refers to
    return None if value is None else target.to_python(value)


def _continue_serials(models: list[type[Model]]) -> None:
    """On PostgreSQL, numbers given out by the database go on after those restored."""
    statements = connection.ops.sequence_reset_sql(no_style(), models)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def remove_tables() -> None:
    """Take away, on PostgreSQL, what a restore that failed has made; the database was empty."""
    if connection.vendor != "postgresql":
        return
    names = connection.introspection.table_names()
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TABLE IF EXISTS {quote(name)} CASCADE")
        cursor.execute(
            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
            "WHERE n.nspname = current_schema() AND p.proname LIKE %s",
            ["ledger\\_%\\_keep"],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION IF EXISTS {quote(name)}()")
