"""The ledger's head row: how far it has come, and the right edge of its tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from baomi.kernel.ledger.merkle import Frontier
from baomi.registers.statements import run_one


@dataclass(slots=True)
class Head:
    """Size, last leaf and time (µs), and the frontier. Changed only by ``ledger.append``."""

    log_id: UUID
    alg: int
    size: int
    last_leaf: bytes
    last_time: int
    frontier: Frontier


_READ = "SELECT log_id, alg, size, last_leaf, last_time, frontier FROM ledger_head"
_READ_LOCKED = f"{_READ} FOR UPDATE"


@dataclass(frozen=True, slots=True)
class HeadRow:
    """The head row as it is stored, sound or not."""

    log_id: bytes
    alg: int
    size: int
    last_leaf: bytes
    last_time: int
    frontier: bytes

    def head(self) -> Head:
        """The head that it tells of. Raises ``BadProof`` where size and frontier disagree."""
        return Head(
            log_id=UUID(bytes=self.log_id),
            alg=self.alg,
            size=self.size,
            last_leaf=self.last_leaf,
            last_time=self.last_time,
            frontier=Frontier.from_bytes(self.alg, self.size, self.frontier),
        )


def octets(stored: Any) -> bytes:
    """What stands in a column of octets; SQLite keeps anything there that somebody puts in."""
    return bytes(stored) if isinstance(stored, bytes | memoryview) else str(stored).encode()


def read_row(*, lock: bool = False) -> HeadRow | None:
    """The row, or None on an empty ledger. ``lock`` holds it until the transaction ends."""
    locked = lock and connection.vendor == "postgresql"
    rows = run_one(_READ_LOCKED if locked else _READ).rows
    if not rows:
        return None
    log_id, alg, size, last_leaf, last_time, frontier = rows[0]
    return HeadRow(octets(log_id), alg, size, octets(last_leaf), last_time, octets(frontier))


def read_head(*, lock: bool = False) -> Head | None:
    """The head, or None on an empty ledger. Raises ``BadProof`` on a damaged row."""
    row = read_row(lock=lock)
    return None if row is None else row.head()


def empty_head(log_id: UUID, alg: int) -> Head:
    """The head of a ledger that has no entry yet."""
    return Head(
        log_id=log_id,
        alg=alg,
        size=0,
        last_leaf=bytes(32),
        last_time=0,
        frontier=Frontier(alg),
    )


def insert_head(head: Head) -> None:
    """Write the head of a new ledger."""
    run_one(
        "INSERT INTO ledger_head (log_id, alg, size, last_leaf, last_time, frontier) "
        "VALUES (%s, %s, %s, %s, %s, %s)",
        [
            head.log_id.bytes,
            head.alg,
            head.size,
            head.last_leaf,
            head.last_time,
            head.frontier.to_bytes(),
        ],
    )


def update_head(head: Head) -> None:
    """Move the head on. The trigger refuses one that does not grow."""
    run_one(
        "UPDATE ledger_head SET size = %s, last_leaf = %s, last_time = %s, frontier = %s "
        "WHERE log_id = %s",
        [
            head.size,
            head.last_leaf,
            head.last_time,
            head.frontier.to_bytes(),
            head.log_id.bytes,
        ],
    )
