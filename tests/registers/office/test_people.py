"""People come, change, get another class, and leave."""

from datetime import timedelta
from uuid import UUID

import pytest

from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput, Refused
from baomi.kernel.words import Level, Post
from baomi.registers.office import load, models
from baomi.rulebook.terms import Terms
from tests.factories.deeds import do, imaged, kinds, size
from tests.factories.office import TODAY

TERMS = Terms.on(TODAY)


def add(office, name="张伟", unit="研究室", **more):
    inputs = {"personnel_class": "general", "class_ground": "审查表"} | more
    told = do(
        "office.add_person",
        office.security_admin,
        name=name,
        unit=office.units[unit],
        **inputs,
    ).told
    return UUID(told["person"]), told["badge"]


def test_add_person(office):
    before = size()
    key, badge = add(office, "曾小平", personnel_class="important")
    row = models.Person.objects.get(id=key)
    assert (row.name, row.initials, row.joined_on) == ("曾小平", "zxp", TODAY)
    label = load.label_in(badge)
    assert (label.kind, label.serial) == ("P", row.badge_serial)
    assert load.person(key, TODAY, TERMS).clearance is Level.SECRET
    assert kinds(before) == ["office.add_person"]
    assert imaged(before) == {"office_person": 1}


def test_badges_are_never_given_twice(office):
    serials = list(models.Person.objects.values_list("badge_serial", flat=True))
    key, _ = add(office)
    assert models.Person.objects.get(id=key).badge_serial not in serials


def test_who_comes_later_is_not_there_yet(office):
    key, _ = add(office, joined_on=TODAY + timedelta(days=3))
    assert not load.person(key, TODAY, TERMS).in_service
    assert load.person(key, TODAY + timedelta(days=3), TERMS).in_service


def test_add_person_needs_a_unit_that_exists(office):
    with pytest.raises(BadInput, match="没有这个单位"):
        do(
            "office.add_person",
            office.security_admin,
            name="张伟",
            unit=office.registrar,
            personnel_class="none",
            class_ground="审查表",
        )


def test_change_person(office):
    person = office.readers["研究室"][0]
    before = size()
    do(
        "office.change_person",
        office.security_admin,
        person,
        name="单雄",
        unit=office.units["财经委"],
        rank="县处级",
    )
    row = models.Person.objects.get(id=person)
    assert (row.name, row.initials, row.rank) == ("单雄", "sx", "县处级")
    assert row.unit_id == office.units["财经委"]
    assert kinds(before) == ["office.change_person"]


def test_change_person_leaves_the_rest(office):
    person = office.readers["研究室"][0]
    before = models.Person.objects.values().get(id=person)
    do("office.change_person", office.security_admin, person, rank="科级副职")
    assert models.Person.objects.values().get(id=person) == before | {"rank": "科级副职"}


def test_change_person_must_change_something(office):
    with pytest.raises(BadInput, match="没有填写任何变更"):
        do("office.change_person", office.security_admin, office.readers["研究室"][0])


def test_set_class_decides_what_may_be_read(office):
    person = office.readers["研究室"][1]
    assert load.person(person, TODAY, TERMS).clearance is Level.CONFIDENTIAL
    before = size()
    do("office.set_class", office.security_admin, person, personnel_class="core", ground="复审1号")
    assert load.person(person, TODAY, TERMS).clearance is Level.TOP_SECRET
    assert models.Person.objects.get(id=person).class_ground == "复审1号"
    assert kinds(before) == ["office.set_class"]


def test_nobody_sets_his_own_class(office):
    with pytest.raises(Refused) as refused:
        do(
            "office.set_class",
            office.security_admin,
            office.security_admin,
            personnel_class="core",
            ground="自定",
        )
    (refusal,) = refused.value.verdict.refusals
    assert (refusal.clause, refusal.guard) == ("X1c", "nobody_has_a_say_in_his_own_class")
    assert load.person(office.security_admin, TODAY, TERMS).clearance is Level.CONFIDENTIAL


def test_end_service_ends_posts_and_closes_the_account(office):
    person = office.keepers["研究室"]
    before = size()
    do("office.end_service", office.security_admin, person, ground="调出")
    assert kinds(before) == ["office.end_service"]
    assert imaged(before) == {
        "office_person": 1,
        "office_post_holding": 1,
        "office_account": 1,
        "office_account_record": 1,
    }
    assert load.account_of(person).state == "closed"
    tomorrow = TODAY + timedelta(days=1)
    assert Post.UNIT_KEEPER in load.person(person, TODAY, TERMS).posts
    after = load.person(person, tomorrow, TERMS)
    assert not after.in_service
    assert after.posts == frozenset()
    assert load.holders(Post.UNIT_KEEPER, tomorrow, unit=office.units["研究室"]) == ()


def test_end_service_later_keeps_the_account_until_then(office):
    person = office.readers["研究室"][0]
    last = TODAY + timedelta(days=10)
    do("office.end_service", office.security_admin, person, last_day=last, ground="退休")
    assert load.account_of(person).state == "active"
    assert load.person(person, last, TERMS).in_service
    assert not load.person(person, last + timedelta(days=1), TERMS).in_service


def test_end_service_ends_deputations_both_ways(office):
    keeper, deputy = office.keepers["研究室"], office.readers["研究室"][0]
    (holding,) = load.holdings_of(keeper, TODAY, None)
    do(
        "office.depute",
        office.security_admin,
        holding.id,
        second=office.auditor,
        deputy=deputy,
        until_on=TODAY + timedelta(days=9),
        ground="休假",
    )
    do("office.end_service", office.security_admin, keeper, ground="调出")
    assert load.deputations_of(deputy, TODAY, None)[0].until_on == TODAY


def test_who_has_left_does_not_leave_again(office):
    person = office.readers["研究室"][0]
    do("office.end_service", office.security_admin, person, ground="调出")
    with clock.standing_at(instant_on(TODAY + timedelta(days=1), 9)):
        for action, inputs in [
            ("office.end_service", {"ground": "再次"}),
            ("office.change_person", {"rank": "科级"}),
            ("office.set_class", {"personnel_class": "core", "ground": "依据"}),
        ]:
            with pytest.raises(BadInput, match="不在岗"):
                do(action, office.security_admin, person, **inputs)


def test_a_last_day_lies_not_in_the_past(office):
    with pytest.raises(BadInput, match="不能早于办理日"):
        do(
            "office.end_service",
            office.security_admin,
            office.readers["研究室"][0],
            last_day=TODAY - timedelta(days=1),
            ground="调出",
        )
