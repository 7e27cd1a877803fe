"""The kinds of filters that most books have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from baomi.kernel.terms import Terms
from baomi.kernel.words import Level, Person
from baomi.registers.listing import Choice, Filter

YES: Final = "yes"
Choices = Callable[[Terms], Sequence[Choice]]
SeesWhole = Callable[[Person], bool] | None
Narrow = Callable[[QuerySet[Any], Person], QuerySet[Any]]


def choices(words: Mapping[str, str]) -> Choices:
    """A mapping's entries to choose from; the empty code is no choice."""
    offered = [Choice(code=code, title=title) for code, title in words.items() if code]
    return lambda terms: offered


def _equal(
    rows: QuerySet[Any], column: str, value: Any, actor: Person, sees_whole: SeesWhole
) -> QuerySet[Any]:
    """Rows whose column holds a value.

    Whoever does not see the whole register finds his rows by his own index. SQLite would take the
    column's instead, and read past all that others may see; it has none for an expression.
    """
    if sees_whole is None or sees_whole(actor):
        return rows.filter(**{column: value})
    name = f"narrowed_by_{column}"
    unindexed: QuerySet[Any] = rows.alias(**{name: Coalesce(F(column), F(column))})
    return unindexed.filter(**{name: value})


def one_of(
    key: str, heading: str, column: str, offered: Choices, *, sees_whole: SeesWhole = None
) -> Filter:
    """Rows whose column holds the code chosen."""
    return Filter(
        key=key,
        heading=heading,
        kind="choice",
        narrow=lambda rows, code, actor: _equal(rows, column, code, actor, sees_whole),
        choices=offered,
    )


def of_level(
    column: str, *, key: str = "level", heading: str = "密级", sees_whole: SeesWhole = None
) -> Filter:
    """Rows of one level."""
    offered = [Choice(code=each.code, title=each.title) for each in sorted(Level, reverse=True)]
    return Filter(
        key=key,
        heading=heading,
        kind="choice",
        narrow=lambda rows, code, actor: _equal(
            rows, column, Level.of(code).value, actor, sees_whole
        ),
        choices=lambda terms: offered,
    )


def of_row(
    key: str, heading: str, column: str, kind: str, *, sees_whole: SeesWhole = None
) -> Filter:
    """Rows that name another row: a person, a unit, a cabinet."""
    return Filter(
        key=key,
        heading=heading,
        kind=kind,
        narrow=lambda rows, given, actor: _equal(rows, column, given, actor, sees_whole),
    )


def of_text(key: str, heading: str, lookup: str) -> Filter:
    """Rows whose column equals, begins with or holds a text, as the lookup says."""
    return Filter(
        key=key,
        heading=heading,
        kind="text",
        narrow=lambda rows, text, actor: rows.filter(**{lookup: text}),
    )


def of_year(key: str, heading: str, column: str) -> Filter:
    """Rows of one year; what is no year is the year of none."""

    def narrow(rows: QuerySet[Any], text: str, actor: Person) -> QuerySet[Any]:
        is_year = text.isascii() and text.isdecimal() and len(text) <= len("2025")
        return rows.filter(**{column: int(text)}) if is_year else rows.none()

    return Filter(key=key, heading=heading, kind="text", narrow=narrow)


def between_days(key: str, heading: str, column: str) -> tuple[Filter, Filter]:
    """Rows from a day on, and up to a day."""
    return (
        Filter(
            key=f"{key}_from",
            heading=f"{heading}自",
            kind="day_from",
            narrow=lambda rows, day, actor: rows.filter(**{f"{column}__gte": day}),
        ),
        Filter(
            key=f"{key}_until",
            heading=f"{heading}至",
            kind="day_until",
            narrow=lambda rows, day, actor: rows.filter(**{f"{column}__lte": day}),
        ),
    )


def flag(
    key: str, heading: str, narrow: Narrow, *, only: Callable[[Person], bool] | None = None
) -> Filter:
    """Rows of which something is true; nothing else can be asked."""
    offered = [Choice(code=YES, title=heading)]
    return Filter(
        key=key,
        heading=heading,
        kind="choice",
        narrow=lambda rows, yes, actor: narrow(rows, actor),
        choices=lambda terms: offered,
        only=only,
    )
