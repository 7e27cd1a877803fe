"""The year that the demonstration lives: its working days, and what is done at which hour."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import count

from baomi.kernel.clock import day_of
from baomi.rulebook.terms import Terms

LENGTH_DAYS = 365
# more than any month has: a change of the month, and of the sealing key, always lies within
FEWEST_WORKDAYS = 26


class Slot(IntEnum):
    """A time of the office's day, in minutes since midnight."""

    OPENING = 9 * 60
    MORNING = 9 * 60 + 10
    FORENOON = 10 * 60
    AFTERNOON = 14 * 60 + 30
    EVENING = 16 * 60 + 30
    CLOSING = 17 * 60 + 10


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A time of a working day; the days are counted from the founding, which is day 0."""

    day: int
    slot: Slot


Life = Generator[When, None, None]
"""What befalls something: each value is the time at which it goes on. Deeds stand behind one."""


def working_days(now_us: int, length: int = LENGTH_DAYS) -> tuple[date, ...]:
    """The working days before today: of ``length`` calendar days, at least ``FEWEST_WORKDAYS``.

    If the first of them is none, the last one before it opens the row.
    """
    today = day_of(now_us)
    day, found = today, list[date]()
    while len(found) < FEWEST_WORKDAYS or found[-1] > today - timedelta(days=length):
        day -= timedelta(days=1)
        if _is_workday(day):
            found.append(day)
    return tuple(reversed(found))


def _is_workday(day: date) -> bool:
    return Terms.on(day).calendar.is_workday(day)


class Agenda:
    """Lets lives go on in the order of time; what is begun later comes later at the same time."""

    def __init__(self, days: tuple[date, ...]) -> None:
        self.days = days
        self._waiting: list[tuple[When, int, Life]] = []
        self._turn = count()

    @property
    def last(self) -> int:
        """The number of the last working day."""
        return len(self.days) - 1

    def begin(self, life: Life) -> None:
        """Let a life begin at the first time that it names."""
        when = next(life, None)
        if when is not None and when.day <= self.last:
            heapq.heappush(self._waiting, (when, next(self._turn), life))

    def run(self, arrive: Callable[[When], None]) -> None:
        """Live through the year. ``arrive`` is told each time before the deeds of that time."""
        while self._waiting:
            when, _, life = heapq.heappop(self._waiting)
            arrive(when)
            self.begin(life)
