"""Settle duties: what a deed's happenings close and open, in the deed's own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from baomi.engine import registry
from baomi.engine.evidence import duty_key, observe
from baomi.kernel.calendar import Workdays
from baomi.kernel.clause import Clause, Due, DutyRule, Opening, Owner, TimedRule
from baomi.kernel.happening import Deed, Happening
from baomi.kernel.ids import new_id
from baomi.kernel.words import Door
from baomi.registers.duties.models import Duty
from baomi.registers.prepared import Prepared
from baomi.registers.rows import change_rows, insert_rows

TABLE = "duties_duty"
AROUND = 500  # days before and after today in which a period is looked for


def settle(deed: Deed[Any], door: Door) -> set[UUID]:
    """Close and open what the happenings say. Returns the duties that changed."""
    rules = _rules(registry.rulebook(), deed.today)
    timed = timed_rules(registry.rulebook(), deed.today)
    touched = _close(deed, (*rules, *timed), door)
    opened = _done_before_it_opened(deed, timed)
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


@lru_cache(maxsize=16)
def timed_rules(rulebook: tuple[Clause, ...], day: date) -> tuple[TimedRule, ...]:
    """The duties that time alone opens, of a rulebook in force on a day."""
    return tuple(
        rule
        for clause in rulebook
        if clause.in_force(day)
        for part in clause.every_part()
        for rule in part.timed
    )


_OPEN = Prepared(
    lambda subjects: Duty.objects.filter(subject__in=subjects, state="open").values_list(
        "id", "clause", "name", "subject", "period", "title", "due_on"
    )
)


def _close(deed: Deed[Any], rules: Iterable[DutyRule[Any] | TimedRule], door: Door) -> set[UUID]:
    """Close what the happenings fulfil: of their subject, and for a timed one of their period."""
    closing: dict[tuple[str, str, UUID], set[str | None]] = {}
    keys: dict[tuple[str, str], str] = {}
    for rule in rules:
        keys[rule.clause, rule.title] = duty_key(rule)
        for happening in deed.happenings:
            if isinstance(happening, rule.closes_on):
                period = happening.period if isinstance(rule, TimedRule) else None
                closing.setdefault((rule.clause, rule.name, happening.subject), set()).add(period)
    if not closing:
        return set()
    found: set[UUID] = set()
    for key, clause, name, subject, period, title, due_on in _OPEN({each for *_, each in closing}):
        if {None, period} & closing.get((clause, name, subject), set()):
            found.add(key)
            late = "closed_late" if due_on < deed.today else "closed"
            observed = keys.get((clause, title), f"{clause}/{name}")
            observe("duty", observed, late, door=door.value, action=deed.action)
    change_rows(Duty, found, {"state": "done", "closed_by": deed.op_id, "closed_on": deed.today})
    return found


def _done_before_it_opened(deed: Deed[Any], rules: Iterable[TimedRule]) -> list[dict[str, Any]]:
    """What was fulfilled before time opened it stands in the register as done."""
    found: list[dict[str, Any]] = []
    for rule in rules:
        for happening in deed.happenings:
            if isinstance(happening, rule.closes_on) and happening.period:
                opening = _opening_of(rule, happening, deed)
                if opening is not None and not _stands(rule, happening):
                    done = {"state": "done", "closed_by": deed.op_id, "closed_on": deed.today}
                    found.append(timed_row(rule, opening, happening.subject, deed) | done)
    return found


def _opening_of(rule: TimedRule, happening: Happening, deed: Deed[Any]) -> Opening | None:
    """The opening of the happening's period, some time from a year ago on."""
    first = deed.today - timedelta(days=AROUND)
    for opening in rule.openings(first, deed.today + timedelta(days=AROUND), deed.terms):
        if opening.period == happening.period and opening.subject in (None, happening.subject):
            return opening
    return None


def _stands(rule: TimedRule, happening: Happening) -> bool:
    return Duty.objects.filter(
        clause=rule.clause,
        name=rule.name,
        subject=happening.subject,
        period=happening.period,
    ).exists()


def timed_row(rule: TimedRule, opening: Opening, subject: UUID, deed: Deed[Any]) -> dict[str, Any]:
    """The row of a duty that time opens."""
    return _row(rule, subject, rule.owner, opening.due_on, deed) | {
        "period": opening.period,
        "about": f"{opening.period}年" if opening.period.isdecimal() else "",
        "opened_on": opening.opens_on,
    }


def _opened(rule: DutyRule[Any], happening: Happening, deed: Deed[Any]) -> dict[str, Any]:
    due = rule.due(happening, deed)
    row = _row(rule, happening.subject, rule.owner(happening, deed), due, deed)
    return row | {"about": rule.about(happening, deed)}


def _row(
    rule: DutyRule[Any] | TimedRule, subject: UUID, owner: Owner, due: Due, deed: Deed[Any]
) -> dict[str, Any]:
    workdays = due if isinstance(due, Workdays) else None
    return {
        "id": new_id(),
        "clause": rule.clause,
        "name": rule.name,
        "title": rule.title,
        "subject": subject,
        "about": "",
        "period": str(deed.op_id),
        "owner": owner.person,
        "owner_post": owner.post.value if owner.post else "",
        "owner_unit": owner.unit,
        "opened_on": deed.today,
        "due_on": workdays.on(deed.terms.calendar) if workdays else due,
        "due_workdays": workdays.count if workdays else None,
        "counted_from": workdays.start if workdays else None,
        "opened_by": deed.op_id,
        "closed_by": None,
        "closed_on": None,
        "state": "open",
        "remark": "",
        "waived_by": None,
        "waived_under": "",
    }


def take_back(op_id: UUID) -> set[UUID]:
    """Undo: void what an operation opened, reopen what it closed."""
    opened = set(Duty.objects.filter(opened_by=op_id).values_list("id", flat=True))
    closed = set(Duty.objects.filter(closed_by=op_id).values_list("id", flat=True)) - opened
    Duty.objects.filter(id__in=opened).update(state="void")
    Duty.objects.filter(id__in=closed).update(state="open", closed_by=None, closed_on=None)
    return opened | closed
