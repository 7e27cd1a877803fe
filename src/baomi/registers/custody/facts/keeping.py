"""Whose a kept copy is: the unit's keeper (专人), or whoever stands in for him."""

from __future__ import annotations

from uuid import UUID

from baomi.kernel.words import Person, Post
from baomi.registers.custody.facts.things import Copy


def keeper_through(copy: Copy, person: Person) -> UUID | None:
    """The keeper to whom a copy goes back, if somebody is he or stands in for him; else None.

    A stand-in does not reach what he is not cleared for.
    """
    if copy.kept_by is None or copy.kept_by == person.id:
        return copy.kept_by
    stands_in = any(
        each.post is Post.UNIT_KEEPER and each.principal == copy.kept_by
        for each in person.stands_in
    )
    return copy.kept_by if stands_in and copy.paper.level <= person.clearance else None
