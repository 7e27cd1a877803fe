"""Which ledger entry stands behind each movement of a copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from baomi.engine import ledger
from baomi.engine.head import read_head
from baomi.engine.operations import told_of
from baomi.engine.pen import NotFounded
from baomi.kernel.words import Person
from baomi.registers.custody.reads import movements_for


@dataclass(frozen=True, slots=True)
class Behind:
    """Who moved the copy, when (µs since 1970 UTC), and the receipt: None for a lost entry."""

    actor: UUID
    at_us: int
    receipt: str | None


@dataclass(frozen=True, slots=True)
class Done:
    """A deed that was done: which action, the receipt as it is printed, and what was told."""

    action: str
    text: str
    told: Mapping[str, Any]


def of_operation(op_id: UUID, *, actor: UUID) -> Done | None:
    """One's own deed by its operation id; None: there is none, or it is somebody else's."""
    head = read_head()
    if head is None:
        raise NotFounded
    written = ledger.find(head.log_id, op_id)
    if written is None:
        return None
    stored = next(ledger.read(written.log_id, written.seq, written.seq + 1))
    if stored.actor != actor.bytes:
        return None
    return Done(stored.kind, written.receipt, told_of(op_id))


def receipts_of(op_ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """Receipts by operation, of those that were done. Raises ``NotFounded``."""
    head = read_head()
    if head is None:
        raise NotFounded
    return {key: each.receipt for key, each in ledger.find_all(head.log_id, op_ids).items()}


def behind_movements(actor: Person, copy: UUID) -> tuple[Behind, ...]:
    """The entries behind those movements of a copy that concern the actor, oldest first.

    Raises ``NotFounded``.
    """
    head = read_head()
    if head is None:
        raise NotFounded
    rows = movements_for(actor).filter(copy=copy).order_by("turn")
    found = []
    for doer, at_us, op in rows.values_list("actor", "at_us", "op"):
        written = ledger.find(head.log_id, op)
        found.append(Behind(doer, at_us, written.receipt if written else None))
    return tuple(found)
