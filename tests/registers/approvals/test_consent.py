"""A body outside consents by its letter: shown on a rule that a clause of a later day may make."""

from datetime import date
from uuid import UUID

import pytest

from baomi.engine import registry
from baomi.engine.attachments.attaching import Wanted, attach
from baomi.kernel.clause import Clause
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Door
from baomi.registers.approvals.models import ApprovalRequest, ApprovalStep
from baomi.registers.custody.facts import CopyLeavesPremises
from baomi.registers.duties.models import Duty
from tests.engine.attachments.samples import pdf
from tests.factories.deeds import do
from tests.registers.approvals.asking import CARRY, Outing
from tests.registers.custody.desk import refused

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

LETTER = {
    "verdict": "agree",
    "body_name": "省委办公厅",
    "letter": "×办函〔2025〕3号",
    "letter_date": "2025-03-01",
}
BY_ISSUER = "T9/approved_by_issuer"


def scan_on(asked: UUID, by: UUID) -> str:
    """The letter, scanned and attached to the request."""
    wanted = Wanted(kind="approvals.request", thing=asked, role="letter", level="internal")
    told = attach(wanted, pdf(), actor=by, door=Door.WORKER, op_id=new_id()).told
    return str(told["attachment"])


@pytest.fixture
def outing(desk, uploads, monkeypatch):
    """A copy that its issuer must let go, besides the group leader."""
    clause = Clause("T9", "制文机关同意", in_force_since=date(2020, 12, 24))
    clause.approval(title="携带外出", by=None, body="issuer", when=CopyLeavesPremises)
    rulebook = (*registry.rulebook(), clause)
    monkeypatch.setattr(registry, "rulebook", lambda: rulebook)
    return Outing(desk, level="内部")  # no more than may be scanned


def state(asked: UUID) -> str:
    return ApprovalRequest.objects.values_list("state", flat=True).get(id=asked)


def test_the_deed_waits_for_the_letter(outing, desk):
    asked = outing.ask()
    assert state(asked) == "waiting"
    no = refused(CARRY, desk.registrar, outing.copy, **outing.inputs())
    assert set(no) == {BY_ISSUER}
    scan = scan_on(asked, desk.registrar)
    do("approvals.record_consent", desk.registrar, asked, scan=scan, **LETTER)
    assert state(asked) == "granted"
    outing.carry()
    assert state(asked) == "used"
    step = ApprovalStep.objects.get(letter=LETTER["letter"])
    assert (step.body_name, step.letter_date) == ("省委办公厅", date(2025, 3, 1))
    assert not Duty.objects.filter(name="decide_the_request", state="open").exists()


def test_no_letter_no_consent(outing, desk):
    asked = outing.ask()
    guard = "X3g/consent_has_its_letter"
    assert guard in refused("approvals.record_consent", desk.registrar, asked, **LETTER)
    with pytest.raises(BadInput, match="不能晚于今天"):
        later = LETTER | {"letter_date": "2025-03-04"}
        do("approvals.record_consent", desk.registrar, asked, **later)


def test_who_asked_does_not_record_the_consent_himself(outing, desk):
    asked = outing.ask(by=desk.registrar)
    said = LETTER | {"scan": scan_on(asked, desk.registrar)}
    assert "X3g/consent_has_its_letter" in refused(
        "approvals.record_consent", desk.registrar, asked, **said
    )
    do("approvals.record_consent", desk.office.office_director, asked, **said)


def test_another_scan_than_of_this_request_is_none(outing, desk):
    asked = outing.ask()
    another = Outing(desk, level="内部", number="×办发〔2025〕8号")
    other = scan_on(another.ask(), desk.registrar)
    with pytest.raises(BadInput, match="没有附在这份报批单上"):
        do("approvals.record_consent", desk.registrar, asked, scan=other, **LETTER)


def test_a_refusing_letter_ends_the_request(outing, desk):
    asked = outing.ask()
    said = LETTER | {"verdict": "refuse", "scan": scan_on(asked, desk.registrar)}
    do("approvals.record_consent", desk.registrar, asked, **said)
    assert state(asked) == "refused"
    with pytest.raises(BadInput, match="没有等待外部机关"):
        do("approvals.record_consent", desk.registrar, asked, **said)
