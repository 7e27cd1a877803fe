"""The official days off and adjusted workdays that the terms carry."""

from datetime import date, timedelta

import pytest

from baomi.rulebook.terms import Terms


@pytest.fixture(scope="module")
def terms() -> Terms:
    return Terms.on(date(2026, 3, 1))


def test_adjusted_workdays_of_2026(terms: Terms) -> None:
    assert sorted(day for day in terms.calendar.work if day.year == 2026) == [
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    ]


def test_holidays_are_known_for_the_years_of_the_notices(terms: Terms) -> None:
    assert terms.calendar.years == frozenset(range(2004, 2027))
    assert terms.calendar.knows(date(2026, 12, 31))
    assert not terms.calendar.knows(date(2027, 1, 1))


def test_off_days_are_weekdays_and_work_days_are_weekend_days(terms: Terms) -> None:
    assert {day.weekday() for day in terms.calendar.off} == {0, 1, 2, 3, 4}
    assert {day.weekday() for day in terms.calendar.work} == {5, 6}
    assert {day.year for day in terms.calendar.off} == set(terms.calendar.years)


def test_workdays_across_the_national_day(terms: Terms) -> None:
    week = [date(2026, 10, 1) + timedelta(days=n) for n in range(7)]
    assert not any(terms.calendar.is_workday(day) for day in week)
    assert terms.calendar.workdays_later(date(2026, 9, 30), 3) == date(2026, 10, 10)
