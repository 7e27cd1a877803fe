"""When the yearly plan and summary are put on the list, and until when they are due."""

from datetime import date

from baomi.rulebook.gz.gz1_1 import clause
from baomi.rulebook.terms import Terms

RULES = {rule.name: rule for rule in clause.a.timed}
TERMS = Terms.on(date(2026, 1, 1))


def openings(name: str, first: date, last: date) -> list[tuple[str, date, date]]:
    found = RULES[name].openings(first, last, TERMS)
    return [(each.period, each.opens_on, each.due_on) for each in found]


def test_the_plan_of_a_year_is_on_the_list_sixty_days_before():
    year = openings("draft_the_plan", date(2025, 6, 1), date(2026, 5, 31))
    assert year == [("2026", date(2025, 12, 30), date(2026, 2, 28))]


def test_the_summary_is_of_the_year_before():
    year = openings("draft_the_summary", date(2025, 6, 1), date(2026, 5, 31))
    assert year == [("2025", date(2025, 12, 2), date(2026, 1, 31))]


def test_only_what_opens_within_the_days_asked_for():
    assert openings("draft_the_plan", date(2025, 12, 30), date(2025, 12, 30))
    assert not openings("draft_the_plan", date(2025, 12, 31), date(2026, 11, 30))
    assert not openings("draft_the_plan", date(2025, 1, 1), date(2025, 12, 29))
