"""Dates that come round: each year, each month, before each major holiday."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from baomi.kernel.calendar import WorkCalendar

_MONTHS = 12
_DAY = timedelta(days=1)
# no run of days off is as long as this; what begins before the window is found whole
_LONGEST_RUN = timedelta(days=40)


@dataclass(frozen=True, slots=True)
class Holiday:
    """Consecutive days off around a statutory holiday."""

    first: date
    last: date
    name: str  # 春节, 国庆节、中秋节; 节假日 where the notice named none

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.last - self.first).days + 1


def yearly(month_day: str, first: date, last: date) -> Iterator[date]:
    """The day of each year (``"02-28"``) from ``first`` to ``last``, both included.

    29 February is the 28th in other years. Raises ``ValueError`` for what is no month and day.
    """
    month, day = (int(part) for part in month_day.split("-"))
    for year in range(first.year, last.year + 1):
        found = date(year, month, min(day, monthrange(year, month)[1]))
        if first <= found <= last:
            yield found


def monthly(day: int, first: date, last: date) -> Iterator[date]:
    """The day of each month from ``first`` to ``last``, both included.

    A month that has no such day: its last. Raises ``ValueError`` for a day beyond 1 to 31.
    """
    if not 1 <= day <= 31:
        raise ValueError(f"no month has a day {day}")
    for number in range(_month_number(first), _month_number(last) + 1):
        found = _day_of(number, day)
        if first <= found <= last:
            yield found


def months_later(day: date, count: int) -> date:
    """The same day ``count`` months later (earlier: negative), or the last of a shorter month."""
    return _day_of(_month_number(day) + count, day.day)


def major_holidays(
    calendar: WorkCalendar, min_days: int, first: date, last: date
) -> Iterator[Holiday]:
    """Holidays of at least ``min_days`` consecutive days off that begin within the window.

    Weekends that join a statutory day off count; a weekend alone is no holiday. A year whose
    notice is not known has none.
    """
    day, until = first - _LONGEST_RUN, last + _LONGEST_RUN
    while day <= until:
        end = day
        while not calendar.is_workday(end):
            end += _DAY
        if end > day and first <= day <= last:
            yield from _holiday(calendar, min_days, day, end - _DAY)
        day = end + _DAY


def before_major_holidays(
    days_before: int, calendar: WorkCalendar, min_days: int, first: date, last: date
) -> Iterator[tuple[date, date]]:
    """First day of each such holiday, and the day by which something is due before it.

    It is due ``days_before`` days before, on the last workday up to then. Given are the holidays
    whose due day lies within the window.
    """
    for holiday in major_holidays(
        calendar, min_days, first, last + days_before * _DAY + _LONGEST_RUN
    ):
        due = calendar.workday_on_or_before(holiday.first - days_before * _DAY)
        if first <= due <= last:
            yield holiday.first, due


def _holiday(calendar: WorkCalendar, min_days: int, first: date, last: date) -> Iterator[Holiday]:
    days = [first + n * _DAY for n in range((last - first).days + 1)]
    names = dict.fromkeys(calendar.names[day] for day in days if day in calendar.names)
    is_statutory = bool(names) or any(day in calendar.off for day in days)
    if is_statutory and len(days) >= min_days:
        yield Holiday(first, last, "、".join(names) or "节假日")


def _month_number(day: date) -> int:
    return day.year * _MONTHS + day.month - 1


def _day_of(number: int, day: int) -> date:
    year, month = number // _MONTHS, number % _MONTHS + 1
    return date(year, month, min(day, monthrange(year, month)[1]))
