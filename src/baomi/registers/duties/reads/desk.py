"""What a home page asks of duties: one's own, what has come up to one, until when things are due.

A register's page narrows all that somebody may see; these begin at what is his.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Min, QuerySet

from baomi.kernel.clock import clock
from baomi.kernel.terms import Terms
from baomi.kernel.words import Person
from baomi.registers.duties.models import Duty
from baomi.registers.duties.reads.visible import own, reported_to


def due_on_of(actor: Person, things: Iterable[UUID]) -> Mapping[UUID, date]:
    """The first day on which something is owed on each of some things that are his business.

    The caller names only things that the actor holds or answers for; whose duty it is, is not told.
    """
    wanted = list(things)
    if not actor.in_service or not wanted:
        return {}
    rows = Duty.objects.filter(subject__in=wanted, state="open").order_by()
    return dict(rows.values("subject").annotate(due=Min("due_on")).values_list("subject", "due"))


def own_open(actor: Person, until: date) -> QuerySet[Duty]:
    """His own open duties that are due by a day."""
    if not actor.in_service:
        return Duty.objects.none()
    return _shown().filter(id__in=own(actor, due_by=until))


def reported_open(actor: Person, terms: Terms) -> QuerySet[Duty]:
    """Overdue duties of others that have come up to him."""
    if not actor.in_service:
        return Duty.objects.none()
    return reported_to(actor, clock.today(), terms) & _shown()


def _shown() -> QuerySet[Duty]:
    return Duty.objects.filter(opened_on__lte=clock.today(), state="open")
