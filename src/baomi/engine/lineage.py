"""The closed ledgers that the one in force continues: each restore closes one and begins another.

They stay in the table of entries under their own ids, named by the genesis of the ledger that
follows. Format: docs/reference/ledger-format.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from baomi.engine.head import octets
from baomi.kernel.ledger import canonical


@dataclass(frozen=True, slots=True)
class Closed:
    """A ledger as the next one's genesis declares it: so many entries, under this root."""

    log_id: UUID
    size: int
    root: bytes


def genesis_of(log_id: UUID) -> dict[str, Any]:
    """The body of a ledger's first entry; empty where there is none that can be read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body FROM ledger_entry WHERE log_id = %s AND seq = 0", [log_id.bytes]
        )
        row = cursor.fetchone()
    if row is None or row[0] is None:
        return {}
    try:
        body = canonical.parse_canonical(octets(row[0]))
    except canonical.NotCanonical:
        return {}
    return body if isinstance(body, dict) else {}


def closed_before(log_id: UUID) -> tuple[Closed, ...]:
    """Every closed ledger before this one, oldest first, as the geneses tell them now."""
    found: list[Closed] = []
    seen = {log_id}
    told = _restored(genesis_of(log_id))
    while told is not None and told.log_id not in seen:
        seen.add(told.log_id)
        found.append(told)
        told = _restored(genesis_of(told.log_id))
    return tuple(reversed(found))


@lru_cache(maxsize=8)
def known_before(log_id: UUID) -> tuple[UUID, ...]:
    """The closed ledgers' ids, newest first, read once: a genesis does not change at work."""
    return tuple(each.log_id for each in reversed(closed_before(log_id)))


def _restored(genesis: dict[str, Any]) -> Closed | None:
    told = genesis.get("restores")
    if not isinstance(told, dict):
        return None
    try:
        return Closed(UUID(hex=told["log_id"]), int(told["size"]), bytes.fromhex(told["root"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None  # said by the verifier
