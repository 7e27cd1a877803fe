"""The calendar with what the office has recorded, for deciding."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final
from uuid import UUID

from baomi.kernel.calendar import WorkCalendar
from baomi.registers.holidays.facts import DayKind
from baomi.registers.holidays.models import Day, Notice
from baomi.registers.prepared import Prepared

SATURDAY: Final = 5
Known = tuple[UUID, int, date]  # a notice, its year, and when it was published

_NOTICES = Prepared(
    lambda: Notice.objects.order_by("published_on", "id").values_list("id", "year", "published_on")
)


def with_recorded(shipped: WorkCalendar) -> WorkCalendar:
    """The calendar that the program brings, and over it each notice recorded, the newest last.

    One query; the days are read again only after a further notice was recorded, by whichever
    process.
    """
    standing = tuple(
        (key, year, published_on)
        for key, year, published_on in _NOTICES()
        if takes_effect(year, published_on, shipped)
    )
    return _merged(shipped, standing) if standing else shipped


def takes_effect(year: int, published_on: date, shipped: WorkCalendar) -> bool:
    """Whether a notice says anything new.

    The program's own table has the notices up to the year's beginning: of its years only what
    was published later is news.
    """
    return year not in shipped.years or published_on >= date(year, 1, 1)


def recorded_days(year: int) -> tuple[tuple[date, str, str], ...]:
    """What the newest notice recorded for a year says: day, kind, name; empty: none is recorded."""
    newest = Notice.objects.filter(year=year).order_by("published_on", "id").last()
    if newest is None:
        return ()
    return tuple(newest.days.order_by("day").values_list("day", "kind", "name"))


@lru_cache(maxsize=8)
def _merged(shipped: WorkCalendar, notices: tuple[Known, ...]) -> WorkCalendar:
    off, work, names = set(shipped.off), set(shipped.work), dict(shipped.names)
    order = {key: place for place, (key, *_) in enumerate(notices)}
    rows = Day.objects.filter(notice__in=order).values_list("notice", "day", "kind", "name")
    for _, day, kind, name in sorted(rows, key=lambda row: (order[row[0]], row[1])):
        off.discard(day)
        work.discard(day)
        names.pop(day, None)
        if kind == DayKind.OFF.value:
            names[day] = name or "节假日"
            if day.weekday() < SATURDAY:
                off.add(day)
        elif kind == DayKind.WORK.value and day.weekday() >= SATURDAY:
            work.add(day)
    years = shipped.years | _years(notices)
    return WorkCalendar(frozenset(off), frozenset(work), years, names)


def _years(notices: Iterable[Known]) -> frozenset[int]:
    return frozenset(year for _, year, _ in notices)
