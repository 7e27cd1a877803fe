"""How an approval is given (X3), and who releases from a duty (X4)."""

from dataclasses import replace
from datetime import timedelta
from unittest import mock
from uuid import UUID

from baomi.engine import registry
from baomi.engine.attachments import store
from baomi.kernel.clause import Clause
from baomi.kernel.clock import clock, instant_on
from baomi.registers.attachments.models import Attachment
from baomi.registers.custody.facts import CopyLeavesPremises
from baomi.registers.duties.models import Duty
from baomi.registers.office.load import label as label_of
from tests.engine.attachments.samples import pdf
from tests.entrypoints.asking import Asked, label, name
from tests.entrypoints.scenarios.scene import Scene, shows
from tests.factories.deeds import do
from tests.factories.office import FOUNDED_ON, TODAY
from tests.registers.approvals.asking import Outing, decide

LONG_AGO = TODAY - timedelta(days=40)


def decided(number: int, post: str = "group_leader", **inputs: str) -> Asked:
    """The deed by which somebody decides on the first, second … request."""
    said = {"verdict": "同意", **inputs}
    return Asked(action="approvals.decide", post=post, targets=[label_of("A", number)], inputs=said)


@shows("X3a/decider_holds_the_post")
def decided_by_another_post(desk):
    Outing(desk).ask()
    return Scene(decided(1), decided(1, "office_director"))


@shows("X3b/nobody_decides_on_his_own_matter")
def leader_decides_for_himself(desk):
    Outing(desk).ask()
    Outing(desk, desk.leader, number="").ask()
    return Scene(decided(1), decided(2))


@shows("X3c/nobody_decides_twice")
def leader_decides_both_steps(desk):
    asked = Outing(desk).ask(occasions=["business_trip", "public_place"])
    decide(desk.leader, asked)
    return Scene(decided(1, "secrecy_leader"), decided(1))


@shows("X3d/reason_is_given")
def refused_without_a_reason(desk):
    Outing(desk).ask()
    unlawful = decided(1, verdict="不同意")
    return Scene(unlawful.but(reason="可以远程参加"), unlawful)


@shows("X3e/request_waits_for_a_decision")
def decided_after_it_waited_too_long(desk):
    with clock.standing_at(instant_on(LONG_AGO, 9)):
        Outing(desk).ask(leaves_on=LONG_AGO.isoformat())
    Outing(desk, desk.keeper, number="").ask()
    return Scene(decided(2), decided(1))


@shows("X3f/request_is_withdrawn_by_its_asker")
def withdrawn_by_another(desk):
    Outing(desk).ask(by=desk.registrar)
    lawful = Asked(action="approvals.withdraw", post="registrar", targets=[label_of("A", 1)])
    return Scene(lawful, replace(lawful, post="office_director"))


@shows("X3i/nothing_is_asked_for_twice")
def asked_for_again(desk):
    asked, other = Outing(desk), Outing(desk, number="")
    asked.ask(by=desk.registrar)
    reader = name(desk.reader)
    said = {
        **asked.inputs(carrier=reader, keeper=reader),
        "occasions": ("因公外出",),
    }

    def asking(outing: Outing) -> Asked:
        return Asked(
            action="custody.carry_out",
            post="registrar",
            targets=[label(outing.copy)],
            inputs=said,
            why="会议须当场核对原件",
        )

    return Scene(asking(other), asking(asked))


def outside() -> Clause:
    """A clause that leaves the decision to a body outside: no clause of the rules does so yet."""
    clause = Clause("X9", "外部机关同意", in_force_since=FOUNDED_ON)
    clause.a.approval(title="携带外出", by=None, when=CopyLeavesPremises, body="issuer")
    return clause


def attached(desk, request: UUID) -> UUID:
    """A letter that was scanned and attached to a request."""
    upload = store.keep(pdf(), "pdf", desk.registrar)
    said = {"kind": "approvals.request", "thing": request, "role": "letter", "level": "internal"}
    do("attachments.attach", desk.registrar, upload=upload, **said)
    return Attachment.objects.values_list("id", flat=True).get(thing=request)


@shows("X3g/consent_has_its_letter")
def consent_recorded_without_its_letter(desk):
    with mock.patch.object(registry, "rulebook", lambda: (outside(),)):
        asked = Outing(desk, level="内部").ask()
    unlawful = Asked(
        action="approvals.record_consent",
        post="registrar",
        targets=[label_of("A", 1)],
        inputs={
            "verdict": "同意",
            "body_name": "省委办公厅",
            "letter": "×办函〔2025〕3号",
            "letter_date": TODAY.isoformat(),
        },
    )
    return Scene(unlawful.but(scan=str(attached(desk, asked))), unlawful)


def waived(name: str, post: str = "group_leader") -> Asked:
    """The deed by which somebody waives the open duty of a name."""
    key = Duty.objects.values_list("id", flat=True).get(name=name, state="open")
    inputs = {"reason": "机构改革，不再任命"}
    return Asked(action="duties.waive", post=post, targets=[str(key)], inputs=inputs)


def overdue_for_long(desk):
    """A unit without a head, and a copy that its reader never brought back."""
    with clock.standing_at(instant_on(FOUNDED_ON, 14)):
        do("office.add_unit", desk.office.security_admin, name="信访办")
        _, copies = desk.ready()
        desk.give(copies[0])


@shows("X4a/duty_may_be_waived")
def return_of_a_copy_waived(desk):
    overdue_for_long(desk)
    return Scene(waived("fill_the_post"), waived("return_the_copy"))


@shows("X4b/waiver_holds_the_post")
def waived_by_who_owes_it(desk):
    overdue_for_long(desk)
    return Scene(waived("fill_the_post"), waived("fill_the_post", "office_director"))
