"""Approvals in their order: asked once, decided on the day, before the deed, the oldest first."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from baomi.engine.perform import perform
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.verdict import BadInput, Refused
from baomi.registers.approvals import reads
from baomi.registers.approvals.models import ApprovalRequest
from baomi.registers.office import load as office_load
from baomi.rulebook.terms import Terms
from tests.factories.deeds import do, request
from tests.factories.office import TODAY
from tests.registers.approvals.asking import CARRY, Outing, decide
from tests.registers.custody.desk import refused

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])


@pytest.fixture
def outing(desk):
    return Outing(desk)


def said(outing: Outing, **other) -> str:
    no = refused(CARRY, outing.desk.registrar, outing.copy, **outing.inputs(**other))
    return no["GZ2.2.5a/approved_by_group_leader"].reason


def state(asked: UUID) -> str:
    return ApprovalRequest.objects.values_list("state", flat=True).get(id=asked)


def person(key: UUID):
    return office_load.person(key, clock.today(), Terms.on(clock.today()))


def test_the_same_is_not_asked_for_twice_until_it_is_settled(outing, desk):
    asked = outing.ask()
    with pytest.raises(Refused) as no:
        outing.ask(by=desk.registrar)
    assert no.value.verdict.clauses == ("X3i",)
    decide(desk.leader, asked)
    with pytest.raises(Refused):
        outing.ask()
    do("approvals.withdraw", outing.carrier, asked)
    assert outing.ask() != asked


def test_what_waited_too_long_may_be_asked_for_again_by_anybody(outing, desk):
    later = {"leaves_on": "2025-05-18", "back_until": "2025-05-20"}
    outing.ask(**later)
    with clock.standing_at(instant_on(TODAY + timedelta(days=31), 9)):
        assert "等待过久" in said(outing, **later)
        assert outing.ask(by=desk.registrar, **later)


@pytest.mark.parametrize("action", ["approvals.decide", "approvals.withdraw"])
def test_nothing_about_an_approval_is_written_up_after_the_fact(outing, desk, action):
    asked = outing.ask()
    who = desk.leader if action == "approvals.decide" else outing.carrier
    inputs = {"verdict": "agree"} if action == "approvals.decide" else {}
    late = replace(
        request(action, who, asked, **inputs),
        happened_on=TODAY - timedelta(days=1),
        late_reason="昨天口头同意",
    )
    with pytest.raises(BadInput, match="不能补记"):
        perform(late)
    assert state(asked) == "waiting"


def test_a_deed_of_before_its_approval_is_not_carried_by_it(outing, desk):
    """Nobody carries out first and has it approved afterwards by dating the deed back."""
    with clock.standing_at(instant_on(TODAY + timedelta(days=2), 9)):
        later = {"leaves_on": "2025-03-05", "back_until": "2025-03-06"}
        decide(desk.leader, outing.ask(**later))
        late = replace(
            request(CARRY, desk.registrar, outing.copy, **outing.inputs(**later)),
            happened_on=TODAY + timedelta(days=1),
            late_reason="当时没有登记",
        )
        with pytest.raises(Refused) as no:
            perform(late)
    [refusal] = [each for each in no.value.verdict.refusals if each.clause == "GZ2.2.5a"]
    assert "先批准后办理" in refusal.reason


def test_the_oldest_request_stands_first(desk):
    asked = [Outing(desk, number=f"×办发〔2025〕{n}号").ask() for n in range(31, 35)]
    assert reads.waiting_for(person(desk.leader), Terms.on(TODAY)) == tuple(asked)
