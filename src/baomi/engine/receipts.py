"""Which ledger entry stands behind each movement of a copy."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from baomi.engine import ledger
from baomi.engine.head import read_head
from baomi.engine.pen import NotFounded
from baomi.kernel.words import Person
from baomi.registers.custody.reads import movements_for


@dataclass(frozen=True, slots=True)
class Behind:
    """Who moved the copy, when (µs since 1970 UTC), and the receipt: None for a lost entry."""

    actor: UUID
    at_us: int
    receipt: str | None


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
