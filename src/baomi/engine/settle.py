"""Settle duties: what a deed's happenings close and open, in the deed's own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from baomi.engine import registry
from baomi.engine.evidence import duty_key, observe
from baomi.kernel.clause import DutyRule
from baomi.kernel.happening import Deed, Happening
from baomi.kernel.ids import new_id
from baomi.kernel.words import Door
from baomi.registers.duties.models import Duty

TABLE = "duties_duty"


def settle(deed: Deed[Any], door: Door) -> set[UUID]:
    """Close and open what the happenings say. Returns the duties that changed."""
    rules = [
        rule
        for clause in registry.rulebook()
        if clause.in_force(deed.today)
        for part in clause.every_part()
        for rule in part.duties
    ]
    touched = _close(deed, rules, door)
    for rule in rules:
        for happening in deed.happenings:
            if isinstance(happening, rule.opens_on) and rule.when(happening, deed):
                touched.add(_open(rule, happening, deed, door))
    return touched


def _close(deed: Deed[Any], rules: Iterable[DutyRule[Any]], door: Door) -> set[UUID]:
    closing = {
        (rule.clause, rule.name, happening.subject)
        for rule in rules
        for happening in deed.happenings
        if isinstance(happening, rule.closes_on)
    }
    if not closing:
        return set()
    rows = Duty.objects.filter(
        subject__in={subject for *_, subject in closing}, state="open"
    ).values_list("id", "clause", "name", "subject", "title", "due_on")
    keys = {(rule.clause, rule.title): duty_key(rule) for rule in rules}
    found: set[UUID] = set()
    for key, clause, name, subject, title, due_on in rows:
        if (clause, name, subject) in closing:
            found.add(key)
            late = "closed_late" if due_on < deed.today else "closed"
            observed = keys.get((clause, title), f"{clause}/{name}")
            observe("duty", observed, late, door=door.value, action=deed.action)
    if found:
        Duty.objects.filter(id__in=found).update(
            state="done", closed_by=deed.op_id, closed_on=deed.today
        )
    return found


def _open(rule: DutyRule[Any], happening: Happening, deed: Deed[Any], door: Door) -> UUID:
    owner = rule.owner(happening, deed)
    duty = Duty(
        id=new_id(),
        clause=rule.clause,
        name=rule.name,
        title=rule.title,
        subject=happening.subject,
        period=str(deed.op_id),
        owner=owner.person,
        owner_post=owner.post.value if owner.post else "",
        owner_unit=owner.unit,
        opened_on=deed.today,
        due_on=rule.due(happening, deed),
        opened_by=deed.op_id,
        state="open",
    )
    duty.save(force_insert=True)
    observe("duty", duty_key(rule), "opened", door=door.value, action=deed.action)
    return duty.id


def take_back(op_id: UUID) -> set[UUID]:
    """Undo: void what an operation opened, reopen what it closed."""
    opened = set(Duty.objects.filter(opened_by=op_id).values_list("id", flat=True))
    closed = set(Duty.objects.filter(closed_by=op_id).values_list("id", flat=True)) - opened
    Duty.objects.filter(id__in=opened).update(state="void")
    Duty.objects.filter(id__in=closed).update(state="open", closed_by=None, closed_on=None)
    return opened | closed
