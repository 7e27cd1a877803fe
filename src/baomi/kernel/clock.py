"""The one clock. Day and instant are asked for here and nowhere else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone

OFFICE_TIME = timezone(timedelta(hours=8), "北京时间")


class Clock:
    """Reads the machine's clock, moved by an offset that only a demonstration or a test may set."""

    def __init__(self) -> None:
        self._offset_us = 0
        self._frozen_us: int | None = None

    def now_us(self) -> int:
        """Microseconds since 1970 UTC, as the office lives them."""
        if self._frozen_us is not None:
            return self._frozen_us
        return self.wall_us() + self._offset_us

    @staticmethod
    def wall_us() -> int:
        """Microseconds since 1970 UTC, as the machine says, without offset."""
        return time.time_ns() // 1000

    def today(self) -> date:
        """The office's day."""
        return day_of(self.now_us())

    @property
    def offset_us(self) -> int:
        """How far the office's clock stands from the machine's, in microseconds."""
        return self._offset_us

    def move(self, offset_us: int) -> None:
        """Set the offset. Callers: a demonstration office's start-up, and tests."""
        self._offset_us = offset_us

    @contextmanager
    def standing_at(self, instant_us: int) -> Iterator[None]:
        """Let the clock stand at an instant, for a demonstration's deeds and for tests."""
        before = self._frozen_us
        self._frozen_us = instant_us
        try:
            yield
        finally:
            self._frozen_us = before


clock = Clock()


def day_of(instant_us: int) -> date:
    """The office's day at an instant (µs since 1970 UTC)."""
    return instant(instant_us).astimezone(OFFICE_TIME).date()


def instant(instant_us: int) -> datetime:
    """An aware datetime in UTC, exact to the microsecond."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=instant_us)


def instant_on(day: date, hour: int = 0, minute: int = 0) -> int:
    """µs since 1970 UTC of a time of day in the office."""
    at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=OFFICE_TIME)
    return round((at - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))
