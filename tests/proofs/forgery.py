"""What somebody with the database, the program and perhaps the keys can do to a live ledger.

Works by raw SQL in the test's own transaction, the triggers taken off and put back.
"""

import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from baomi.engine import ledger, tables
from baomi.engine.head import read_head
from baomi.engine.keys import mac_key, sealer_folder
from baomi.kernel.ledger.canonical import canonical, parse_canonical
from baomi.kernel.ledger.checkpoint import (
    Checkpoint,
    NoteSignature,
    VerifierKey,
    key_name,
    origin,
    signed_note,
)
from baomi.kernel.ledger.entry import EntryFields, commitment, decode, encode, leaf_hash
from baomi.kernel.ledger.merkle import Frontier

ENTRY = "log_id, seq, raw, leaf, salt, body, mac, kind, actor, op_id, time_us"


def sql(statement: str, *values: Any) -> list[tuple]:
    """Run one statement past the program. Returns its rows, if it has any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return cursor.fetchall() if cursor.description else []


def settle() -> None:
    """Let PostgreSQL check what is deferred, so that tables may be altered afterwards."""
    if connection.vendor == "postgresql":
        sql("SET CONSTRAINTS ALL IMMEDIATE")


def drop_triggers(table: str) -> None:
    settle()
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    for name in tables.trigger_names(table, connection.vendor):
        sql(f"DROP TRIGGER {name}{on}")


def put_triggers_back(table: str) -> None:
    settle()
    for statement in tables.create_triggers(connection.vendor):
        if f"TRIGGER {table}_" in statement:
            with connection.cursor() as cursor:
                cursor.execute(statement)


@contextmanager
def unguarded(*names: str) -> Iterator[None]:
    """The append-only tables as open as any other, for as long as the block runs."""
    for table in names:
        drop_triggers(table)
    yield
    for table in names:
        put_triggers_back(table)


def edit_entry(seq: int, **columns: Any) -> None:
    """Change columns of one entry."""
    sets = ", ".join(f"{name} = %s" for name in columns)
    with unguarded("ledger_entry"):
        sql(f"UPDATE ledger_entry SET {sets} WHERE seq = %s", *columns.values(), seq)  # noqa: S608 — an attack


def stored(seq: int) -> ledger.Stored:
    """One entry as it stands."""
    head = read_head()
    return next(ledger.read(head.log_id, seq, seq + 1))


@dataclass
class Piece:
    """An entry taken apart, ready to be changed and put together again."""

    fields: EntryFields
    body: Any  # parsed, or octets to be stored as they are
    salt: bytes
    raw: bytes | None = None  # stored instead of what would be encoded


def pieces() -> list[Piece]:
    """The whole ledger, taken apart."""
    head = read_head()
    return [
        Piece(decode(entry.raw), parse_canonical(entry.body), entry.salt)
        for entry in ledger.read(head.log_id, 0, head.size)
    ]


def rewrite(
    change: Callable[[list[Piece]], None], *, sign: bool = False, inside: dict | None = None
) -> None:
    """Rebuild the whole chain after a change; with the sealer's key its notes are signed anew.

    ``inside`` overrides fields of one entry after the rebuilding has set them: ``{seq: {…}}``.
    """
    parts = pieces()
    change(parts)
    head = read_head()
    with unguarded("ledger_entry", "ledger_head"):
        sql("DELETE FROM ledger_entry")
        _write_all(parts, head.alg, head.log_id, sign=sign, inside=inside or {})


def _write_all(
    parts: list[Piece], alg: int, log_id: UUID, *, sign: bool, inside: dict[int, dict]
) -> None:
    tree, prev, before = Frontier(alg), bytes(32), 0
    for seq, part in enumerate(parts):
        fields = part.fields
        body = _body(part, tree, log_id, sign=sign)
        salt = part.salt
        time_us = max(fields.wall_us, before + 1)
        fields = replace(
            fields, seq=seq, prev=prev, time_us=time_us, commit=commitment(alg, salt, body)
        )
        raw = part.raw or encode(replace(fields, **inside.get(seq, {})))
        leaf = leaf_hash(alg, raw)
        insert(log_id, seq, raw, leaf, salt, body, fields)
        tree.append(leaf)
        prev, before = leaf, time_us
    sql(
        "UPDATE ledger_head SET size = %s, last_leaf = %s, last_time = %s, frontier = %s",
        *(tree.size, prev, before, tree.to_bytes()),
    )


def insert(
    log_id: UUID, seq: int, raw: bytes, leaf: bytes, salt: bytes, body: bytes, fields: EntryFields
) -> None:
    """Put one row into the table of entries, its MAC made with the service's key."""
    mac = hmac.digest(mac_key(), raw, "sha256")
    sql(
        f"INSERT INTO ledger_entry ({ENTRY}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",  # noqa: S608 — an attack
        *(log_id.bytes, seq, raw, leaf, salt, body, mac, fields.kind, fields.actor.bytes),
        *(fields.op_id.bytes, fields.time_us),
    )


def _body(part: Piece, tree: Frontier, log_id: UUID, *, sign: bool) -> bytes:
    if isinstance(part.body, bytes):
        return part.body
    if sign and part.fields.kind == "ledger.checkpoint":
        checkpoint = Checkpoint(origin(log_id), tree.size, tree.root())
        return canonical({**part.body, "note": signed(log_id, checkpoint)})
    return canonical(part.body)


def signed(log_id: UUID, checkpoint: Checkpoint, private: Ed25519PrivateKey | None = None) -> str:
    """A note signed with the sealer's key of the first epoch, or with another one."""
    private = private or Ed25519PrivateKey.from_private_bytes(
        (sealer_folder() / "k1.key").read_bytes()
    )
    key = VerifierKey(key_name(log_id, 1), private.public_key().public_bytes_raw())
    signature = NoteSignature(key.name, key.key_id, private.sign(checkpoint.text().encode()))
    return signed_note(checkpoint.text(), [signature])
