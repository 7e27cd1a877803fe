"""Slips for deeds: which there are, what they list, and how one is written or voided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from baomi.kernel.action import Asked
from baomi.kernel.clock import clock
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.custody import facts, models
from baomi.registers.custody.load import UNKNOWN_SLIP, Moved
from baomi.registers.office import load as office

PIN, LOGIN, SIGNATURE = "pin", "login", "signature"


def slips(ids: Iterable[UUID]) -> Mapping[UUID, facts.Slip]:
    """Slips by id."""
    rows = models.Slip.objects.filter(id__in=list(ids)).values_list(
        "id", "label_serial", "kind", "person_id", "drawn_up_by_id", "confirmed_on", "voided_by"
    )
    return {
        key: facts.Slip(
            id=key,
            label=office.label("S", serial),
            kind=kind,
            person=person,
            drawn_up_by=drawn_up_by,
            confirmed=confirmed_on is not None,
            void=voided_by is not None,
        )
        for key, serial, kind, person, drawn_up_by, confirmed_on, voided_by in rows
    }


def standing_slips(ops: Iterable[UUID]) -> Mapping[tuple[UUID, UUID], UUID]:
    """Slips that stand, by copy and by the operation that moved it."""
    rows = models.SlipLine.objects.filter(op__in=list(ops), slip__voided_by=None)
    return {(copy, op): slip for copy, op, slip in rows.values_list("copy_id", "op", "slip_id")}


def slip_before(asked: Asked) -> facts.Slip | None:
    """The slip that a deed is about, while it waits for a word on it; None: none is named yet.

    Raises ``BadInput``; to a stranger a slip that is not his is unknown.
    """
    if not asked.targets:
        return None
    if len(set(asked.targets)) != 1:
        raise BadInput("请选定一张交接清单，一次只办理一张", field="targets")
    found = slips(asked.targets).get(asked.targets[0])
    if found is None or not _concerns(found, asked.actor):
        raise BadInput(UNKNOWN_SLIP, field="targets")
    if found.void:
        raise BadInput("这张交接清单所列的办理已经撤销，清单作废，不用再签", field="targets")
    if found.confirmed:
        raise BadInput("这张交接清单已经确认，无须再办", field="targets")
    return found


def _concerns(slip: facts.Slip, actor: Person) -> bool:
    own = actor.id in (slip.person, slip.drawn_up_by)
    return own or Post.REGISTRAR in actor.posts


def next_slip_label() -> int:
    """The next serial of slips' labels."""
    return (models.Slip.objects.aggregate(last=Max("label_serial"))["last"] or 0) + 1


def write_slip(
    deed: Deed[Any], slip: facts.Slip, moved: Sequence[Moved], *, how: str
) -> dict[str, set[UUID]]:
    """Enter a slip and its lines. Returns what was touched."""
    models.Slip(
        id=slip.id,
        label_serial=office.label_in(slip.label).serial,
        kind=slip.kind,
        person_id=slip.person,
        drawn_up_by_id=slip.drawn_up_by,
        drawn_up_on=deed.recorded_on,
        at_us=clock.now_us(),
        op=deed.op_id,
        confirmed_on=deed.recorded_on if how else None,
        confirmed_how=how,
    ).save(force_insert=True)
    rows = [
        models.SlipLine(id=new_id(), slip_id=slip.id, copy_id=each.copy, op=each.op)
        for each in moved
    ]
    models.SlipLine.objects.bulk_create(rows)
    return {"custody_slip": {slip.id}, "custody_slip_line": {row.id for row in rows}}


def confirm(
    slip: facts.Slip, *, on: date, how: str, scan: UUID | None = None
) -> dict[str, set[UUID]]:
    """Note that a slip was confirmed, on the word of a scan if there is one.

    Returns what was touched.
    """
    models.Slip.objects.filter(id=slip.id).update(
        confirmed_on=on, confirmed_how=how, confirmed_by_scan=scan
    )
    return {"custody_slip": {slip.id}}


def void(given: Iterable[facts.Slip], *, op: UUID) -> dict[str, set[UUID]]:
    """Void slips whose hand-over is taken back by an operation. Returns what was touched."""
    ids = {slip.id for slip in given}
    models.Slip.objects.filter(id__in=ids).update(voided_by=op)
    return {"custody_slip": ids}
