"""X2: next year's days off are recorded before the year begins; until then a duty says so."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baomi.engine.tick import open_duties
from baomi.kernel.clock import clock, instant_on
from baomi.registers.duties.models import Duty
from baomi.registers.office import load as office_load
from baomi.rulebook.beyond.calendar_known import clause
from baomi.rulebook.terms import Terms
from tests.factories.deeds import do
from tests.registers.custody.desk import Desk
from tests.registers.holidays.notices import OF_2027

SAID = {
    "year": 2027,
    "number": "国办发明电〔2026〕9号",
    "published_on": date(2026, 11, 4),
    "text": OF_2027,
}
(RULE,) = clause.timed
DATABASES = pytest.mark.django_db(databases=["default", "runtime"])


def openings(first, last):
    return list(RULE.openings(first, last, Terms.on(first)))


def test_it_opens_each_year_from_the_first_that_the_program_does_not_know():
    found = openings(date(2024, 1, 1), date(2028, 12, 31))
    assert [(each.period, each.opens_on, each.due_on) for each in found] == [
        ("2027", date(2026, 11, 15), date(2026, 12, 20)),
        ("2028", date(2027, 11, 15), date(2027, 12, 20)),
        ("2029", date(2028, 11, 15), date(2028, 12, 20)),
    ]


@settings(max_examples=30)
@given(st.dates(date(2025, 1, 1), date(2040, 1, 1)), st.integers(0, 1500), st.integers(0, 1500))
def test_a_window_in_two_parts_opens_the_same(first, some, more):
    middle, last = first + timedelta(some), first + timedelta(some + more + 1)
    parts = openings(first, middle) + openings(middle + timedelta(days=1), last)
    assert openings(first, last) == parts


def rows():
    return list(
        Duty.objects.filter(name="record_the_notice").values_list(
            "subject", "period", "owner_post", "opened_on", "due_on", "state", "closed_on"
        )
    )


@DATABASES
def test_the_registrar_owes_it_until_it_is_recorded(office):
    desk = Desk(office)
    with clock.standing_at(instant_on(date(2026, 9, 1), 9)):
        open_duties()
        assert rows() == []
    with clock.standing_at(instant_on(date(2026, 11, 16), 9)):
        open_duties()
        open_duties()
    asked = (office_load.office_id(), "2027", "registrar", date(2026, 11, 15), date(2026, 12, 20))
    assert rows() == [(*asked, "open", None)]
    with clock.standing_at(instant_on(date(2026, 11, 20), 9)):
        do("holidays.record_notice", desk.registrar, **SAID)
    assert rows() == [(*asked, "done", date(2026, 11, 20))]


@DATABASES
def test_recorded_before_it_was_asked_for_it_stands_as_done(office):
    desk = Desk(office)
    with clock.standing_at(instant_on(date(2026, 11, 5), 9)):
        do("holidays.record_notice", desk.registrar, **SAID)
    with clock.standing_at(instant_on(date(2026, 11, 16), 9)):
        open_duties()
    ((_, period, *_, state, closed_on),) = rows()
    assert (period, state, closed_on) == ("2027", "done", date(2026, 11, 5))
