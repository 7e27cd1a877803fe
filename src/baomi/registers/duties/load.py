"""Duties for deciding. Whether one is overdue is computed here, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from baomi.registers.duties.facts import Overdue
from baomi.registers.duties.models import Duty


def overdue_of(
    people: Iterable[UUID], *, name: str, today: date
) -> Mapping[UUID, tuple[Overdue, ...]]:
    """Overdue duties of one name by the person who owes them."""
    found: dict[UUID, list[Overdue]] = {person: [] for person in people}
    rows = Duty.objects.filter(
        owner__in=list(found), state="open", name=name, due_on__lt=today
    ).values_list("owner", "clause", "subject", "due_on")
    for owner, clause, subject, due_on in rows.order_by("due_on", "id"):
        if owner is not None:
            found[owner].append(Overdue(clause=clause, subject=subject, due_on=due_on))
    return {person: tuple(items) for person, items in found.items()}
