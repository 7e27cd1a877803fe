"""Who holds which post, and who stands in for whom, over a stretch of days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from baomi.kernel.words import Person, Post
from baomi.registers.office import facts, models


def on_day(day: date) -> Q:
    """Dated rows that are in force on a day."""
    return Q(from_on__lte=day) & (Q(until_on=None) | Q(until_on__gte=day))


def principal_holds_it(day: date) -> Q:
    """Deputations whose principal is here and holds the post himself on a day.

    What he merely stands in for is not held: nothing is passed on, and nothing outlasts him.
    """
    held = models.PostHolding.objects.filter(
        on_day(day), person=OuterRef("principal"), post=OuterRef("post")
    )
    of_unit = Exists(held.filter(unit=OuterRef("unit")))
    of_none = Q(unit=None) & Q(Exists(held.filter(unit=None)))
    here = Q(principal__joined_on__lte=day) & (
        Q(principal__left_on=None) | Q(principal__left_on__gte=day)
    )
    return here & (Q(of_unit) | of_none)


def holdings(ids: Iterable[UUID]) -> Mapping[UUID, facts.Holding]:
    """Appointments by id."""
    return _holdings(Q(id__in=list(ids)))


def holdings_of(person: UUID, first: date, last: date | None) -> tuple[facts.Holding, ...]:
    """Posts that a person holds on any day from ``first`` to ``last`` (None: without end)."""
    return tuple(_holdings(Q(person=person) & _overlapping(first, last)).values())


def holders_between(
    post: Post, unit: UUID | None, first: date, last: date | None
) -> tuple[facts.Holding, ...]:
    """Who holds a post (for a unit) on any day from ``first`` to ``last``."""
    found = _holdings(Q(post=post.value, unit=unit) & _overlapping(first, last))
    return tuple(found.values())


def _holdings(wanted: Q) -> Mapping[UUID, facts.Holding]:
    rows = models.PostHolding.objects.filter(wanted).order_by("from_on", "id")
    values = rows.values_list(
        "id", "person_id", "post", "unit_id", "from_on", "until_on", "letter", "ex_officio"
    )
    return {
        key: facts.Holding(
            id=key,
            person=person_id,
            post=Post(post),
            unit=unit,
            from_on=from_on,
            until_on=until_on,
            letter=letter,
            ex_officio=ex_officio,
        )
        for key, person_id, post, unit, from_on, until_on, letter, ex_officio in values
    }


def _overlapping(first: date, last: date | None) -> Q:
    begun = Q() if last is None else Q(from_on__lte=last)
    return begun & (Q(until_on=None) | Q(until_on__gte=first))


def deputations(ids: Iterable[UUID]) -> Mapping[UUID, facts.Deputation]:
    """Deputations by id."""
    return _deputations(Q(id__in=list(ids)))


def deputations_of(person: UUID, first: date, last: date | None) -> tuple[facts.Deputation, ...]:
    """Deputations by which a person stands in for others on any day from ``first`` to ``last``."""
    return tuple(_deputations(Q(deputy=person) & _overlapping(first, last)).values())


def _deputations(wanted: Q) -> Mapping[UUID, facts.Deputation]:
    rows = models.Deputation.objects.filter(wanted).order_by("from_on", "id")
    values = rows.values_list(
        "id", "principal_id", "deputy_id", "post", "unit_id", "from_on", "until_on"
    )
    return {
        key: facts.Deputation(
            id=key,
            principal=principal,
            deputy=deputy,
            post=Post(post),
            unit=unit,
            from_on=from_on,
            until_on=until_on,
        )
        for key, principal, deputy, post, unit, from_on, until_on in values
    }


def posts_between(person: UUID, first: date, last: date | None) -> frozenset[Post]:
    """Posts that somebody holds or stands in for on any day from ``first`` to ``last``.

    As a human being: what is held under another of his rows counts too.
    """
    rows = rows_of_human(person)
    days = _overlapping(first, last)
    held = models.PostHolding.objects.filter(days, person__in=rows).values_list("post", flat=True)
    stood = models.Deputation.objects.filter(days, deputy__in=rows).values_list("post", flat=True)
    return frozenset(Post(each) for each in (*held, *stood))


def rows_of_human(key: UUID) -> tuple[UUID, ...]:
    """All rows of the human being whose row this is, the first one first."""
    known = models.Person.objects.filter(id=key).values_list("same_as_id", flat=True).first()
    first = known or key
    others = models.Person.objects.filter(same_as=first).order_by("id")
    return (first, *others.values_list("id", flat=True))


def deputations_for(
    person: UUID, post: Post, unit: UUID | None, first: date, last: date
) -> tuple[facts.Deputation, ...]:
    """Who stands in for somebody in a post on any day from ``first`` to ``last``."""
    of_post = Q(principal=person, post=post.value, unit=unit)
    return tuple(_deputations(of_post & _overlapping(first, last)).values())


def heads(person: Person, unit: UUID | None, day: date) -> bool:
    """Whether somebody heads a unit on a day, or stands in for its head."""
    if unit is None:
        return False
    held = {(each.post, each.unit) for each in holdings_of(person.id, day, day)}
    stood_in_for = {(each.post, each.unit) for each in person.stands_in}
    return (Post.UNIT_HEAD, unit) in held | stood_in_for
