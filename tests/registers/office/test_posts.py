"""Posts are taken by a letter and two persons, carried along, stood in for, and ended."""

import json
from datetime import timedelta
from uuid import UUID

import pytest

from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput, Refused
from baomi.kernel.words import Post
from baomi.registers.office import load, models
from baomi.rulebook.terms import Terms
from tests.factories.deeds import do, entries, imaged, kinds, size
from tests.factories.office import TODAY

TERMS = Terms.on(TODAY)


def appoint(office, person, post, **more):
    how = {"second": office.auditor, "letter": "任〔2025〕9号"} | more
    return do("office.appoint", office.security_admin, person, post=post, **how)


def posts(person, day=TODAY):
    return load.person(person, day, TERMS).posts


def test_appoint(office):
    person, before = office.readers["研究室"][0], size()
    told = appoint(office, person, "archivist")
    row = models.PostHolding.objects.get(id=told.told["holding"])
    assert (row.post, row.from_on, row.until_on) == ("archivist", TODAY, None)
    assert (row.letter, row.confirmed_by_id) == ("任〔2025〕9号", office.auditor)
    assert Post.ARCHIVIST in posts(person)
    assert kinds(before) == ["office.appoint"]
    assert imaged(before) == {"office_post_holding": 1}


def test_a_later_term_begins_and_ends_on_its_days(office):
    person = office.readers["研究室"][0]
    first, last = TODAY + timedelta(days=5), TODAY + timedelta(days=8)
    appoint(office, person, "archivist", from_on=first, until_on=last)
    held = [Post.ARCHIVIST in posts(person, TODAY + timedelta(days=n)) for n in (4, 5, 8, 9)]
    assert held == [False, True, True, False]


def test_a_main_post_carries_its_posts_as_deeds_of_their_own(office):
    old = load.holders_between(Post.OFFICE_DIRECTOR, None, TODAY, None)[0]
    last = TODAY + timedelta(days=1)
    before = size()
    do("office.end_appointment", office.security_admin, old.id, last_day=last)
    assert kinds(before) == ["office.end_appointment"] * 3
    gone = posts(office.office_director, last + timedelta(days=1))
    assert not gone & {Post.DEPUTY_GROUP_LEADER, Post.DESIGNATED_CLASSIFIER}
    successor, before = office.readers["研究室"][0], size()
    from_on = last + timedelta(days=1)
    appoint(office, successor, "office_director", from_on=from_on)
    assert kinds(before) == ["office.appoint", "office.carry_post", "office.carry_post"]
    held = {(each.post, each.ex_officio) for each in load.holdings_of(successor, from_on, None)}
    assert held == {
        (Post.OFFICE_DIRECTOR, False),
        (Post.DEPUTY_GROUP_LEADER, True),
        (Post.DESIGNATED_CLASSIFIER, True),
    }
    assert {each.from_on for each in load.holdings_of(successor, from_on, None)} == {from_on}


def test_a_follow_up_names_its_cause(office):
    before = size()
    unit = do("office.add_unit", office.security_admin, name="档案室").told["unit"]
    appoint(office, office.readers["研究室"][0], "unit_head", unit=unit)
    main, carried = entries(before + 1)
    assert json.loads(carried.body)["cause"] == main.seq


def test_a_carried_post_does_not_end_alone(office):
    (carried,) = [
        each
        for each in load.holdings_of(office.heads["研究室"], TODAY, None)
        if each.post is Post.GROUP_MEMBER
    ]
    with pytest.raises(BadInput, match="随本职终止"):
        do("office.end_appointment", office.security_admin, carried.id)


def test_nobody_carries_a_post_by_hand(office):
    (holding,) = load.holdings_of(office.keepers["研究室"], TODAY, None)
    head = load.holders_between(Post.UNIT_HEAD, office.units["研究室"], TODAY, None)[0]
    for target, post in ((holding, "registrar"), (head, "group_member")):
        said = {"post": post, "second": office.auditor}
        with pytest.raises(Refused) as refused:
            do("office.carry_post", office.security_admin, target.id, **said)
        assert refused.value.verdict.clauses == ("access",)


@pytest.mark.parametrize("second", [None, "security_admin"], ids=["nobody", "the_actor"])
def test_an_appointment_needs_another_person(office, second):
    person, before = office.readers["研究室"][0], size()
    confirming = getattr(office, second) if second else None
    with pytest.raises(Refused) as refused:
        appoint(office, person, "archivist", second=confirming)
    (refusal,) = refused.value.verdict.refusals
    assert (refusal.clause, refusal.guard) == ("X1b", "two_persons_stand_for_the_deed")
    assert refusal.remedy
    assert size() == before
    assert Post.ARCHIVIST not in posts(person)


def test_who_has_left_confirms_nothing(office):
    witness = office.readers["财经委"][0]
    do("office.end_service", office.security_admin, witness, ground="调出")
    with (
        clock.standing_at(instant_on(TODAY + timedelta(days=1), 9)),
        pytest.raises(Refused) as refused,
    ):
        appoint(office, office.readers["研究室"][0], "archivist", second=witness)
    assert refused.value.verdict.clauses == ("X1b",)


ADMINISTRATORS = ("system_admin", "security_admin", "auditor")
EXCLUDED = [
    (held, post)
    for held in ADMINISTRATORS
    for post in (*ADMINISTRATORS, "registrar", "unit_keeper")
    if held != post
]


