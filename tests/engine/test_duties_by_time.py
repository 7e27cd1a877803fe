"""Duties that time alone opens: each on its day, none twice, none lost, whenever the tick runs."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baomi.engine.face.reading import books
from baomi.engine.tick import open_duties
from baomi.engine.timing import HORIZON
from baomi.kernel.clock import clock, instant_on
from baomi.registers import paging
from baomi.registers.duties.models import Duty
from baomi.registers.office import load as office_load
from baomi.rulebook.terms import Terms
from tests.factories.deeds import do, kinds, size, unaccounted
from tests.factories.office import FOUNDED_ON
from tests.registers.holidays.notices import OF_2027

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

LAST = date(2026, 12, 31)
PLAN, SUMMARY, NOTICE = "draft_the_plan", "draft_the_summary", "record_the_notice"
# typed by hand from the terms: shown 60 days before 28 February and 31 January, from 15 November;
# the tick that opens each is the first one within 60 days of the day from which it is shown
EXPECTED = {
    date(2025, 10, 3): ("GZ1.1a", SUMMARY, "2025", date(2025, 12, 2), date(2026, 1, 31)),
    date(2025, 10, 31): ("GZ1.1a", PLAN, "2026", date(2025, 12, 30), date(2026, 2, 28)),
    date(2026, 9, 16): ("X2", NOTICE, "2027", date(2026, 11, 15), date(2026, 12, 20)),
    date(2026, 10, 3): ("GZ1.1a", SUMMARY, "2026", date(2026, 12, 2), date(2027, 1, 31)),
    date(2026, 10, 31): ("GZ1.1a", PLAN, "2027", date(2026, 12, 30), date(2027, 2, 28)),
}
# due soon after the founding, though they would have been shown from before it
FIRST = (
    ("GZ1.1a", PLAN, "2025", date(2024, 12, 30), date(2025, 2, 28)),
    ("GZ1.1a", SUMMARY, "2024", date(2024, 12, 2), date(2025, 1, 31)),
)
OWNERS = {PLAN: "office_director", SUMMARY: "office_director", NOTICE: "registrar"}
COLUMNS = ("clause", "name", "period", "opened_on", "due_on")
WHOLE = ("clause", "name", "subject", "period", "due_on", "owner", "owner_post", "opened_on")


def tick_on(day):
    with clock.standing_at(instant_on(day, 9, 30)):
        return open_duties()


def rows(*columns):
    return sorted(Duty.objects.filter(name__in=OWNERS).values_list(*columns), key=str)


def test_each_comes_on_its_day_to_its_owner_and_once(office):
    come, day, start = {}, FOUNDED_ON, size()
    while day <= LAST:
        before = set(rows("id", *COLUMNS))
        tick_on(day)
        for _, *found in set(rows("id", *COLUMNS)) - before:
            come.setdefault(day, []).append(tuple(found))
        day += timedelta(days=1)
    assert sorted(come.pop(FOUNDED_ON)) == list(FIRST)
    assert come == {day: [each] for day, each in EXPECTED.items()}
    assert kinds(start) == ["duties.open_by_time"] * (1 + len(EXPECTED))
    owed = {
        (row["name"], row["owner_post"], row["owner"], row["owner_unit"], row["subject"])
        for row in Duty.objects.filter(name__in=OWNERS).values()
    }
    key = office_load.office_id()
    assert owed == {(name, post, None, None, key) for name, post in OWNERS.items()}
    assert unaccounted() == []


def adopt_plan(office, year):
    do(
        "governance.adopt_plan",
        office.registrar,
        year=year,
        title=f"{year}年保密工作计划",
        drafted_by=office.registrar,
        goals=[{"what": "清点全部密件", "unit": office.units["研究室"]}],
    )


def adopt_summary(office, year):
    do(
        "governance.adopt_summary",
        office.registrar,
        year=year,
        title=f"{year}年保密工作总结",
        drafted_by=office.registrar,
        done=[{"what": "清点密件两次"}],
    )


def record_notice(office, year):
    do(
        "holidays.record_notice",
        office.registrar,
        year=year,
        number="国办发明电〔2026〕9号",
        published_on=date(2026, 11, 4),
        text=OF_2027,
    )


# deeds that fulfil a period: the day from which each can be done; often long before it is asked for
FULFILLING = (
    (adopt_plan, 2026, date(2025, 1, 7)),
    (adopt_plan, 2027, date(2026, 1, 1)),
    (adopt_summary, 2025, date(2025, 3, 4)),
    (adopt_summary, 2026, date(2026, 1, 1)),
    (record_notice, 2027, date(2026, 11, 4)),
)
NAMED = {adopt_plan: PLAN, adopt_summary: SUMMARY, record_notice: NOTICE}
SPAN = (LAST - FOUNDED_ON).days


def daily():
    """What ticking each day gives, for an office that fulfils nothing."""
    key = office_load.office_id()
    return sorted(
        (
            (clause, name, key, period, due, None, OWNERS[name], opened)
            for clause, name, period, opened, due in (*FIRST, *EXPECTED.values())
        ),
        key=str,
    )


@st.composite
def lives(draw):
    """Ticks on any days, in any order and as often as one likes, and deeds between them."""
    ticks = [(day, None) for day in draw(st.lists(st.integers(0, SPAN), max_size=12))]
    deeds = []
    for deed in draw(st.lists(st.sampled_from(FULFILLING), unique=True)):
        deeds.append((draw(st.integers((deed[2] - FOUNDED_ON).days, SPAN)), deed))
    # deeds follow each other in time; a tick may run late, twice, or by a clock that was wrong
    in_time = iter(sorted(deeds, key=lambda each: each[0]))
    return [next(in_time) if each[1] else each for each in draw(st.permutations(ticks + deeds))]


def check_life(office, life):
    """Whatever happened in which order, the last tick leaves what daily ticks would have left."""
    tick_on(FOUNDED_ON)
    for number, deed in life:
        day = FOUNDED_ON + timedelta(days=number)
        with clock.standing_at(instant_on(day, 9, 30)):
            if deed is None:
                open_duties()
            else:
                deed[0](office, deed[1])
    tick_on(LAST)
    assert rows(*WHOLE) == daily()
    done = {(NAMED[deed[0]], str(deed[1])) for _, deed in life if deed}
    assert {
        (name, period) for name, period, state in rows("name", "period", "state") if state == "done"
    } == done
    before = size()
    tick_on(LAST)
    assert size() == before


def overdue(who, day):
    """What the book of duties shows somebody as overdue."""
    with clock.standing_at(instant_on(day, 9)):
        terms = Terms.on(day)
        actor = office_load.person(who, day, terms)
        filters = {"overdue": "yes"}
        shown = paging.page(books()["duties.duty"], actor, terms, filters=filters, size=200)
        assert shown.after is None
        return shown.ids


def check_gap(office, last_tick, gap):
    """Within the horizon nobody's list of what is overdue waits for the tick."""
    tick_on(FOUNDED_ON)
    tick_on(last_tick)
    day = last_tick + timedelta(days=gap)
    seen_by = (office.registrar, office.office_director)
    before, stood = [overdue(who, day) for who in seen_by], set(rows(*WHOLE))
    tick_on(day)
    after, stands = [overdue(who, day) for who in seen_by], set(rows(*WHOLE))
    assert stood <= stands
    if gap <= HORIZON:
        assert before == after
    missing = {(name, period) for name, period in rows("name", "period")}
    assert missing == {
        (name, period)
        for _, name, period, opens_on, _ in (*FIRST, *EXPECTED.values())
        if opens_on <= day + timedelta(days=HORIZON)
    }
    if gap > HORIZON:
        for was, is_ in zip(before, after, strict=True):
            added = Duty.objects.filter(id__in=set(is_) - set(was))
            assert set(was) <= set(is_)
            assert all(row.name in OWNERS and row.opened_on > last_tick for row in added)


