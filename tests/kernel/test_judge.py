"""The judge, on a rulebook of three clauses made for the test."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from baomi.kernel.action import Action, Change
from baomi.kernel.clause import Clause
from baomi.kernel.happening import Deed, Happening
from baomi.kernel.judge import judge, shadow_refusals
from baomi.kernel.verdict import Ref
from baomi.kernel.words import Approval, Level, Person, Post
from baomi.rulebook.terms import Terms

DAY = date(2026, 3, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingLeaves(Happening):
    thing: UUID
    weight: int

    @property
    def subject(self) -> UUID:
        return self.thing


@dataclass(frozen=True, slots=True, kw_only=True)
class HeavyThingLeaves(ThingLeaves):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingReturns(Happening):
    thing: UUID

    @property
    def subject(self) -> UUID:
        return self.thing


class MoveThing(Action[None]):
    name, title, help = "things.move_thing", "搬动", "搬动物品。"
    done_by = frozenset({Post.REGISTRAR})
    brings = (ThingLeaves,)

    def situate(self, asked):
        return asked.deed(facts=None)

    def complete(self, situation, inputs):
        return situation

    def carry_out(self, deed):
        return Change(touched={})


def make_rulebook():
    light = Clause("T1", "不搬重物", in_force_since=date(2020, 1, 1))

    @light.a.guard("物品不重")
    def thing_is_light(it: ThingLeaves, deed: Deed):
        if it.weight <= 10:
            return None
        return light.a.refuse(
            "{thing}太重",
            remedy="减轻{thing}后再搬",
            thing=Ref("thing", it.thing, "甲箱", "某物"),
        )

    asked = Clause("T2", "须批准", in_force_since=date(2020, 1, 1))
    asked.approval(by=Post.GROUP_LEADER, when=HeavyThingLeaves)
    return (light, asked)


def person(*posts):
    return Person(
        id=uuid4(),
        name="甲",
        unit=uuid4(),
        clearance=Level.SECRET,
        posts=frozenset(posts),
        keeps_for=frozenset(),
        in_service=True,
    )


def deed(*happenings, actor=None, approvals=(), shadow=(), day=DAY):
    return Deed(
        action="things.move_thing",
        op_id=uuid4(),
        actor=actor or person(Post.REGISTRAR),
        second=None,
        today=day,
        recorded_on=day,
        terms=Terms.on(day),
        targets=(),
        approvals=tuple(approvals),
        happenings=happenings,
        shadow=shadow,
        shadow_on=day,
        facts=None,
    )


def light(weight=5):
    return ThingLeaves(thing=uuid4(), weight=weight)


def test_a_lawful_deed_passes_and_every_guard_was_asked():
    verdict = judge(MoveThing(), deed(light()), make_rulebook())
    assert verdict.allowed
    assert verdict.asked == ("access", "T1a/thing_is_light")


def test_all_refusals_come_at_once_one_for_each_happening():
    verdict = judge(MoveThing(), deed(light(11), light(), light(12)), make_rulebook())
    assert [each.clause for each in verdict.refusals] == ["T1a", "T1a"]
    assert verdict.clauses == ("T1a",)
    assert verdict.refusals[0].guard == "thing_is_light"


def test_the_wrong_post_is_refused_beside_what_the_clauses_say():
    verdict = judge(MoveThing(), deed(light(11), actor=person(Post.AUDITOR)), make_rulebook())
    assert verdict.clauses == ("access", "T1a")
    assert "保密员" in verdict.refusals[0].reason


def test_a_guard_binds_to_more_special_happenings_too():
    heavy = HeavyThingLeaves(thing=uuid4(), weight=11)
    verdict = judge(MoveThing(), deed(heavy), make_rulebook())
    assert "T1a" in verdict.clauses


def test_a_guard_does_not_bind_to_other_happenings():
    verdict = judge(MoveThing(), deed(ThingReturns(thing=uuid4())), make_rulebook())
    assert verdict.allowed
    assert verdict.asked == ("access",)


def approval_for(it, *, given_by, asked_by, post=Post.GROUP_LEADER, clause="T2"):
    return Approval(
        clause=clause, subject=it.thing, post=post, given_by=given_by, asked_by=asked_by
    )


def test_an_approval_that_was_given_passes():
    it, actor = HeavyThingLeaves(thing=uuid4(), weight=1), person(Post.REGISTRAR)
    given = approval_for(it, given_by=uuid4(), asked_by=actor.id)
    assert judge(MoveThing(), deed(it, actor=actor, approvals=[given]), make_rulebook()).allowed


def test_a_missing_approval_is_refused_with_the_way_to_ask():
    it = HeavyThingLeaves(thing=uuid4(), weight=1)
    [refusal] = judge(MoveThing(), deed(it), make_rulebook()).refusals
    assert (refusal.clause, refusal.remedy_action) == ("T2", "approvals.ask")


@pytest.mark.parametrize("own", ["actor", "asker"])
def test_ones_own_approval_is_refused(own):
    it, actor, other = HeavyThingLeaves(thing=uuid4(), weight=1), person(Post.REGISTRAR), uuid4()
    giver = actor.id if own == "actor" else other
    given = approval_for(it, given_by=giver, asked_by=other)
    [refusal] = judge(
        MoveThing(), deed(it, actor=actor, approvals=[given]), make_rulebook()
    ).refusals
    assert "本人不得批准自己" in refusal.reason


@pytest.mark.parametrize("change", [{"post": Post.UNIT_HEAD}, {"clause": "T9"}])
def test_an_approval_of_something_else_does_not_count(change):
    it, actor = HeavyThingLeaves(thing=uuid4(), weight=1), person(Post.REGISTRAR)
    given = approval_for(it, given_by=uuid4(), asked_by=actor.id, **change)
    verdict = judge(MoveThing(), deed(it, actor=actor, approvals=[given]), make_rulebook())
    assert verdict.clauses == ("T2",)


def test_an_approval_of_another_thing_does_not_count():
    it, actor = HeavyThingLeaves(thing=uuid4(), weight=1), person(Post.REGISTRAR)
    given = replace(approval_for(it, given_by=uuid4(), asked_by=actor.id), subject=uuid4())
    verdict = judge(MoveThing(), deed(it, actor=actor, approvals=[given]), make_rulebook())
    assert verdict.clauses == ("T2",)


def test_a_clause_not_yet_in_force_does_not_bind():
    before = date(2019, 12, 31)
    verdict = judge(MoveThing(), deed(light(11), day=before), make_rulebook())
    assert verdict.allowed


def test_a_recorded_past_is_noted_and_not_refused():
    past = deed(shadow=(light(11),))
    assert judge(MoveThing(), past, make_rulebook()).allowed
    [note] = shadow_refusals(past, make_rulebook())
    assert note.clause == "T1a"


def test_a_past_before_the_rules_gets_no_note():
    past = deed(shadow=(light(11),), day=date(2019, 12, 31))
    assert shadow_refusals(past, make_rulebook()) == ()


def test_a_refusal_is_worded_for_who_may_not_see_the_thing():
    [refusal] = judge(MoveThing(), deed(light(11)), make_rulebook()).refusals
    assert refusal.words(lambda ref: True) == ("甲箱太重", "减轻甲箱后再搬")
    assert refusal.words(lambda ref: False) == ("某物太重", "减轻某物后再搬")
