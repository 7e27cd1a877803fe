"""The month that the demonstration lives: its days, its lives, and the papers that come."""

from datetime import date
from random import Random

import pytest

from baomi.engine.demo.days import LENGTH_DAYS, Agenda, Slot, When, working_days
from baomi.engine.demo.papers import Mailbag
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


@pytest.mark.parametrize("today", [date(2026, 1, 31), date(2026, 2, 24), date(2026, 3, 1)])
def test_the_month_begins_in_an_earlier_month_on_a_working_day(today):
    days = working_days(instant_on(today, 20))

    assert (today - days[0]).days >= LENGTH_DAYS
    assert (days[0].year, days[0].month) < (today.year, today.month)
    assert all(Terms.on(day).calendar.is_workday(day) for day in days)
    assert days[-1] <= today


def test_a_day_that_is_not_over_does_not_belong_to_the_month():
    today = date(2026, 3, 3)

    assert working_days(instant_on(today, 17, 59))[-1] == date(2026, 3, 2)
    assert working_days(instant_on(today, 18))[-1] == today


def test_lives_go_on_in_the_order_of_time_and_end_with_the_month():
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