@pytest.mark.parametrize(("held", "post"), EXCLUDED, ids=lambda post: post)
def test_administrators_exclude_each_other_and_whoever_handles_papers(office, held, post):
    unit = {"unit": office.units["研究室"]} if post == "unit_keeper" else {}
    second = office.registrar
    with pytest.raises(Refused) as refused:
        appoint(office, getattr(office, held), post, second=second, **unit)
    (refusal,) = refused.value.verdict.refusals
    assert (refusal.clause, refusal.guard) == ("X1a", "posts_do_not_exclude_each_other")
    assert refusal.remedy_action == "office.end_appointment"
    assert TERMS.post_title(Post(held)) in refusal.reason


@pytest.mark.parametrize("held", ["registrar", "unit_keeper"])
def test_nor_the_other_way_round(office, held):
    person = office.registrar if held == "registrar" else office.keepers["研究室"]
    with pytest.raises(Refused) as refused:
        appoint(office, person, "auditor")
    assert "X1a" in refused.value.verdict.clauses


def test_exclusion_looks_at_the_whole_term(office):
    person = office.readers["研究室"][0]
    later = TODAY + timedelta(days=30)
    appoint(office, person, "registrar", from_on=later)
    with pytest.raises(Refused):
        appoint(office, person, "auditor")
    appoint(office, person, "auditor", until_on=later - timedelta(days=1))
    assert Post.AUDITOR in posts(person)


@pytest.mark.parametrize(
    ("post", "more", "says"),
    [
        ("unit_keeper", {}, "须写明任职单位"),
        ("archivist", {"unit": "研究室"}, "不分单位"),
        ("handler", {}, "不经任命产生"),
        ("founder", {}, "不经任命产生"),
        ("unit_head", {"unit": "财经委"}, "已有人担任"),
        ("archivist", {"from_on": TODAY - timedelta(days=1)}, "不能早于办理日"),
        ("archivist", {"until_on": TODAY - timedelta(days=1)}, "早于任职日期"),
    ],
    ids=["no_unit", "needless_unit", "task", "founder", "taken", "too_early", "ends_before"],
)
def test_appointments_that_cannot_be_meant(office, post, more, says):
    before = size()
    if "unit" in more:
        more = {"unit": office.units[more["unit"]]}
    with pytest.raises(BadInput, match=says):
        appoint(office, office.readers["研究室"][0], post, **more)
    assert size() == before


def test_the_same_appointment_twice(office):
    with pytest.raises(BadInput, match="已任“保密员”"):
        appoint(office, office.registrar, "registrar")


def test_end_appointment(office):
    (holding,) = load.holdings_of(office.keepers["研究室"], TODAY, None)
    before = size()
    do("office.end_appointment", office.security_admin, holding.id)
    assert kinds(before) == ["office.end_appointment"]
    assert Post.UNIT_KEEPER in posts(office.keepers["研究室"])
    assert Post.UNIT_KEEPER not in posts(office.keepers["研究室"], TODAY + timedelta(days=1))
    with pytest.raises(BadInput, match="已经终止"):
        do("office.end_appointment", office.security_admin, holding.id)


def depute(office, **more):
    (holding,) = load.holdings_of(office.keepers["研究室"], TODAY, None)
    how = {
        "second": office.auditor,
        "deputy": office.readers["研究室"][0],
        "until_on": TODAY + timedelta(days=4),
        "ground": "出差",
    } | more
    return do("office.depute", office.security_admin, holding.id, **how)


def test_depute(office):
    deputy, before = office.readers["研究室"][0], size()
    told = depute(office)
    assert kinds(before) == ["office.depute"]
    assert Post.UNIT_KEEPER in posts(deputy)
    last = TODAY + timedelta(days=4)
    assert office.units["研究室"] in load.person(deputy, last, TERMS).keeps_for
    assert Post.UNIT_KEEPER not in posts(deputy, last + timedelta(days=1))
    key, before = UUID(told.told["deputation"]), size()
    do("office.end_deputation", office.security_admin, key)
    assert kinds(before) == ["office.end_deputation"]
    assert Post.UNIT_KEEPER not in posts(deputy, TODAY + timedelta(days=1))
    with pytest.raises(BadInput, match="已经终止"):
        do("office.end_deputation", office.security_admin, key)


def test_a_deputation_needs_two_persons_and_the_same_exclusions(office):
    with pytest.raises(Refused) as refused:
        depute(office, second=None)
    assert refused.value.verdict.clauses == ("X1b",)
    with pytest.raises(Refused) as refused:
        depute(office, second=office.registrar, deputy=office.auditor)
    assert refused.value.verdict.clauses == ("X1a",)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"deputy": "keeper"}, "不能是本人"),
        ({"until_on": TODAY - timedelta(days=1)}, "早于开始日"),
        ({"from_on": TODAY - timedelta(days=1)}, "不能早于办理日"),
    ],
    ids=["himself", "ends_before", "too_early"],
)
def test_deputations_that_cannot_be_meant(office, more, says):
    if "deputy" in more:
        more = {"deputy": office.keepers["研究室"]}
    with pytest.raises(BadInput, match=says):
        depute(office, **more)


def test_administrators_are_not_stood_in_for(office):
    (holding,) = load.holdings_of(office.auditor, TODAY, None)
    with pytest.raises(BadInput, match="三名管理员的职务不能代理"):
        do(
            "office.depute",
            office.security_admin,
            holding.id,
            second=office.registrar,
            deputy=office.readers["研究室"][0],
            until_on=TODAY,
            ground="出差",
        )
