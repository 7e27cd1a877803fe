"""The posts that must be held and that nobody holds today."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from baomi.kernel.terms import Terms
from baomi.kernel.words import Person
from baomi.registers.office import models
from baomi.registers.office.load.posts import on_day
from baomi.registers.seen_once import seen_once


@seen_once
def units(actor: Person) -> tuple[tuple[UUID, str, bool], ...]:
    """Id and name of every unit there ever was, and whether it is a 委（办）室 of today."""
    if not actor.in_service:
        return ()
    rows = models.Unit.objects.order_by("id").values_list("id", "name", "within", "closed_on")
    return tuple(
        (key, name, within is None and closed is None) for key, name, within, closed in rows
    )


@seen_once
def vacant_seats(
    actor: Person, day: date, terms: Terms
) -> tuple[tuple[str, str, UUID | None], ...]:
    """Title, code and unit of each vacant post, those of the office first; by office or by unit.

    Who holds which post is everybody's business, so is that nobody does.
    """
    if not actor.in_service:
        return ()
    wanted = (*terms.needed_posts(), *terms.needed_in_units())
    rows = models.PostHolding.objects.filter(on_day(day), post__in=[each.value for each in wanted])
    held = set(rows.values_list("post", "unit"))
    posts = {post for post, _ in held}
    office: list[tuple[str, str, UUID | None]] = [
        (terms.post_title(post), post.value, None)
        for post in terms.needed_posts()
        if post.value not in posts
    ]
    return (
        *office,
        *(
            (f"{name}{terms.post_title(post)}", post.value, unit)
            for unit, name, is_main in units(actor)
            if is_main
            for post in terms.needed_in_units()
            if (post.value, unit) not in held
        ),
    )
