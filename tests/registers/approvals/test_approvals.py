"""Approvals: asked for exactly, decided by who must, used once; and every way round refused."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from baomi.engine.approving import instead_of_doing
from baomi.engine.perform import perform
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput, Refused
from baomi.registers.approvals import reads
from baomi.registers.approvals.models import ApprovalNeed, ApprovalRequest, ApprovalStep
from baomi.registers.duties.models import Duty
from baomi.registers.office import load as office_load
from baomi.registers.office.models import PostHolding
from baomi.rulebook.terms import Terms
from tests.factories.deeds import do, request, unaccounted
from tests.factories.office import TODAY
from tests.registers.approvals.asking import CARRY, Outing, decide
from tests.registers.custody.desk import refused

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

BY_LEADER = "GZ2.2.5a/approved_by_group_leader"
OWN = "X3b/nobody_decides_on_his_own_matter"
NOT_HIS = "X3a/decider_holds_the_post"


@pytest.fixture
def outing(desk):
    return Outing(desk)


def refusals(outing: Outing, **other) -> dict:
    return refused(CARRY, outing.desk.registrar, outing.copy, **outing.inputs(**other))


def said(outing: Outing, **other) -> str:
    return refusals(outing, **other)[BY_LEADER].reason


def not_decided(by: UUID, asked: UUID, **how) -> set[str]:
    return set(refused("approvals.decide", by, asked, **{"verdict": "agree"} | how))


def state(asked: UUID) -> str:
    return ApprovalRequest.objects.values_list("state", flat=True).get(id=asked)


def person(key: UUID):
    return office_load.person(key, clock.today(), Terms.on(clock.today()))


def test_what_is_approved_is_done_once(outing, desk):
    assert "须先经组长（秘书长）批准" in said(outing)
    asked = outing.ask()
    assert "等待组长" in said(outing)
    decide(desk.leader, asked, reason="同意，注意安全")
    assert state(asked) == "granted"
    receipt = outing.carry()
    assert state(asked) == "used"
    assert ApprovalNeed.objects.get(request=asked).used_by == receipt.op_id
    do("custody.bring_back", desk.registrar, outing.copy, findings="完好")
    assert "已经用过" in said(outing)
    assert unaccounted() == []


def test_a_decision_is_a_duty_of_the_post(outing, desk):
    asked = outing.ask()
    need = ApprovalNeed.objects.get(request=asked)
    duty = Duty.objects.get(subject=need.id)
    assert (duty.owner_post, duty.state) == ("group_leader", "open")
    assert duty.due_on == date(2025, 3, 6)  # three working days after Monday
    decide(desk.leader, asked)
    duty.refresh_from_db()
    assert (duty.state, duty.closed_on) == ("done", TODAY)


def test_undoing_the_deed_gives_the_approval_back(outing, desk):
    asked = outing.ask()
    decide(desk.leader, asked)
    outing.carry()
    do("custody.undo", desk.registrar, outing.copy, reason="对方取消")
    assert state(asked) == "granted"
    outing.carry()
    assert state(asked) == "used"


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"back_until": "2025-03-07"}, "带回日期批准的是"),
        ({"destination": "某宾馆"}, "外出地点批准的是“省委办公厅”，现在是“某宾馆”"),
        ({"measures": "放在车里"}, "保密措施"),
    ],
)
def test_other_terms_than_the_approved_ones_are_refused(outing, desk, other, words):
    decide(desk.leader, outing.ask())
    assert words in said(outing, **other)


def test_nobody_decides_on_his_own_request(desk):
    outing = Outing(desk, desk.leader)
    asked = outing.ask()
    assert OWN in not_decided(desk.leader, asked)
    assert ApprovalNeed.objects.get(request=asked).asked_post == "deputy_group_leader"
    decide(desk.office.office_director, asked)
    assert outing.carry()


def test_whom_it_is_about_does_not_decide_though_another_asks(desk):
    outing = Outing(desk, desk.leader)
    asked = outing.ask(by=desk.registrar)
    assert OWN in not_decided(desk.leader, asked)
    decide(desk.office.office_director, asked)
    assert outing.carry(by=desk.registrar)


def test_only_the_post_decides(outing, desk):
    asked = outing.ask()
    for other in (desk.registrar, desk.office.office_director, desk.office.secrecy_leader):
        assert NOT_HIS in not_decided(other, asked)


def test_a_refusal_needs_its_reason_and_ends_the_request(outing, desk):
    asked = outing.ask()
    assert "X3d/reason_is_given" in not_decided(desk.leader, asked, verdict="refuse")
    decide(desk.leader, asked, "refuse", reason="可以远程参加")
    assert state(asked) == "refused"
    assert "未获同意" in said(outing)
    assert "X3e/request_waits_for_a_decision" in not_decided(desk.leader, asked)


def test_what_is_returned_is_asked_for_again(outing, desk):
    asked = outing.ask()
    decide(desk.leader, asked, "return", reason="写明同行人")
    again = instead_of_doing(
        request(CARRY, outing.carrier, outing.copy, **outing.inputs()), why="已补", again_of=asked
    )
    second = UUID(perform(again).told["request"])
    assert ApprovalRequest.objects.get(id=second).again_of == asked
    other = instead_of_doing(
        request(CARRY, desk.registrar, outing.copy, **outing.inputs()), why="代办", again_of=asked
    )
    with pytest.raises(BadInput, match="没有这份报批单"):
        perform(other)


def test_only_the_asker_withdraws_and_only_before_it_is_done(outing, desk):
    asked = outing.ask()
    guard = "X3f/request_is_withdrawn_by_its_asker"
    assert guard in refused("approvals.withdraw", desk.leader, asked)
    do("approvals.withdraw", outing.carrier, asked)
    assert state(asked) == "withdrawn"
    assert guard in refused("approvals.withdraw", outing.carrier, asked)
    assert "已经撤回" in said(outing)
    assert not Duty.objects.filter(name="decide_the_request", state="open").exists()


def test_an_approval_runs_out(outing, desk):
    later = {"leaves_on": "2025-03-18", "back_until": "2025-03-20"}
    decide(desk.leader, outing.ask(**later), valid_until=TODAY)
    with clock.standing_at(instant_on(TODAY + timedelta(days=1), 9)):
        assert "已经过期" in said(outing, **later)
    with pytest.raises(BadInput, match="最多 30 天"):
        decide(desk.leader, outing.ask(), valid_until=TODAY + timedelta(days=31))


def test_a_request_that_waited_too_long_is_decided_no_more(outing, desk):
    asked = outing.ask(back_until="2025-05-20")
    with clock.standing_at(instant_on(TODAY + timedelta(days=31), 9)):
        assert "X3e/request_waits_for_a_decision" in not_decided(desk.leader, asked)
        assert reads.waiting_for(person(desk.leader), Terms.on(clock.today())) == ()


def test_whose_post_ended_yesterday_decides_nothing(outing, desk):
    asked = outing.ask()
    main = PostHolding.objects.get(person=desk.leader, ex_officio=False)
    do("office.end_appointment", desk.office.security_admin, main.id)
    with clock.standing_at(instant_on(TODAY + timedelta(days=1), 9)):
        no = refused("approvals.decide", desk.leader, asked, verdict="agree")
        assert "现在空缺" in no[NOT_HIS].reason
        later = refused(
            "approvals.ask",
            outing.carrier,
            deed=CARRY,
            things=[outing.copy],
            entered=outing.inputs(leaves_on="2025-03-05"),
            reason="再报",
        )
        assert any("组长" in each.reason for each in later.values())


def test_what_the_deed_itself_would_be_refused_for_refuses_the_request(outing):
    with pytest.raises(Refused) as no:
        outing.ask(measures="")
    assert "GZ2.2.5b" in no.value.verdict.clauses
    assert not ApprovalRequest.objects.exists()


def test_what_needs_no_approval_is_not_asked_for(desk):
    outing = Outing(desk, level="内部")
    with pytest.raises(BadInput, match="不需要报批"):
        outing.ask()


def test_both_approvals_where_both_fit_and_nobody_gives_two(desk):
    outing = Outing(desk)
    both = {"occasions": ["business_trip", "public_place"]}
    asked = outing.ask(**both)
    posts = set(ApprovalNeed.objects.filter(request=asked).values_list("asked_post", flat=True))
    assert posts == {"group_leader", "secrecy_leader"}
    decide(desk.leader, asked)
    assert state(asked) == "waiting"
    assert set(refusals(outing, **both)) == {"GZ2.1.5d/approved_by_secrecy_leader"}
    assert not_decided(desk.leader, asked) & {NOT_HIS, "X3c/nobody_decides_twice"}
    decide(desk.office.secrecy_leader, asked)
    outing.carry(**both)
    assert state(asked) == "used"
    assert ApprovalStep.objects.filter(need__request=asked).count() == 2


def test_a_refusal_of_one_part_drops_the_other(desk):
    outing = Outing(desk)
    asked = outing.ask(occasions=["business_trip", "public_place"])
    decide(desk.leader, asked)
    decide(desk.office.secrecy_leader, asked, "refuse", reason="不必")
    assert state(asked) == "refused"
    assert set(ApprovalNeed.objects.values_list("state", flat=True)) == {"refused"}


def test_a_request_is_seen_by_its_asker_its_decider_and_two_posts(outing, desk):
    asked = outing.ask()
    terms = Terms.on(TODAY)
    sees = {
        who: reads.visible_to(person(who)).filter(id=asked).exists()
        for who in (outing.carrier, desk.leader, desk.registrar, desk.general, desk.keeper)
    }
    assert sees == {
        outing.carrier: True,
        desk.leader: True,
        desk.registrar: True,
        desk.general: False,
        desk.keeper: False,
    }
    assert reads.waiting_for(person(desk.leader), terms) == (asked,)
    assert reads.waiting_for(person(outing.carrier), terms) == ()
    [need] = reads.needs_of(person(desk.leader), asked, terms)
    assert need["holders"] and not need["vacant"]
    assert reads.needs_of(person(desk.general), asked, terms) == ()


def test_who_may_not_do_nor_ask_is_told_that_alone(outing, desk):
    with pytest.raises(Refused) as no:
        asked = request("office.appoint", outing.carrier, nonsense=1)
        perform(instead_of_doing(asked, why="试"))
    assert no.value.verdict.clauses == ("access",)
