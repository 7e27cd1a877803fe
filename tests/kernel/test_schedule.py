"""Dates that come round."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baomi.kernel.calendar import WorkCalendar, Workdays, is_uncertain
from baomi.kernel.schedule import (
    before_major_holidays,
    major_holidays,
    monthly,
    months_later,
    yearly,
)
from baomi.rulebook.holidays import of_the_file

KNOWN = of_the_file()
DAYS = st.dates(date(2004, 1, 1), date(2028, 12, 31))
SPANS = st.tuples(DAYS, st.integers(0, 800)).map(lambda it: (it[0], it[0] + timedelta(it[1])))
QUICK = settings(max_examples=50)


def test_each_year_on_its_day():
    assert list(yearly("02-28", date(2025, 2, 28), date(2027, 2, 27))) == [
        date(2025, 2, 28),
        date(2026, 2, 28),
    ]
    assert list(yearly("02-29", date(2027, 1, 1), date(2028, 12, 31))) == [
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


def test_each_month_on_its_day_or_its_last():
    assert list(monthly(31, date(2026, 1, 31), date(2026, 4, 30))) == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]
    with pytest.raises(ValueError, match="no month"):
        list(monthly(32, date(2026, 1, 1), date(2026, 2, 1)))


def test_months_later_never_leaves_the_month():
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2026, 12, 5), 12) == date(2027, 12, 5)
    assert months_later(date(2026, 1, 15), -1) == date(2025, 12, 15)


def test_the_major_holidays_of_2026():
    found = list(major_holidays(KNOWN, 3, date(2026, 1, 1), date(2026, 12, 31)))
    assert [(each.name, each.first, each.days) for each in found] == [
        ("元旦", date(2026, 1, 1), 3),
        ("春节", date(2026, 2, 15), 9),
        ("清明节", date(2026, 4, 4), 3),
        ("劳动节", date(2026, 5, 1), 5),
        ("端午节", date(2026, 6, 19), 3),
        ("中秋节", date(2026, 9, 25), 3),
        ("国庆节", date(2026, 10, 1), 7),
    ]


def test_a_holiday_of_one_day_is_none_of_three():
    around = (date(2020, 1, 1), date(2020, 1, 10))
    assert [each.days for each in major_holidays(KNOWN, 1, *around)] == [1]
    assert not list(major_holidays(KNOWN, 3, *around))


def test_a_holiday_begun_before_the_window_is_not_begun_again_within_it():
    assert not list(major_holidays(KNOWN, 3, date(2026, 2, 16), date(2026, 3, 31)))


def test_before_the_national_day_on_a_workday():
    window = (date(2026, 9, 20), date(2026, 10, 31))
    assert list(before_major_holidays(3, KNOWN, 5, *window)) == [
        (date(2026, 10, 1), date(2026, 9, 28))
    ]
    spring = list(before_major_holidays(3, KNOWN, 5, date(2026, 2, 1), date(2026, 2, 28)))
    assert spring == [(date(2026, 2, 15), date(2026, 2, 12))]


@QUICK
@given(SPANS, st.integers(0, 10), st.integers(1, 5))
def test_a_window_in_two_parts_gives_the_same_days(span, before, least):
    first, last = span
    middle = first + (last - first) / 2
    rest = middle + timedelta(days=1)
    for dates in (
        lambda a, b: list(yearly("02-29", a, b)),
        lambda a, b: list(monthly(31, a, b)),
        lambda a, b: list(major_holidays(KNOWN, least, a, b)),
        lambda a, b: list(before_major_holidays(before, KNOWN, least, a, b)),
    ):
        whole = dates(first, last)
        assert whole == dates(first, middle) + dates(rest, last)
        assert whole == sorted(whole, key=lambda it: it if isinstance(it, date) else _begin(it))


def _begin(found):
    return found[0] if isinstance(found, tuple) else found.first


@QUICK
@given(DAYS, st.integers(0, 30))
def test_what_is_due_before_a_holiday_is_due_on_a_workday_long_enough_before(day, before):
    for begins, due in before_major_holidays(before, KNOWN, 3, day, day + timedelta(days=90)):
        assert KNOWN.is_workday(due)
        assert due <= begins - timedelta(days=before)
        between = (begins - due).days - before
        assert not any(KNOWN.is_workday(due + timedelta(days=n)) for n in range(1, between + 1))


@QUICK
@given(DAYS, st.integers(-40, 40))
def test_months_later_moves_by_months(day, count):
    later = months_later(day, count)
    assert (later.year - day.year) * 12 + later.month - day.month == count
    assert later.day <= day.day


@QUICK
@given(DAYS, st.integers(0, 40))
def test_so_many_workdays_lie_between(start, count):
    due = Workdays(start, count).on(KNOWN)
    passed = [start + timedelta(days=n) for n in range(1, (due - start).days + 1)]
    assert sum(map(KNOWN.is_workday, passed)) == count


def test_a_date_counted_over_an_unknown_year_is_uncertain():
    known = WorkCalendar(off=frozenset(), work=frozenset(), years=frozenset({2026}))
    start = date(2026, 12, 28)
    assert not is_uncertain(date(2026, 12, 31), start, 3, known)
    assert is_uncertain(date(2027, 1, 4), start, 5, known)
    assert not is_uncertain(date(2027, 1, 4), None, None, known)
    assert not is_uncertain(date(2027, 1, 4), date(2027, 1, 4), 0, known)
