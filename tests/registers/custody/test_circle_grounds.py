"""A circle by unit, post or rank stays true when people come, go and change places."""

from datetime import date
from uuid import UUID

import pytest

from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput
from baomi.registers.custody import load, models, reads
from baomi.registers.office import load as office_load
from baomi.registers.office.models import PostHolding
from baomi.rulebook.terms import Terms
from tests.factories.deeds import do, unaccounted
from tests.factories.office import TODAY
from tests.registers.custody.desk import refused
from tests.registers.walking import TERMS, person

IN_THE_CIRCLE = "GZ2.3.1b/reader_is_in_the_circle"
WIDENED = "GZ2.3.1b/circle_is_not_widened_on_ones_own"
NEXT_WEEK = date(2025, 3, 10)


def sees(key: UUID) -> bool:
    """Whether somebody sees a paper and its copies today."""
    day = clock.today()
    visible = reads.visible_to(office_load.person(key, day, Terms.on(day)))
    papers, copies = visible.papers.count(), visible.copies.count()
    assert (papers > 0) is (copies > 0)
    return papers > 0


def circle(paper: UUID) -> frozenset[UUID]:
    day = clock.today()
    return load.paper(paper, Terms.on(day), day).circle


def may_be_given(desk, paper: UUID, copy: UUID, who: UUID) -> bool:
    """Whether he gets a copy, and hands it back; refused for the circle alone if not."""
    if who not in circle(paper):
        assert set(refused("custody.hand_over_copy", desk.registrar, copy, **given(desk, who))) == {
            IN_THE_CIRCLE
        }
        return False
    desk.give(copy, person=who)
    desk.take_back(copy)
    return True


def given(desk, who):
    return {"person": who, "purpose": "reading", "place": desk.reading_room}


def change(desk, who, **what):
    do("office.change_person", desk.office.security_admin, who, **what)


def appoint(desk, who, post, **how):
    office = desk.office
    said = {"post": post, "letter": "任〔2025〕9号", "second": office.auditor} | how
    do("office.appoint", office.security_admin, who, **said)


@pytest.fixture
def of_the_unit(desk):
    """A paper for 研究室 as a whole, and somebody cleared for it who is of another unit."""
    paper, copies = desk.receive()
    desk.store(*copies)
    do("custody.set_circle", desk.registrar, paper, units=[desk.office.units["研究室"]])
    return paper, copies[0], desk.office.readers["法制委"][0]


@pytest.fixture(autouse=True)
def the_ledger_is_clean_after(desk):
    """Whatever a test does, replaying the ledger gives the rows as they stand."""
    yield
    assert unaccounted() == []


def test_who_comes_into_the_unit_reads_and_who_moves_away_does_not(desk, of_the_unit):
    paper, copy, newcomer = of_the_unit
    desk.give(copy)
    desk.take_back(copy)
    assert not sees(newcomer)
    assert not may_be_given(desk, paper, copy, newcomer)
    change(desk, newcomer, unit=desk.office.units["研究室"])
    change(desk, desk.reader, unit=desk.office.units["法制委"])
    assert sees(newcomer)
    assert may_be_given(desk, paper, copy, newcomer)
    assert not sees(desk.reader)
    assert not may_be_given(desk, paper, copy, desk.reader)


def test_a_person_just_added_to_the_register_is_of_his_unit(desk, of_the_unit):
    paper, copy, _ = of_the_unit
    added = do(
        "office.add_person",
        desk.office.security_admin,
        name="新来者",
        unit=desk.office.units["研究室"],
        rank="主任科员",
        personnel_class="important",
        class_ground="岗位需要",
    )
    newcomer = UUID(added.told["person"])
    assert sees(newcomer)
    assert may_be_given(desk, paper, copy, newcomer)


def test_clearance_rules_within_a_ground(desk, of_the_unit):
    paper, copy, _ = of_the_unit
    assert desk.general in circle(paper)
    assert not sees(desk.general)
    found = refused("custody.hand_over_copy", desk.registrar, copy, **given(desk, desk.general))
    assert set(found) == {"GZ2.3.1b/reader_is_cleared_for_the_level"}


