"""Rows of books that no filter of theirs picks out; always among those that the reader may see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from baomi.engine.face.reading import books
from baomi.entrypoints.guarding.logged_in import Who
from baomi.entrypoints.web.home.declared import soon_of
from baomi.kernel.clock import clock
from baomi.kernel.words import Person, Post
from baomi.registers.office.reads.seats import vacant_seats
from baomi.registers.seen_once import seen_once

BACK: Final = 30  # days for which somebody who left is still spoken of


def lent_by_me(rows: QuerySet[Any], who: Who) -> QuerySet[Any]:
    """Copies that a keeper gave to others out of what he keeps."""
    return rows.filter(kept_by=who.id).exclude(holder=F("kept_by")).filter(state="held")


def leavers(rows: QuerySet[Any], who: Who) -> QuerySet[Any]:
    """Whoever left lately, or leaves soon."""
    today = clock.today()
    last = today + timedelta(days=BACK)
    return rows.filter(left_on__gte=today - timedelta(days=BACK), left_on__lte=last)


def heads_without_pledge(rows: QuerySet[Any], who: Who) -> QuerySet[Any]:
    """Heads of units who have signed no pledge within a year."""
    today = clock.today()
    since = today - timedelta(days=365)
    signed = books()["governance.pledge"].rows(who.person)
    signed = signed.filter(head=OuterRef("person"), head_signed_on__gte=since)
    standing = Q(from_on__lte=today) & (Q(until_on=None) | Q(until_on__gte=today))
    heads = rows.filter(standing, post=Post.UNIT_HEAD.value)
    return heads.exclude(Exists(signed.exclude(recorded_on=None)))


def deputations_ending(rows: QuerySet[Any], who: Who) -> QuerySet[Any]:
    """Deputations that end before the days listed ahead are over."""
    today = clock.today()
    last = today + timedelta(days=soon_of(who))
    return rows.filter(from_on__lte=today, until_on__gte=today, until_on__lte=last)


@seen_once
def yearly_work(actor: Person) -> frozenset[tuple[str, int]]:
    """The plans and summaries of the last years that stand: kind and year."""
    rows = books()["governance.yearly"].rows(actor)
    rows = rows.filter(year__gte=clock.today().year - 1, replaced_on=None)
    return frozenset(rows.values_list("kind", "year"))


def vacancies(who: Who) -> tuple[tuple[str, str, UUID | None], ...]:
    """The posts that must be held and are not: title, code, unit."""
    return vacant_seats(who.person, clock.today(), who.terms)
