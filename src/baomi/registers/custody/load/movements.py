"""The newest deeds on copies: what an undo, a return or a finding must know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from baomi.registers.custody import models
from baomi.registers.seen_once import seen_once

_MOVED = (
    "id",
    "copy_id",
    "op",
    "kind",
    "happened_on",
    "at_us",
    "turn",
    "actor_id",
    "from_holder_id",
    "to_holder_id",
    "before",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A movement as it stands: what an undo, a return or a finding must know of it."""

    id: UUID
    copy: UUID
    op: UUID
    kind: str
    happened_on: date
    at_us: int
    turn: int
    actor: UUID
    from_holder: UUID | None
    to_holder: UUID | None
    before: Mapping[str, Any]

    @property
    def other_person(self) -> UUID | None:
        """Who stands opposite the one who moved it: the receiver, or who gave it back."""
        return self.to_holder if self.kind == "hand_over" else self.from_holder


@seen_once
def newest_movements(copies: Iterable[UUID]) -> Mapping[UUID, Moved]:
    """The newest deed on each copy that stands; undone ones and the undoing itself left out."""
    return {moved.copy: moved for moved in _moved(copy__in=list(copies))}


@seen_once
def movements_of(op: UUID) -> tuple[Moved, ...]:
    """What one operation moved and what still stands of it."""
    return tuple(_moved(op=op))


def _moved(**which: Any) -> list[Moved]:
    rows = models.Movement.objects.filter(voided_by=None, **which).exclude(kind="undo")
    return [
        Moved(
            id=row["id"],
            copy=row["copy_id"],
            op=row["op"],
            kind=row["kind"],
            happened_on=row["happened_on"],
            at_us=row["at_us"],
            turn=row["turn"],
            actor=row["actor_id"],
            from_holder=row["from_holder_id"],
            to_holder=row["to_holder_id"],
            before=row["before"],
        )
        for row in rows.order_by("turn").values(*_MOVED)
    ]