def test_who_has_left_is_in_no_ground(desk, of_the_unit):
    paper, *_ = of_the_unit
    do("office.end_service", desk.office.security_admin, desk.reader, ground="调离")
    assert desk.reader in circle(paper)
    with clock.standing_at(instant_on(date(2025, 3, 4), 9)):
        assert desk.reader not in circle(paper)
        assert not sees(desk.reader)


def test_what_one_holds_one_sees_and_hands_back(desk, of_the_unit):
    paper, copy, _ = of_the_unit
    desk.give(copy)
    change(desk, desk.reader, unit=desk.office.units["法制委"])
    visible = reads.visible_to(person(desk.reader))
    assert set(visible.papers.values_list("id", flat=True)) == {paper}
    assert set(visible.copies.values_list("id", flat=True)) == {copy}
    desk.take_back(copy)
    assert not sees(desk.reader)


def test_who_is_named_stays_wherever_he_goes(desk):
    paper, copies = desk.ready(desk.reader)
    change(desk, desk.reader, unit=desk.office.units["法制委"], rank="县处级")
    assert sees(desk.reader)
    assert may_be_given(desk, paper, copies[0], desk.reader)


def test_an_appointment_counts_from_its_day_and_until_it_ends(desk):
    paper, copies = desk.receive()
    desk.store(*copies)
    do("custody.set_circle", desk.registrar, paper, posts=["unit_head"])
    unit = desk.office.units["研究室"]
    old, new = desk.office.heads["研究室"], desk.reader
    holding = PostHolding.objects.get(person=old, post="unit_head").id
    do("office.end_appointment", desk.office.security_admin, holding, last_day=date(2025, 3, 9))
    appoint(desk, new, "unit_head", unit=unit, from_on=NEXT_WEEK)
    assert (sees(old), sees(new)) == (True, False)
    assert may_be_given(desk, paper, copies[0], old)
    assert not may_be_given(desk, paper, copies[0], new)
    with clock.standing_at(instant_on(NEXT_WEEK, 9)):
        assert (sees(old), sees(new)) == (False, True)
        assert may_be_given(desk, paper, copies[0], new)
        assert not may_be_given(desk, paper, copies[0], old)


def test_a_circle_is_that_of_the_day_that_is_asked_for(desk):
    """A deed that is entered later is judged by the day on which it happened."""
    paper, copies = desk.receive()
    desk.store(*copies)
    said = {"posts": ["section_head"], "persons": [desk.leader]}
    do("custody.set_circle", desk.registrar, paper, **said)
    assert set(load.grounds_of(paper)) == {"post:section_head"}
    unit = desk.office.units["研究室"]
    appoint(desk, desk.reader, "section_head", unit=unit, from_on=NEXT_WEEK)
    assert load.paper(paper, TERMS, TODAY).circle == {desk.leader}
    assert load.paper(paper, TERMS, NEXT_WEEK).circle == {desk.leader, desk.reader}


def test_who_stands_in_for_a_post_does_not_hold_it(desk):
    paper, copies = desk.receive()
    desk.store(*copies)
    do("custody.set_circle", desk.registrar, paper, posts=["unit_head"])
    holding = PostHolding.objects.get(person=desk.office.heads["研究室"], post="unit_head").id
    said = {"deputy": desk.reader, "until_on": NEXT_WEEK, "ground": "出差"}
    office = desk.office
    do("office.depute", office.security_admin, holding, second=office.auditor, **said)
    assert "unit_head" in person(desk.reader).posts
    assert not sees(desk.reader)
    assert not may_be_given(desk, paper, copies[0], desk.reader)


