"""Refused deeds, kept apart from the ledger: who tried what, which clauses refused. No titles."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import connection

from baomi.engine.head import octets
from baomi.engine.pen import holding_lock
from baomi.kernel.clock import clock
from baomi.kernel.words import Door

PER_MINUTE = 30  # more from one actor in a minute are a flood, and are not kept one by one
_MINUTE_US = 60_000_000
_START = bytes(32)
ID_BYTES = 16


def running_hash() -> bytes:
    """Hash over all refusals so far (SHA-256): goes into the next checkpoint."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM ledger_refusal ORDER BY n DESC LIMIT 1")
        row = cursor.fetchone()
    return _START if row is None else bytes(row[0])


def _digest(before: bytes, row: list[Any]) -> bytes:
    return hashlib.sha256(before + json.dumps(row, ensure_ascii=False).encode()).digest()


def chain() -> Iterator[tuple[int, bytes, bool]]:
    """Number, running hash and soundness of each refusal kept, from the first on.

    Begins with the hash over none. Unsound: altered, or others are missing before it.
    """
    yield -1, _START, True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n, at_us, actor, action, target, clauses, door, hash FROM ledger_refusal "
            "ORDER BY n"
        )
        rows = cursor.fetchall()
    before = _START
    for place, (n, at_us, actor, *told, stored) in enumerate(rows):
        person = octets(actor)
        by = str(UUID(bytes=person)) if len(person) == ID_BYTES else ""
        is_sound = n == place and _digest(before, [n, at_us, by, *told]) == octets(stored)
        before = octets(stored)
        yield n, before, is_sound


def record(
    *, actor: UUID, action: str, targets: Iterable[UUID], clauses: Iterable[str], door: Door
) -> bool:
    """Keep one refused deed. False when the actor's refusals came as a flood."""
    with holding_lock(), connection.cursor() as cursor:
        now = clock.now_us()
        cursor.execute(
            "SELECT count(*) FROM ledger_refusal WHERE actor = %s AND at_us > %s",
            [actor.bytes, now - _MINUTE_US],
        )
        if cursor.fetchone()[0] >= PER_MINUTE:
            return False
        cursor.execute("SELECT n, hash FROM ledger_refusal ORDER BY n DESC LIMIT 1")
        last = cursor.fetchone()
        n, before = (0, _START) if last is None else (last[0] + 1, bytes(last[1]))
        target = " ".join(str(each) for each in targets)
        row = [n, now, str(actor), action, target, " ".join(clauses), door.value]
        digest = _digest(before, row)
        cursor.execute(
            "INSERT INTO ledger_refusal (n, at_us, actor, action, target, clauses, door, hash) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [n, now, actor.bytes, action, target, row[5], door.value, digest],
        )
    return True
