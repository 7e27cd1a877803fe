"""Working days, as the State Council's yearly notices set them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Weekdays off, weekend days worked, and the years for which a notice is known."""

    off: frozenset[date]
    work: frozenset[date]
    years: frozenset[int]

    def is_workday(self, day: date) -> bool:
        """Whether the office works on a day; without a notice weekends alone are free."""
        if day in self.work:
            return True
        return day.weekday() < 5 and day not in self.off

    def knows(self, day: date) -> bool:
        """Whether the year's notice is known: a date in another year must be shown as uncertain."""
        return day.year in self.years

    def workdays_later(self, day: date, count: int) -> date:
        """The day that is ``count`` working days after ``day`` (0: the day itself)."""
        while count > 0:
            day += timedelta(days=1)
            if self.is_workday(day):
                count -= 1
        return day
