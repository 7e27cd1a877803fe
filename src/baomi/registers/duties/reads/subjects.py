"""Until when what somebody has, or gave out himself, is to be back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Min

from baomi.kernel.words import Person
from baomi.registers.duties.models import Duty


def due_on_of(actor: Person, things: Iterable[UUID]) -> Mapping[UUID, date]:
    """The first day on which something is owed on each of some things that are his business.

    The caller names only things that the actor holds or answers for; whose duty it is, is not told.
    """
    wanted = list(things)
    if not actor.in_service or not wanted:
        return {}
    rows = Duty.objects.filter(subject__in=wanted, state="open").order_by()
    return dict(rows.values("subject").annotate(due=Min("due_on")).values_list("subject", "due"))