def test_a_rank_is_left_and_reached(desk):
    paper, copies = desk.receive()
    desk.store(*copies)
    do("custody.set_circle", desk.registrar, paper, ranks=["县处级"])
    head = desk.office.heads["研究室"]
    assert (sees(head), sees(desk.reader)) == (True, False)
    change(desk, head, rank="厅局级")
    change(desk, desk.reader, rank="县处级")
    assert (sees(head), sees(desk.reader)) == (False, True)
    assert may_be_given(desk, paper, copies[0], desk.reader)
    assert not may_be_given(desk, paper, copies[0], head)


def test_a_circle_given_out_takes_in_no_further_ground(desk, of_the_unit):
    paper, copy, newcomer = of_the_unit
    desk.give(copy)
    unit = desk.office.units["研究室"]
    everybody = sorted(circle(paper))
    # the head of the unit is in it as it is: heads to come would not have been
    heads = {"persons": everybody, "units": [unit], "ranks": ["厅局级"]}
    for said in (heads, {"units": [unit], "persons": [newcomer]}):
        found = refused("custody.set_circle", desk.registrar, paper, **said)
        assert set(found) == {WIDENED}
    do("custody.set_circle", desk.registrar, paper, units=[unit])


def test_a_ground_is_an_addition_even_if_all_whom_it_covers_are_in(desk):
    unit = desk.office.units["研究室"]
    everybody = office_load.members_of([unit], TODAY)
    paper, copies = desk.ready(*everybody)
    desk.give(copies[0])
    found = refused("custody.set_circle", desk.registrar, paper, units=[unit])
    assert set(found) == {WIDENED}


def test_the_unit_may_be_replaced_by_the_names_of_those_in_it(desk, of_the_unit):
    paper, copy, newcomer = of_the_unit
    change(desk, newcomer, unit=desk.office.units["研究室"])
    desk.give(copy)
    desk.take_back(copy)
    desk.circle(paper, desk.reader, newcomer)
    bases = models.CircleMember.objects.filter(paper=paper).values_list("person", "basis")
    assert dict(bases) == {desk.reader: "person", newcomer: "person"}
    change(desk, desk.reader, unit=desk.office.units["法制委"])
    assert sees(desk.reader)


def test_nobody_whom_a_ground_covers_leaves_with_a_copy_in_hand(desk, of_the_unit):
    paper, copy, newcomer = of_the_unit
    change(desk, newcomer, unit=desk.office.units["研究室"])
    desk.give(copy, person=newcomer)
    with pytest.raises(BadInput, match="请先收回"):
        desk.circle(paper, desk.reader)


def test_circulation_ends_when_everybody_of_today_has_read(desk):
    unit = desk.office.units["财经委"]
    paper, copies = desk.receive(level="绝密", copy_numbers="1")
    desk.store(*copies, cabinet=desk.top_cabinet)
    do("custody.set_circle", desk.registrar, paper, units=[unit], persons=[desk.leader])
    head = desk.office.heads["财经委"]
    for other in circle(paper) - {head, desk.leader}:
        change(desk, other, unit=desk.office.units["研究室"])
    assert circle(paper) == {head, desk.leader}
    for reader in (desk.leader, head):
        desk.give(copies[0], person=reader)
        desk.take_back(copies[0])
    again = given(desk, head)
    found = refused("custody.hand_over_copy", desk.registrar, copies[0], **again)
    assert set(found) == {"GZ2.3.7/circulation_goes_on_for_the_reader"}
    change(desk, other, unit=unit)
    desk.give(copies[0], person=head)


def test_a_keeper_serves_the_unit_to_which_a_reader_has_moved(desk):
    paper, copies = desk.receive()
    desk.store(*copies)
    do("custody.set_circle", desk.registrar, paper, ranks=["厅局级"])
    assert not any(each in circle(paper) for each in desk.office.readers["研究室"])
    said = {"person": desk.keeper, "purpose": "keeping"}
    assert set(refused("custody.hand_over_copy", desk.registrar, copies[0], **said)) == {
        IN_THE_CIRCLE
    }
    change(desk, desk.reader, rank="厅局级")
    desk.lend_to_keeper(copies[0])
