"""Move copies: the one place where a copy's custody is written, with its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F

from baomi.kernel.clock import clock
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import Refusal
from baomi.registers.custody import facts, models
from baomi.registers.custody.load import Moved
from baomi.registers.rows import change_version, insert_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where copies go. ``holder`` and ``cabinet`` both None: they are nowhere known."""

    kind: str
    holder: UUID | None = None
    cabinet: UUID | None = None
    kept_by: UUID | None = None
    keep_keeper: bool = False  # the unit's keeper to whom it goes back stays the same
    state: facts.State = facts.State.HELD
    purpose: str = ""
    place: UUID | None = None
    remark: str = ""
    on: date | None = None  # a recorded past: the day in the book; None: the day of the deed


def move(deed: Deed[Any], copies: Sequence[facts.Copy], step: Step) -> dict[str, set[UUID]]:
    """Move copies and write one movement each. Returns what was touched."""
    for copy in copies:
        there = {
            "state": step.state.value,
            "holder_id": step.holder,
            "cabinet_id": step.cabinet,
            "home_cabinet_id": step.cabinet or copy.home_cabinet,
            "kept_by_id": copy.kept_by if step.keep_keeper else step.kept_by,
            "purpose": step.purpose,
            "since": step.on or deed.today,
        }
        if not change_version(models.Copy, copy.id, copy.ver, there):
            raise RuntimeError("a copy changed under the pen")
    rows = [_movement(deed, copy, step) for copy in copies]
    insert_rows(models.Movement, rows)
    return {
        "custody_copy": {copy.id for copy in copies},
        "custody_movement": {row["id"] for row in rows},
    }


def custody_of(copy: facts.Copy) -> dict[str, Any]:
    """A copy's custody as plain values: what an undo restores."""
    return {
        "state": copy.state.value,
        "holder_id": str(copy.holder) if copy.holder else None,
        "cabinet_id": str(copy.cabinet) if copy.cabinet else None,
        "home_cabinet_id": str(copy.home_cabinet) if copy.home_cabinet else None,
        "kept_by_id": str(copy.kept_by) if copy.kept_by else None,
        "purpose": copy.purpose,
        "since": copy.since.isoformat(),
    }


def _movement(deed: Deed[Any], copy: facts.Copy, step: Step) -> dict[str, Any]:
    return {
        "id": new_id(),
        "copy_id": copy.id,
        "op": deed.op_id,
        "kind": step.kind,
        "happened_on": step.on or deed.today,
        "at_us": clock.now_us(),
        "turn": copy.ver + 1,
        "actor_id": deed.actor.id,
        "from_holder_id": copy.holder,
        "from_cabinet_id": copy.cabinet,
        "to_holder_id": step.holder,
        "to_cabinet_id": step.cabinet,
        "purpose": step.purpose,
        "place_id": step.place,
        "remark": step.remark,
        "before": custody_of(copy),
        "voided_by": None,
        "notes": notes_of(deed, copy.id, copy.paper.id),
    }


def notes_of(deed: Deed[Any], *things: UUID) -> list[dict[str, str]]:
    """What the rules would have said of a recorded past, so far as it speaks of these things."""
    return [
        {"clause": note.clause, "guard": note.guard, "reason": note.words(lambda _: True)[0]}
        for note in deed.notes
        if _speaks_of(note, things)
    ]


def _speaks_of(note: Refusal, things: tuple[UUID, ...]) -> bool:
    named = {ref.id for ref in note.refs.values() if ref.kind.startswith("custody.")}
    return not named or not named.isdisjoint(things)


def undo(
    deed: Deed[Any], done: Sequence[tuple[facts.Copy, Moved]], *, remark: str
) -> dict[str, set[UUID]]:
    """Give copies the custody that they had before, and void the movements that changed it."""
    for copy, moved in done:
        models.Copy.objects.filter(id=copy.id).update(**moved.before, ver=F("ver") + 1)
        models.Movement.objects.filter(id=moved.id).update(voided_by=deed.op_id)
    rows = [_movement(deed, copy, _back_to(moved, remark)) for copy, moved in done]
    insert_rows(models.Movement, rows)
    return {
        "custody_copy": {copy.id for copy, _ in done},
        "custody_movement": {row["id"] for row in rows} | {moved.id for _, moved in done},
    }


def _back_to(moved: Moved, remark: str) -> Step:
    before = moved.before
    return Step(
        kind="undo",
        holder=UUID(before["holder_id"]) if before["holder_id"] else None,
        cabinet=UUID(before["cabinet_id"]) if before["cabinet_id"] else None,
        purpose=before["purpose"],
        remark=remark,
    )


def together(*changes: Mapping[str, Iterable[UUID]]) -> dict[str, set[UUID]]:
    """What several changes touched, in one."""
    touched: dict[str, set[UUID]] = {}
    for change in changes:
        for table, ids in change.items():
            touched.setdefault(table, set()).update(ids)
    return touched
