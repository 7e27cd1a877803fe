"""Who holds which post, and who stands in for whom, over a stretch of days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q

from baomi.kernel.words import Post
from baomi.registers.office import facts, models


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
    """Posts that a person holds or stands in for on any day from ``first`` to ``last``."""
    held = {each.post for each in holdings_of(person, first, last)}
    return frozenset(held | {each.post for each in deputations_of(person, first, last)})
