"""The judge, on a rulebook of three clauses made for the test."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from baomi.kernel.action import Action, Change
from baomi.kernel.approving import Approval, Stated, digest_of
from baomi.kernel.clause import Clause
from baomi.kernel.happening import Deed, Happening
from baomi.kernel.judge import approvals_used, judge, needs, shadow_refusals
from baomi.kernel.verdict import Ref
from baomi.kernel.words import Level, Person, Post
from baomi.rulebook.terms import Terms

DAY = date(2026, 3, 2)
MOVER = uuid4()
RULE = "T2/approved_by_group_leader"


def weight(kilograms):
    return (Stated(key="weight", title="重量", value=str(kilograms), shown=f"{kilograms} 千克"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingLeaves(Happening):
    thing: UUID
    weight: int

    @property
    def subject(self) -> UUID:
        return self.thing


@dataclass(frozen=True, slots=True, kw_only=True)
class HeavyThingLeaves(ThingLeaves):
    mover: UUID = MOVER


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
    asked.approval(
        title="批准搬动重物",
        by=Post.GROUP_LEADER,
        when=HeavyThingLeaves,
        terms=lambda it: weight(it.weight),
        concerns=lambda it: frozenset({it.mover}),
    )
    return (light, asked)


def person(*posts):
    key = uuid4()
    return Person(
        id=key,
        human=key,
        name="甲",
        unit=uuid4(),
        clearance=Level.SECRET,
        posts=frozenset(posts),
        keeps_for=frozenset(),
        stands_in=(),
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


def approval_for(it, actor, **change):
    stated = weight(it.weight)
    given = Approval(
        id=uuid4(),
        rule=RULE,
        subject=it.thing,
        state="granted",
        stated=stated,
        digest=digest_of(stated),
        asked_by=actor.human,
        given_by=uuid4(),
        given_on=DAY,
        valid_until=DAY,
    )
    return replace(given, **change)


def judged(**change):
    """The verdict on a heavy thing, with one approval that differs so from a lawful one."""
    it, actor = HeavyThingLeaves(thing=uuid4(), weight=1), person(Post.REGISTRAR)
    approval = approval_for(it, actor, **change)
    asked = deed(it, actor=actor, approvals=[approval])
    return judge(MoveThing(), asked, make_rulebook()), approvals_used(asked, make_rulebook())


def test_an_approval_that_was_given_passes_and_is_used():
    verdict, used = judged()
    assert verdict.allowed
    assert len(used) == 1


def test_a_missing_approval_is_refused_with_the_way_to_ask():
    it = HeavyThingLeaves(thing=uuid4(), weight=1)
    [refusal] = judge(MoveThing(), deed(it), make_rulebook()).refusals
    assert (refusal.clause, refusal.remedy_action) == ("T2", "approvals.ask")


def test_ones_own_approval_is_refused_whether_he_asks_or_does_it():
    asker = uuid4()
    verdict, used = judged(asked_by=asker, given_by=asker)
    assert "本人不得批准自己" in verdict.refusals[0].reason
    assert used == ()
    it, actor = HeavyThingLeaves(thing=uuid4(), weight=1), person(Post.REGISTRAR)
    given = approval_for(it, actor, asked_by=uuid4(), given_by=actor.human)
    refused = judge(MoveThing(), deed(it, actor=actor, approvals=[given]), make_rulebook())
    assert "本人不得批准自己" in refused.refusals[0].reason


def test_whom_it_is_about_does_not_approve_it():
    verdict, used = judged(given_by=MOVER)
    assert not verdict.allowed
    assert used == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": "waiting", "given_by": None}, "等待"),
        ({"state": "used"}, "已经用过"),
        ({"state": "refused"}, "未获同意"),
        ({"state": "returned"}, "退回"),
        ({"state": "withdrawn"}, "撤回"),
        ({"valid_until": date(2026, 3, 1)}, "过期"),
        ({"given_on": date(2026, 3, 3)}, "先批准后办理"),
        ({"state": "expired"}, "等待过久"),
    ],
)
def test_an_approval_that_does_not_stand_is_refused_and_says_why(change, words):
    verdict, used = judged(**change)
    assert words in verdict.refusals[0].reason
    assert used == ()


def test_of_several_requests_the_nearest_to_an_approval_speaks():
    it, actor = HeavyThingLeaves(thing=uuid4(), weight=1), person(Post.REGISTRAR)
    other = weight(2)
    granted = approval_for(it, actor, stated=other, digest=digest_of(other))
    withdrawn = approval_for(it, actor, state="withdrawn")
    for order in ([granted, withdrawn], [withdrawn, granted]):
        asked = deed(it, actor=actor, approvals=order)
        [refusal] = judge(MoveThing(), asked, make_rulebook()).refusals
        assert "重量批准的是" in refusal.reason


def test_an_approval_of_other_terms_says_what_differs():
    verdict, used = judged(stated=weight(2), digest=digest_of(weight(2)))
    assert "重量批准的是“2 千克”，现在是“1 千克”" in verdict.refusals[0].reason
    assert used == ()


@pytest.mark.parametrize("change", [{"rule": "T9/approved_by_group_leader"}, {"subject": uuid4()}])
def test_an_approval_of_something_else_does_not_count(change):
    verdict, used = judged(**change)
    assert verdict.clauses == ("T2",)
    assert used == ()


def test_a_deed_needs_an_approval_for_each_thing_for_exactly_what_it_does():
    heavy = [HeavyThingLeaves(thing=uuid4(), weight=n) for n in (1, 2)]
    found = needs(deed(*heavy, light()), make_rulebook())
    assert [(each.rule, each.subject) for each in found] == [(RULE, it.thing) for it in heavy]
    assert [each.stated[0].value for each in found] == ["1", "2"]
    assert {each.interested for each in found} == {frozenset({MOVER})}


def test_what_speaks_against_a_deed_speaks_against_asking_for_it():
    refusals = judge(MoveThing(), deed(light(11)), make_rulebook()).refusals
    asking = replace(deed(), foreseen=refusals)
    assert judge(MoveThing(), asking, make_rulebook()).clauses == ("T1a",)


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