def in_a_savepoint(check, *told):
    """Check it, and take back what it did. No block around: the pen stands for the outermost."""
    mark = transaction.savepoint()
    try:
        check(*told)
    finally:
        transaction.savepoint_rollback(mark)
        transaction.savepoint_commit(mark)


DAYS = st.integers(0, SPAN - 200).map(lambda number: FOUNDED_ON + timedelta(days=number))
GAPS = st.one_of(st.integers(0, HORIZON), st.sampled_from((0, 59, 60, 61)), st.integers(61, 200))
OF_A_TEST = HealthCheck.function_scoped_fixture
SMALL = settings(max_examples=20, deadline=None, suppress_health_check=[OF_A_TEST])
BIG = settings(
    max_examples=1500, deadline=None, suppress_health_check=[OF_A_TEST, HealthCheck.too_slow]
)


@SMALL
@given(life=lives())
def test_any_order_of_ticks_and_deeds_gives_what_daily_ticks_give(office, life):
    in_a_savepoint(check_life, office, life)


@pytest.mark.nightly
@BIG
@given(life=lives())
def test_any_order_of_ticks_and_deeds_at_length(office, life):
    in_a_savepoint(check_life, office, life)


@SMALL
@given(last_tick=DAYS, gap=GAPS)
def test_within_the_horizon_what_is_overdue_waits_for_no_tick(office, last_tick, gap):
    in_a_savepoint(check_gap, office, last_tick, gap)


@pytest.mark.nightly
@BIG
@given(last_tick=DAYS, gap=GAPS)
def test_gaps_at_length(office, last_tick, gap):
    in_a_savepoint(check_gap, office, last_tick, gap)


def test_what_a_gap_beyond_the_horizon_missed_is_overdue_at_once(office):
    tick_on(date(2025, 9, 1))
    day = date(2026, 3, 10)
    before = set(overdue(office.office_director, day))
    tick_on(day)
    after = set(overdue(office.office_director, day))
    assert before < after
    added = after - before
    assert {row.name for row in Duty.objects.filter(id__in=added)} == {PLAN, SUMMARY}
