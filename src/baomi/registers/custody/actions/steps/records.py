"""What stands beside the movements: outings, archivings, consultations, ended or taken back.

A movement says where a copy went; these rows say on what occasion, with which measures, and how
it came back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from baomi.kernel.happening import Deed
from baomi.registers.custody import facts, models

CARRY_OUT, BRING_BACK = "carry_out", "bring_back"
ARCHIVE, CONSULT, CONSULT_END = "archive", "consult", "consult_end"
FOUND: Final = "found"
_NOT_BACK: Final = {"back_on": None, "checked_by": None, "findings": "", "back_op": None}
_NOT_ENDED: Final = {
    "ended_on": None,
    "taken_back_by": None,
    "excerpted": "",
    "excerpt_kept": "",
    "end_op": None,
}


def lines_out(copies: Iterable[facts.Copy]) -> QuerySet[Any]:
    """The lines of copies that are carried out and not back."""
    keys = [copy.id for copy in copies]
    return models.OutingLine.objects.filter(copy__in=keys, back_on=None, outing__voided_by=None)


def lines_consulted(copies: Iterable[facts.Copy]) -> QuerySet[Any]:
    """The lines of copies that are being consulted."""
    keys = [copy.id for copy in copies]
    return models.ConsultationLine.objects.filter(
        copy__in=keys, ended_on=None, consultation__voided_by=None
    )


def came_back(deed: Deed[Any], copies: Sequence[facts.Copy], *, findings: str) -> set[UUID]:
    """Note that copies are back, and in which state. Returns the lines that changed."""
    changed = set(lines_out(copies).values_list("id", flat=True))
    models.OutingLine.objects.filter(id__in=changed).update(
        back_on=deed.today, checked_by=deed.actor.id, findings=findings, back_op=deed.op_id
    )
    return changed


def were_consulted(
    deed: Deed[Any], copies: Sequence[facts.Copy], *, excerpted: str, excerpt_kept: str
) -> set[UUID]:
    """Note that a consultation ended, and what was excerpted. Returns the lines that changed."""
    changed = set(lines_consulted(copies).values_list("id", flat=True))
    models.ConsultationLine.objects.filter(id__in=changed).update(
        ended_on=deed.today,
        taken_back_by=deed.actor.id,
        excerpted=excerpted,
        excerpt_kept=excerpt_kept,
        end_op=deed.op_id,
    )
    return changed


def found_again(deed: Deed[Any], copies: Sequence[facts.Copy], *, how: str) -> dict[str, set[UUID]]:
    """A copy that was missed on a journey, or while it was consulted, is back with its finding."""
    return _touched(
        custody_outing_line=came_back(deed, copies, findings=how),
        custody_consultation_line=were_consulted(deed, copies, excerpted="", excerpt_kept=""),
    )


def take_back(op: UUID, kinds: AbstractSet[str], *, by: UUID) -> dict[str, set[UUID]]:
    """Undo what one operation wrote here. ``kinds``: of its movements."""
    touched: dict[str, set[UUID]] = {}
    for kind, model in (
        (CARRY_OUT, models.Outing),
        (ARCHIVE, models.Archiving),
        (CONSULT, models.Consultation),
    ):
        if kind in kinds:
            rows = model._default_manager.filter(op=op)
            touched[model._meta.db_table] = set(rows.values_list("id", flat=True))
            rows.update(voided_by=by)
    if kinds & {BRING_BACK, FOUND}:
        back = models.OutingLine.objects.filter(back_op=op)
        touched["custody_outing_line"] = set(back.values_list("id", flat=True))
        back.update(**_NOT_BACK)
    if kinds & {CONSULT_END, FOUND}:
        ended = models.ConsultationLine.objects.filter(end_op=op)
        touched["custody_consultation_line"] = set(ended.values_list("id", flat=True))
        ended.update(**_NOT_ENDED)
    return _touched(**touched)


def _touched(**tables: set[UUID]) -> dict[str, set[UUID]]:
    return {table: ids for table, ids in tables.items() if ids}
