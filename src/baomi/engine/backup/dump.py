"""Read the office as it stands at one moment and write it down, whatever database it lies in.

Registers, ledgers, refusals and operation ids; the key of the entries' MACs, without which a
restored ledger could not be verified; attached files. No signing key, no master key of sealed
columns, no session.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection, router
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import BinaryField, Field, Model

from baomi.engine.backup.faults import BackupFault
from baomi.engine.backup.payload import FORMAT, Row, Writer, boxed
from baomi.engine.head import octets
from baomi.engine.keys import mac_key
from baomi.engine.live import ClosedLedger, LiveLedger, live_files
from baomi.kernel.clock import clock
from baomi.registers.attachments.models import AttachmentKey
from baomi.registers.columns import LedgeredModel, imaged_value

PAGE = 2000
PIECE = 256 * 1024  # octets of a file in one row
# keys that are made anew with the files; and what would open them lies elsewhere
LEFT_OUT = frozenset({AttachmentKey})


@dataclass(frozen=True, slots=True)
class Point:
    """What was backed up: the ledger's size and root at that moment (hex)."""

    log_id: str
    size: int
    root: str


def dump(out: Writer) -> Point:
    """Write everything down. Call inside ``snapshot()``. Raises ``BackupFault``, ``NotFounded``."""
    source = LiveLedger()
    head = source.head()
    out.open(
        "office",
        format=FORMAT,
        made_us=clock.now_us(),
        offset_us=clock.offset_us,
        log_id=head.log_id,
        alg=head.alg,
        size=head.size,
        root=head.root.hex(),
        demo=head.demo,
        last_us=head.last_time_us,
        migrations=_migrations(),
        mac_key=boxed(mac_key()),
    )
    for closed in source.earlier():
        _dump_entries(out, closed)
    _dump_entries(out, source)
    _dump_refusals(out)
    _dump_operations(out)
    for model in backed_up():
        _dump_table(out, model)
    _dump_files(out)
    return Point(head.log_id, head.size, head.root.hex())


def _dump_files(out: Writer) -> None:
    """Attached files in clear: the backup encrypts them, and needs no other key to be restored."""
    for key, content in live_files():
        out.open("file", id=str(key), size=len(content))
        for start in range(0, len(content), PIECE):
            out.row([boxed(content[start : start + PIECE])])


def _migrations() -> list[list[str]]:
    return sorted(map(list, MigrationRecorder(connection).applied_migrations()))


def _dump_entries(out: Writer, source: LiveLedger | ClosedLedger) -> None:
    head = source.head()
    out.open(
        "entries",
        log_id=head.log_id,
        alg=head.alg,
        size=head.size,
        root=head.root.hex(),
        demo=head.demo,
        vkey=source.vkey,
    )
    for each in source.entries():
        out.row([each.seq, *map(boxed, (each.raw, each.salt, each.body, each.mac))])


def _dump_refusals(out: Writer) -> None:
    out.open("refusals")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n, at_us, actor, action, target, clauses, door, hash FROM ledger_refusal "
            "ORDER BY n"
        )
        while page := cursor.fetchmany(PAGE):
            for n, at_us, actor, action, target, clauses, door, digest in page:
                told = [action, target, clauses, door]
                out.row([n, at_us, boxed(octets(actor)), *told, boxed(octets(digest))])


def _dump_operations(out: Writer) -> None:
    out.open("operations")
    after = b""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT op_id, digest, seq, told FROM ledger_operation WHERE op_id > %s "
                "ORDER BY op_id LIMIT %s",
                [after, PAGE],
            )
            page = cursor.fetchall()
        for op_id, digest, seq, told in page:
            out.row([boxed(octets(op_id)), boxed(octets(digest)), seq, told])
        if len(page) < PAGE:
            return
        after = octets(page[-1][0])


def backed_up() -> tuple[type[Model], ...]:
    """Every model whose table this program keeps in the registers' database."""
    found = (
        model
        for model in apps.get_models(include_auto_created=True)
        if model not in LEFT_OUT
        and model._meta.managed
        and router.allow_migrate_model(DEFAULT_DB_ALIAS, model)
    )
    return tuple(sorted(found, key=lambda model: model._meta.db_table))


def _dump_table(out: Writer, model: type[Model]) -> None:
    fields = model._meta.concrete_fields
    imaged = model.imaged_columns() if issubclass(model, LedgeredModel) else None
    out.open(
        "table",
        t=model._meta.db_table,
        app=model._meta.app_label,
        model=model._meta.object_name,
        columns=[field.column for field in fields],
        fields=[field.attname for field in fields],
        imaged=imaged,
    )
    try:
        for row in _rows(model, fields):
            out.row(row)
    except (ValueError, TypeError):
        raise BackupFault(
            f"表 {model._meta.db_table} 中有读不懂的内容，没有备份："
            "请先执行 baomi ledger verify --live 查明。"
        ) from None


def _rows(model: type[Model], fields: tuple[Field[Any, Any], ...]) -> Iterator[Row]:
    holds_octets = [isinstance(field, BinaryField) for field in fields]
    names = [field.attname for field in fields]
    rows = model._base_manager.using(DEFAULT_DB_ALIAS).order_by("pk").values_list(*names)
    for values in rows.iterator(chunk_size=PAGE):
        yield [
            boxed(value) if is_octets else _plain(value)
            for value, is_octets in zip(values, holds_octets, strict=True)
        ]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else imaged_value(value)
