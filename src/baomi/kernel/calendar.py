"""Working days, as the State Council's yearly notices set them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

UNCERTAIN: Final = "该年放假安排尚未登记，日期可能变动"


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Weekdays off, weekend days worked, and the years for which a notice is known.

    ``names``: the holiday to which a day off belongs, weekends within it included.
    """

    off: frozenset[date]
    work: frozenset[date]
    years: frozenset[int]
    names: Mapping[date, str] = field(default_factory=dict, hash=False)

    def is_workday(self, day: date) -> bool:
        """Whether the office works on a day; without a notice weekends alone are free."""
        if day in self.work:
            return True
        return day.weekday() < 5 and day not in self.off

    def knows(self, day: date) -> bool:
        """Whether the year's notice is known: a date in another year must be shown as uncertain."""
        return day.year in self.years

    def knows_all(self, first: date, last: date) -> bool:
        """Whether the notices of all years from a day to another are known."""
        return all(year in self.years for year in range(first.year, last.year + 1))

    def workdays_later(self, day: date, count: int) -> date:
        """The day that is ``count`` working days after ``day`` (0: the day itself)."""
        while count > 0:
            day += timedelta(days=1)
            if self.is_workday(day):
                count -= 1
        return day

    def workday_on_or_before(self, day: date) -> date:
        """The day itself if the office works on it, otherwise the last workday before it."""
        while not self.is_workday(day):
            day -= timedelta(days=1)
        return day


@dataclass(frozen=True, slots=True)
class Workdays:
    """A date that is so many working days after another: it moves when a year becomes known."""

    start: date
    count: int  # working days; 0: the start itself

    def on(self, calendar: WorkCalendar) -> date:
        """The date, as far as the calendar knows."""
        return calendar.workdays_later(self.start, self.count)


def is_uncertain(
    due_on: date, counted_from: date | None, workdays: int | None, calendar: WorkCalendar
) -> bool:
    """Whether a date was counted in working days over a year whose notice is not known.

    ``counted_from`` and ``workdays`` None: the date was fixed otherwise, and does not move.
    """
    if counted_from is None or workdays is None:
        return False
    return workdays > 0 and not calendar.knows_all(counted_from, due_on)
