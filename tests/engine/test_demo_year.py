"""The year that the demonstration lives: its days, its lives, and the papers that come."""

from datetime import date
from random import Random

import pytest

from baomi.engine.demo.days import (
    FEWEST_WORKDAYS,
    LENGTH_DAYS,
    Agenda,
    Slot,
    When,
    working_days,
)
from baomi.engine.demo.papers import Mailbag, arrival_days
from baomi.kernel.clock import instant_on
from baomi.kernel.copy_numbers import parse_copy_numbers
from baomi.rulebook.terms import Terms

DAY = date(2026, 3, 3)


def bags(*seeds):
    return [Mailbag(Random(seed)) for seed in seeds]  # noqa: S311 - chance of a story


def test_another_seed_brings_other_papers():
    one, other = ([mailbag.any_paper(DAY) for _ in range(9)] for mailbag in bags(1, 2))

    assert one != other
    assert one == [mailbag.any_paper(DAY) for mailbag in bags(1) for _ in range(9)]


def test_no_paper_and_no_copy_number_comes_twice():
    (mailbag,) = bags(3)
    papers = [mailbag.any_paper(DAY).inputs for _ in range(200)]
    numbers = [
        number
        for paper in papers
        for number in parse_copy_numbers(paper.get("copy_numbers", ""), None).numbers
    ]

    assert len({(paper["issuer"], paper["number"]) for paper in papers}) == len(papers)
    assert len(numbers) > 200 and len(set(numbers)) == len(numbers)


def test_numbers_of_an_issuer_begin_again_each_year():
    (mailbag,) = bags(5)
    for _ in range(80):
        mailbag.any_paper(date(2025, 12, 30))
    later = {mailbag.any_paper(date(2026, 1, 6)).inputs["number"] for _ in range(12)}

    assert all("〔2026〕" in number for number in later)
    assert all(int(number.split("〕")[1].removesuffix("号")) < 50 for number in later)


TODAYS = [date(2026, 1, 31), date(2026, 2, 24), date(2026, 3, 1), date(2026, 10, 8)]


@pytest.mark.parametrize("today", TODAYS)
@pytest.mark.parametrize("length", [1, LENGTH_DAYS])
def test_the_days_before_today_begin_in_an_earlier_month_on_a_working_day(today, length):
    days = working_days(instant_on(today, 20), length)

    assert (today - days[0]).days >= length
    assert len(days) >= FEWEST_WORKDAYS
    assert (days[0].year, days[0].month) < (today.year, today.month)
    assert all(Terms.on(day).calendar.is_workday(day) for day in days)
    assert days[-1] < today
    assert list(days) == sorted(set(days))


def test_envelopes_come_through_the_whole_year_but_not_on_the_first_day():
    days = working_days(instant_on(DAY, 9))
    arrivals = arrival_days(days, 150, Random(4))  # noqa: S311 - chance of a story

    assert len(arrivals) == 150 and arrivals == sorted(arrivals)
    assert min(arrivals) >= 1 and max(arrivals) < len(days)
    assert len({(days[day].year, days[day].month) for day in arrivals}) >= 12


def test_lives_go_on_in_the_order_of_time_and_end_with_the_year():
    agenda = Agenda((date(2026, 3, 2), date(2026, 3, 3)))
    told = []

    def life(name, *times):
        for when in times:
            yield when
            told.append((name, when))

    morning, evening = When(0, Slot.MORNING), When(0, Slot.EVENING)
    agenda.begin(life("a", evening, When(2, Slot.MORNING)))
    agenda.begin(life("b", morning, When(1, Slot.MORNING)))
    agenda.run(lambda when: told.append(("now", when)))

    assert [each for each in told if each[0] != "now"] == [
        ("b", morning),
        ("a", evening),
        ("b", When(1, Slot.MORNING)),
    ]
