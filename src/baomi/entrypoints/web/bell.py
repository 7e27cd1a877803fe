"""What reminds somebody at the top of every page: decisions that wait for him, duties due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import DatabaseError
from django.urls import reverse
from django.utils.http import urlencode

from baomi.entrypoints.web.wanted import PREFIX
from baomi.kernel.clock import clock
from baomi.kernel.terms import Terms
from baomi.kernel.words import Person
from baomi.registers.approvals import reads as approvals
from baomi.registers.approvals.load import put_to
from baomi.registers.duties.reads.due import due_of
from baomi.registers.seen_once import seen_once

if TYPE_CHECKING:
    from baomi.entrypoints.guarding.logged_in import Who

DUTIES: Final = "duties.duty"


@seen_once
def waiting_for(person: Person, terms: Terms) -> tuple[UUID, ...]:
    """The requests that he can decide on, the oldest first; the home page tells the same again.

    Most people are asked for nothing: that takes one small query.
    """
    if not person.in_service or not put_to(person).exists():
        return ()
    return approvals.waiting_for(person, terms)


@dataclass(frozen=True, slots=True)
class Bell:
    """How many requests wait for his decision, how many of his duties are overdue, or due today."""

    decisions: int = 0
    overdue: int = 0
    due_today: int = 0

    @property
    def reminders(self) -> tuple[tuple[str, str, int, bool], ...]:
        """Those that there are: where they stand, what they are, how many, whether it is late."""
        day = clock.today().isoformat()
        own = {"state": "open", "mine": "yes"}
        told = (
            (reverse("approvals"), "待我审批", self.decisions, False),
            (_listed(own | {"overdue": "yes"}), "逾期", self.overdue, True),
            (_listed(own | {"due_from": day, "due_until": day}), "今日到期", self.due_today, False),
        )
        return tuple(each for each in told if each[2])


def bell_of(who: Who) -> Bell:
    """What to remind somebody of: two queries, a few more where decisions wait for him.

    A page that tells of a broken database is shown all the same, without reminders.
    """
    try:
        late, today = due_of(who.person, clock.today())
        return Bell(len(waiting_for(who.person, who.terms)), late, today)
    except DatabaseError:
        return Bell()


def _listed(filters: dict[str, str]) -> str:
    query = urlencode({f"{PREFIX}{key}": value for key, value in filters.items()})
    return f"{reverse('register', args=[DUTIES])}?{query}"
