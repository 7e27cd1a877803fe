"""How much of somebody's own is due: what reminds him on every page, in one query."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q

from baomi.kernel.words import Person
from baomi.registers.duties.models import Duty
from baomi.registers.duties.reads.visible import own


def due_of(actor: Person, day: date) -> tuple[int, int]:
    """How many of his own duties are overdue on a day, and how many are due on it."""
    rows = Duty.objects.filter(id__in=own(actor, due_by=day), opened_on__lte=day)
    told = rows.aggregate(late=Count("id", filter=Q(due_on__lt=day)), all=Count("id"))
    return told["late"], told["all"] - told["late"]
