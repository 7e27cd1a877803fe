"""Columns that several of this register's books have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.models import Q, QuerySet

from baomi.kernel.clock import clock
from baomi.kernel.terms import Terms
from baomi.kernel.words import Level, Person
from baomi.registers.listing import Column, Values

Word = Callable[[Values, Terms], Any]


def person(key: str, heading: str) -> Column:
    """A person, whose page the cell opens."""
    return Column(
        key=key,
        heading=heading,
        reads=(f"{key}__name",),
        opens="office.person",
        opens_by=key,
        is_narrow=True,
    )


def unit(key: str, heading: str) -> Column:
    """A unit, whose page the cell opens."""
    return Column(
        key=key, heading=heading, reads=(f"{key}__name",), opens="office.unit", opens_by=key
    )


def day(key: str, heading: str) -> Column:
    """A day."""
    return Column(key=key, heading=heading, reads=(key,), is_narrow=True)


def text(key: str, heading: str, *, is_shown: bool = True) -> Column:
    """A text or a number, as it stands."""
    return Column(key=key, heading=heading, reads=(key,), is_shown=is_shown)


LEVEL: Final = Column(
    key="level",
    heading="密级",
    reads=("level",),
    word=lambda row, terms: Level(row["level"]).title,
    is_narrow=True,
)


def standing(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    """Dated rows that hold today."""
    today = clock.today()
    return rows.filter(Q(until_on=None) | Q(until_on__gte=today), from_on__lte=today)
