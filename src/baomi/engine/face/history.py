"""Where a copy has been, movement by movement, each with its place in the ledger."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from baomi.engine.books import sees_positions
from baomi.engine.receipts import Behind, behind_movements
from baomi.engine.snapshot import snapshot
from baomi.kernel.clock import OFFICE_TIME, instant
from baomi.kernel.terms import Terms
from baomi.kernel.words import Person
from baomi.registers.custody import reads
from baomi.registers.listing import Listing

LOST: Final = "（日志中查不到）"


def history_of_copy(actor: Person, terms: Terms, copy: UUID) -> Listing:
    """Every movement that concerns the actor, oldest first, with time and receipt.

    Raises ``BadInput`` for a copy that he may not see, ``NotFounded``.
    """
    with snapshot():
        told = reads.history(actor, copy, terms)
        behind = behind_movements(actor, copy)
    columns = (("time", "登记时间"), ("receipt", "回执"), *told.columns)
    rows = tuple(
        (_time(one.at_us), _receipt(one, actor), *row)
        for one, row in zip(behind, told.rows, strict=True)
    )
    return Listing(columns, rows, told.level)


def _time(at_us: int) -> str:
    return f"{instant(at_us).astimezone(OFFICE_TIME):%Y-%m-%d %H:%M}"


def _receipt(one: Behind, actor: Person) -> str:
    """Positions in the ledger are for registrar and auditor, and for whose deed it was."""
    if one.actor == actor.id or sees_positions(actor):
        return one.receipt or LOST
    return ""
