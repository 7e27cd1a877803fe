"""What somebody handed over or took back today and has put on no slip yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from baomi.kernel.words import Person
from baomi.registers.custody import load, models

# which end of a movement is the other person, and of which kind his slip is
_KINDS: Final = {"hand_over": ("out", "to_holder"), "take_back": ("back", "from_holder")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlisted:
    """Copies that one slip can list. ``kind``: out, back, as a slip's."""

    kind: str
    person: UUID
    name: str
    copies: tuple[UUID, ...]


def unlisted(actor: Person, day: date) -> tuple[Unlisted, ...]:
    """What he gave to or took from each person that day, the earliest first."""
    moved = _not_on_a_slip(actor, day)
    newest = load.newest_movements(row["copy_id"] for row in moved) if moved else {}
    found: dict[tuple[str, UUID], tuple[str, list[UUID]]] = {}
    for row in moved:
        kind, end = _KINDS[row["kind"]]
        person = row[f"{end}_id"]
        is_newest = row["copy_id"] in newest and newest[row["copy_id"]].id == row["id"]
        if is_newest and person is not None and person != actor.id:
            _, copies = found.setdefault((kind, person), (row[f"{end}__name"], []))
            copies.append(row["copy_id"])
    return tuple(
        Unlisted(kind=kind, person=person, name=name, copies=tuple(copies))
        for (kind, person), (name, copies) in found.items()
    )


def _not_on_a_slip(actor: Person, day: date) -> list[dict[str, Any]]:
    ends = [f"{end}{part}" for _, end in _KINDS.values() for part in ("_id", "__name")]
    rows = list(
        models.Movement.objects.filter(
            kind__in=list(_KINDS), happened_on=day, actor=actor.id, voided_by=None
        )
        .order_by("at_us", "id")
        .values("id", "copy_id", "op", "kind", *ends)
    )
    lines = models.SlipLine.objects.filter(
        op__in={row["op"] for row in rows}, slip__voided_by=None
    ).values_list("copy_id", "op")
    listed = set(lines) if rows else set()
    return [row for row in rows if (row["copy_id"], row["op"]) not in listed]
