"""Identity numbers that were sealed before there was an index of them: indexed by an upgrade."""

from __future__ import annotations

from baomi.engine.pen import take_pen
from baomi.registers.office import seals
from baomi.registers.office.models import IdentityIndex, Person


def complete() -> int:
    """Index every sealed identity number that is not yet. Returns how many were.

    No register changes: whoever stands twice is found when something is entered about him.
    Raises ``NotFounded``, and ``SealBroken`` for a key that was altered.
    """
    with take_pen():
        indexed = IdentityIndex.objects.values("person")
        waiting = Person.objects.exclude(identity_number=None).exclude(id__in=indexed)
        rows = [
            IdentityIndex(person_id=person, digest=seals.blind_for_writing(number))
            for person, sealed in waiting.order_by("id").values_list("id", "identity_number")
            if (number := seals.unseal(person, sealed)) and number != seals.DESTROYED
        ]
        IdentityIndex.objects.bulk_create(rows)
    return len(rows)
