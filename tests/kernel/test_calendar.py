"""Working days."""

from datetime import date

import pytest

from baomi.kernel.calendar import WorkCalendar

CALENDAR = WorkCalendar(
    off=frozenset({date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 5)}),
    work=frozenset({date(2026, 10, 10)}),
    years=frozenset({2026}),
)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 9, 30), 0, date(2026, 9, 30)),
        (date(2026, 9, 30), 1, date(2026, 10, 6)),
        (date(2026, 10, 9), 1, date(2026, 10, 10)),
        (date(2026, 10, 9), 2, date(2026, 10, 12)),
    ],
)
def test_workdays_later(start, count, end):
    assert CALENDAR.workdays_later(start, count) == end


def test_a_year_without_a_notice_says_so():
    assert CALENDAR.knows(date(2026, 12, 31))
    assert not CALENDAR.knows(date(2027, 1, 1))
    assert CALENDAR.workdays_later(date(2027, 1, 1), 1) == date(2027, 1, 4)
