"""The ledger: append and read. Every entry is written under the pen.

Format: docs/reference/ledger-format.md (BML1).
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from baomi.engine.head import insert_head, octets, update_head
from baomi.engine.keys import mac_key
from baomi.engine.lineage import known_before
from baomi.engine.pen import Pen
from baomi.kernel.clock import clock
from baomi.kernel.ids import new_id
from baomi.kernel.ledger.canonical import canonical
from baomi.kernel.ledger.entry import EntryFields, commitment, encode, leaf_hash
from baomi.registers.statements import run_one

NOBODY = UUID(int=0)
CLOCK_STEP_US = 5_000_000
LARGEST_CHANGE = 1000

_INSERT = (
    "INSERT INTO ledger_entry "
    "(log_id, seq, raw, leaf, salt, body, mac, kind, actor, op_id, time_us) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


class TooMuchAtOnce(Exception):
    """A deed changes more rows than one entry may hold."""


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it stands in the ledger."""

    seq: int
    leaf: bytes
    op_id: UUID
    log_id: UUID

    @property
    def receipt(self) -> str:
        """As it is printed on a slip: ``seq:first 16 hex digits of the leaf``."""
        return f"{self.seq}:{self.leaf.hex()[:16]}"


def append(
    pen: Pen,
    *,
    kind: str,
    actor: UUID,
    op_id: UUID,
    body: Mapping[str, Any],
    second: UUID | None = None,
    step_is_entered: bool = False,
) -> Written:
    """Append one entry. A clock that stepped back is entered first, as an entry of its own.

    ``step_is_entered``: it was, before the head was signed that this entry tells of.
    """
    if not step_is_entered:
        enter_clock_step(pen)
    return _write(pen, kind=kind, actor=actor, op_id=op_id, body=body, second=second)


def enter_clock_step(pen: Pen) -> None:
    """Enter that the clock stepped back, if it did. A head that is signed must hold it already."""
    now, head = clock.now_us(), pen.head
    if head.size and now < head.last_time - CLOCK_STEP_US:
        step = {"from_us": head.last_time, "to_us": now}
        _write(pen, kind="clock.step", actor=NOBODY, op_id=new_id(), body=step, second=None)


def _write(
    pen: Pen,
    *,
    kind: str,
    actor: UUID,
    op_id: UUID,
    body: Mapping[str, Any],
    second: UUID | None,
) -> Written:
    if len(body.get("changes", ())) > LARGEST_CHANGE:
        raise TooMuchAtOnce
    head = pen.head
    octets, salt, now = canonical(body), secrets.token_bytes(16), clock.now_us()
    raw = encode(
        EntryFields(
            alg=head.alg,
            log_id=head.log_id,
            seq=head.size,
            prev=head.last_leaf,
            time_us=max(now, head.last_time + 1) if head.size else now,
            wall_us=now,
            actor=actor,
            second=second,
            op_id=op_id,
            kind=kind,
            commit=commitment(head.alg, salt, octets),
        )
    )
    leaf = leaf_hash(head.alg, raw)
    time_us = max(now, head.last_time + 1) if head.size else now
    _insert(head.log_id, head.size, raw, leaf, salt, octets, kind, actor, op_id, time_us)
    written = Written(head.size, leaf, op_id, head.log_id)
    head.frontier.append(leaf)
    first = head.size == 0
    head.size, head.last_leaf, head.last_time = head.size + 1, leaf, time_us
    if first:
        insert_head(head)
    else:
        update_head(head)
    return written


def _insert(
    log_id: UUID,
    seq: int,
    raw: bytes,
    leaf: bytes,
    salt: bytes,
    body: bytes,
    kind: str,
    actor: UUID,
    op_id: UUID,
    time_us: int,
) -> None:
    mac = hmac.digest(mac_key(), raw, "sha256")
    about = [kind, actor.bytes, op_id.bytes, time_us]
    run_one(_INSERT, [log_id.bytes, seq, raw, leaf, salt, body, mac, *about])


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of ``ledger_entry``, as it stands."""

    seq: int
    raw: bytes
    leaf: bytes
    salt: bytes | None
    body: bytes | None
    mac: bytes
    kind: str
    actor: bytes
    op_id: bytes
    time_us: int


_READ = (
    "SELECT seq, raw, leaf, salt, body, mac, kind, actor, op_id, time_us FROM ledger_entry "
    "WHERE log_id = %s AND seq >= %s AND seq < %s ORDER BY seq"
)
_PAGE = 2000


def read(log_id: UUID, start: int = 0, stop: int | None = None) -> Iterator[Stored]:
    """Entries from ``start`` up to (not including) ``stop``, in order, a page at a time."""
    return map(_stored, read_rows(log_id, start, stop))


def read_rows(log_id: UUID, start: int = 0, stop: int | None = None) -> Iterator[tuple[Any, ...]]:
    """The same as the database gives them, columns in the order of ``Stored``."""
    while stop is None or start < stop:
        upto = start + _PAGE if stop is None else min(start + _PAGE, stop)
        with connection.cursor() as cursor:
            cursor.execute(_READ, [log_id.bytes, start, upto])
            rows = cursor.fetchall()
        yield from rows
        if stop is None and not rows:
            return
        start = upto


def _stored(row: tuple[Any, ...]) -> Stored:
    return Stored(*as_octets(row))


def as_octets(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row of ``read_rows`` with bytes wherever they belong."""
    # PostgreSQL gives views of its buffers where SQLite gives bytes
    seq, raw, leaf, salt, body, mac, kind, actor, op_id, time_us = row
    return (
        *(seq, octets(raw), octets(leaf)),
        None if salt is None else octets(salt),
        None if body is None else octets(body),
        *(octets(mac), kind, octets(actor), octets(op_id), time_us),
    )


def find(log_id: UUID, op_id: UUID) -> Written | None:
    """The entry of an operation, if it was done: in this ledger or in one that it continues."""
    ledgers = (log_id, *known_before(log_id))
    return next(filter(None, (_find(each, op_id) for each in ledgers)), None)


def find_all(log_id: UUID, op_ids: Iterable[UUID]) -> dict[UUID, Written]:
    """The entries of some operations, in this ledger or in one that it continues, at once."""
    wanted = [each.bytes for each in op_ids]
    if not wanted:
        return {}
    ledgers = [each.bytes for each in (log_id, *known_before(log_id))]
    places = ", ".join(["%s"] * len(ledgers)), ", ".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT op_id, seq, leaf, log_id FROM ledger_entry"  # noqa: S608 — places for values
            f" WHERE log_id IN ({places[0]}) AND op_id IN ({places[1]})",
            [*ledgers, *wanted],
        )
        rows = cursor.fetchall()
    found = {}
    for op_id, seq, leaf, log in rows:
        key = UUID(bytes=bytes(op_id))
        found[key] = Written(seq, bytes(leaf), key, UUID(bytes=bytes(log)))
    return found


def _find(log_id: UUID, op_id: UUID) -> Written | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq, leaf FROM ledger_entry WHERE log_id = %s AND op_id = %s",
            [log_id.bytes, op_id.bytes],
        )
        row = cursor.fetchone()
    return None if row is None else Written(row[0], bytes(row[1]), op_id, log_id)
