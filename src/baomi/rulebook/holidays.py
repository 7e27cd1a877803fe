"""The calendar of working days: as shipped, and with what the office has recorded since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from baomi.kernel.calendar import WorkCalendar
from baomi.rulebook.documents import Record, read_record
from baomi.rulebook.law import Words

HOLIDAYS: Final = Path(__file__).parent / "terms" / "holidays.yaml"

Recorded = Callable[[WorkCalendar], WorkCalendar]


class _Year(Record):
    off: tuple[date, ...]
    work: tuple[date, ...]
    names: tuple[tuple[Words, date, date], ...]  # a holiday, its first and last day off


class _HolidayFile(Record):
    years: dict[int, _Year]


def _nothing_recorded(shipped: WorkCalendar) -> WorkCalendar:
    return shipped


_recorded: Recorded = _nothing_recorded


def recorded_by(source: Recorded | None) -> Recorded | None:
    """Have the office's own notices added by ``source``; None: by nobody. Returns the one before.

    The rulebook knows no register: the engine says where they are read, once, when it starts.
    """
    global _recorded
    before = None if _recorded is _nothing_recorded else _recorded
    _recorded = source or _nothing_recorded
    return before


def work_calendar(path: Path = HOLIDAYS) -> WorkCalendar:
    """The calendar as it is known now. Asks the source: keep the answer through one deed or page.

    Raises ``RulebookError`` where the file is wrong or missing.
    """
    return _recorded(of_the_file(path))


@cache
def of_the_file(path: Path = HOLIDAYS) -> WorkCalendar:
    """The calendar of the years that the program brings. Raises ``RulebookError``."""
    years = read_record(path, _HolidayFile).years
    return WorkCalendar(
        off=frozenset(day for year in years.values() for day in year.off),
        work=frozenset(day for year in years.values() for day in year.work),
        years=frozenset(years),
        names={
            first + timedelta(days=n): name
            for year in years.values()
            for name, first, last in year.names
            for n in range((last - first).days + 1)
        },
    )
