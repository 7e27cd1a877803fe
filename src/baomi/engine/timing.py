"""Duties that time alone opens: what is missing in the register, and the deed that opens it.

They are opened ahead, a horizon before they are shown: a list read before today's tick has run
tells what it tells after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from baomi.engine import registry
from baomi.engine.evidence import duty_key, observe
from baomi.engine.settle import timed_row, timed_rules
from baomi.kernel.calendar import Workdays
from baomi.kernel.clause import Opening, TimedRule
from baomi.kernel.happening import Deed
from baomi.kernel.terms import Terms
from baomi.kernel.words import Post
from baomi.registers.duties.models import Duty
from baomi.registers.office import load as office

HORIZON: Final = 60  # days before it is shown that a duty is opened
LOOK_BACK: Final = 400  # days within which a tick makes up for those that never ran


@dataclass(frozen=True, slots=True)
class Missing:
    """A duty that time brings and that the register does not have."""

    rule: TimedRule
    opening: Opening
    subject: UUID


def missing_on(day: date, terms: Terms) -> tuple[Missing, ...]:
    """What a tick on a day has to open: pure days and rules, less what stands already."""
    standing = office.founded()
    if standing is None:
        return ()
    key, founded_on = standing
    first, last = day - timedelta(days=LOOK_BACK), day + timedelta(days=HORIZON)
    wanted = {
        (each.rule.clause, each.rule.name, each.subject, each.opening.period): each
        for each in _openings(key, first, last, terms, day)
        if _due_on(each, terms) >= founded_on
    }
    names = {name for _, name, *_ in wanted}
    rows = Duty.objects.filter(name__in=names, period__in={period for *_, period in wanted})
    there = set(rows.values_list("clause", "name", "subject", "period"))
    return tuple(each for its, each in wanted.items() if its not in there)


def _openings(key: UUID, first: date, last: date, terms: Terms, day: date) -> Iterator[Missing]:
    for rule in timed_rules(registry.rulebook(), day):
        for opening in rule.openings(first, last, terms):
            yield Missing(rule, opening, opening.subject or key)


def _due_on(each: Missing, terms: Terms) -> date:
    due = each.opening.due_on
    return due.on(terms.calendar) if isinstance(due, Workdays) else due


def due_by_time(deed: Deed[Any]) -> Iterator[dict[str, Any]]:
    """The rows of what is missing on the day of a deed."""
    for each in missing_on(deed.today, deed.terms):
        observe("duty", duty_key(each.rule), "opened", action=deed.action)
        yield timed_row(each.rule, each.opening, each.subject, deed)


def waived_by(clause: str, name: str, title: str) -> Post | None:
    """Who may waive a duty, as its clause declares; None: nobody may."""
    for each in registry.rulebook():
        for part in each.every_part():
            for rule in part.every_duty:
                if (rule.clause, rule.name, rule.title) == (clause, name, title):
                    return rule.waived_by
    return None
