"""Every approval of the rulebook, through every door: missing, one's own, given, used once."""

from dataclasses import replace

import pytest

from baomi.engine import registry
from baomi.registers.approvals.models import ApprovalRequest
from baomi.registers.office.load import label as label_of
from tests.entrypoints.asking import DONE, REFUSED, Answered, Asked
from tests.entrypoints.scenarios.consents import CONSENTS
from tests.factories.deeds import size

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

APPROVALS = pytest.mark.parametrize("rule", sorted(CONSENTS))
OWN = "X3b/nobody_decides_on_his_own_matter"


def newest_request() -> str:
    """The label of the request that was made last."""
    serials = ApprovalRequest.objects.order_by("-label_serial")
    return label_of("A", serials.values_list("label_serial", flat=True)[0])


def decided(door, request: str, post: str) -> Answered:
    """What the holder of a post is answered when he agrees to a request."""
    inputs = {"verdict": "agree"}
    return door.act(Asked(action="approvals.decide", post=post, targets=[request], inputs=inputs))


def test_every_approval_has_its_scenario():
    declared = {
        rule.key
        for clause in registry.rulebook()
        for part in clause.every_part()
        for rule in part.approvals
    }
    assert set(CONSENTS) == declared


@APPROVALS
def test_without_it_nothing_is_done_and_with_it_once(rule, desk, door):
    consent = CONSENTS[rule](desk)
    before = size()
    missing = door.act(consent.deed)
    assert missing.outcome == REFUSED
    assert rule in missing.guards
    assert size() == before
    assert door.act(replace(consent.deed, why="工作需要")).outcome == DONE
    request = newest_request()
    assert door.act(consent.deed).outcome == REFUSED  # it was asked for, and not given
    for post in consent.deciders:
        if ApprovalRequest.objects.filter(state="waiting").exists():
            assert decided(door, request, post).outcome == DONE
    before = size()
    assert door.act(consent.deed).outcome == DONE
    assert size() > before


@APPROVALS
def test_nobody_gives_it_to_himself(rule, desk, door):
    consent = CONSENTS[rule](desk)
    asked = replace(consent.deed, post=consent.own, why="工作需要")
    assert door.act(asked).outcome == DONE
    own = decided(door, newest_request(), consent.own)
    assert (own.outcome, own.guards) == (REFUSED, {OWN})
    assert rule in door.act(consent.deed).guards
