"""X2 The office knows next year's days off before the year begins.

Beyond the paper: a due date that is counted in working days, or lies before a holiday, is only
as good as the calendar that it is counted by.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from baomi.kernel.clause import Clause, Opening, Owner
from baomi.kernel.schedule import yearly
from baomi.kernel.terms import Terms
from baomi.kernel.words import Post
from baomi.registers.holidays.facts import HolidayNoticeIsRecorded
from baomi.rulebook.holidays import of_the_file

SHOWN_FROM, DUE_ON = "11-15", "12-20"  # the notices are published between late October and December

clause = Clause("X2", "放假安排", in_force_since=date(2020, 12, 24))


def _next_years(first: date, last: date, terms: Terms) -> Iterator[Opening]:
    """One in each year, about the next one, unless the program brings its notice with it."""
    for day in yearly(SHOWN_FROM, first, last):
        year = day.year
        if year + 1 in of_the_file().years:
            continue
        (due_on,) = yearly(DUE_ON, date(year, 1, 1), date(year, 12, 31))
        yield Opening(subject=None, period=str(year + 1), opens_on=day, due_on=due_on)


clause.timed_duty(
    "record_the_notice",
    title="登记下一年放假安排",
    openings=_next_years,
    owner=Owner(person=None, post=Post.REGISTRAR, unit=None),
    closes_on=HolidayNoticeIsRecorded,
)
