"""Settle duties: what a deed's happenings close and open, in the deed's own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from baomi.engine import registry
from baomi.engine.evidence import duty_key, observe
from baomi.kernel.clause import Clause, DutyRule
from baomi.kernel.happening import Deed, Happening
from baomi.kernel.ids import new_id
from baomi.kernel.words import Door
from baomi.registers.duties.models import Duty
from baomi.registers.prepared import Prepared
from baomi.registers.rows import change_rows, insert_rows

TABLE = "duties_duty"


def settle(deed: Deed[Any], door: Door) -> set[UUID]:
    """Close and open what the happenings say. Returns the duties that changed."""
    rules = _rules(registry.rulebook(), deed.today)
    touched = _close(deed, rules, door)
    opened: list[dict[str, Any]] = []
    for rule in rules:
        for happening in deed.happenings:
            if isinstance(happening, rule.opens_on) and rule.when(happening, deed):
                opened.append(_opened(rule, happening, deed))
                observe("duty", duty_key(rule), "opened", door=door.value, action=deed.action)
    insert_rows(Duty, opened)
    return touched | {row["id"] for row in opened}


@lru_cache(maxsize=16)
def _rules(rulebook: tuple[Clause, ...], day: date) -> tuple[DutyRule[Any], ...]:
    """The duties of a rulebook in force on a day. Pure: both are what they are for good."""
    return tuple(
        rule
        for clause in rulebook
        if clause.in_force(day)
        for part in clause.every_part()
        for rule in part.duties
    )


_OPEN = Prepared(
    lambda subjects: Duty.objects.filter(subject__in=subjects, state="open").values_list(
        "id", "clause", "name", "subject", "title", "due_on"
    )
)


def _close(deed: Deed[Any], rules: Iterable[DutyRule[Any]], door: Door) -> set[UUID]:
    closing = {
        (rule.clause, rule.name, happening.subject)
        for rule in rules
        for happening in deed.happenings
        if isinstance(happening, rule.closes_on)
    }
    if not closing:
        return set()
    keys = {(rule.clause, rule.title): duty_key(rule) for rule in rules}
    found: set[UUID] = set()
    for key, clause, name, subject, title, due_on in _OPEN({each for *_, each in closing}):
        if (clause, name, subject) in closing:
            found.add(key)
            late = "closed_late" if due_on < deed.today else "closed"
            observed = keys.get((clause, title), f"{clause}/{name}")
            observe("duty", observed, late, door=door.value, action=deed.action)
    change_rows(Duty, found, {"state": "done", "closed_by": deed.op_id, "closed_on": deed.today})
    return found


def _opened(rule: DutyRule[Any], happening: Happening, deed: Deed[Any]) -> dict[str, Any]:
    owner = rule.owner(happening, deed)
    return {
        "id": new_id(),
        "clause": rule.clause,
        "name": rule.name,
        "title": rule.title,
        "subject": happening.subject,
        "period": str(deed.op_id),
        "owner": owner.person,
        "owner_post": owner.post.value if owner.post else "",
        "owner_unit": owner.unit,
        "opened_on": deed.today,
        "due_on": rule.due(happening, deed),
        "opened_by": deed.op_id,
        "closed_by": None,
        "closed_on": None,
        "state": "open",
        "remark": "",
    }


def take_back(op_id: UUID) -> set[UUID]:
    """Undo: void what an operation opened, reopen what it closed."""
    opened = set(Duty.objects.filter(opened_by=op_id).values_list("id", flat=True))
    closed = set(Duty.objects.filter(closed_by=op_id).values_list("id", flat=True)) - opened
    Duty.objects.filter(id__in=opened).update(state="void")
    Duty.objects.filter(id__in=closed).update(state="open", closed_by=None, closed_on=None)
    return opened | closed
