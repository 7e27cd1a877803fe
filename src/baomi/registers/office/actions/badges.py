"""What befalls badges, written in one place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.registers.office import models


def note_badge(deed: Deed[Any], person: UUID, kind: str, *, serial: int, ground: str = "") -> UUID:
    """Record what befell a badge. Returns the record's id."""
    row = models.BadgeRecord(
        id=new_id(),
        person_id=person,
        kind=kind,
        serial=serial,
        on=deed.recorded_on,
        ground=ground,
        recorded_by_id=deed.actor.id,
    )
    row.save(force_insert=True)
    return row.id
