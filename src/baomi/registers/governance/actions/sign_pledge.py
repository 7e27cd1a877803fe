"""Record that a pledge (责任书) was signed: a paper with two signatures, each of its own day.

Clauses: `baomi rules governance.sign_pledge`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.governance import facts, load, models
from baomi.registers.governance.actions.steps.choosing import only_one
from baomi.registers.governance.actions.steps.pledging import Signers, signer
from baomi.registers.wording import PlainInputs


class SignInputs(PlainInputs):
    """When each of the two signed, and where the paper lies."""

    leader_signed_on: date = Field(title="领导签字日期", description="责任书上领导签的日期")
    head_signed_on: date = Field(title="负责人签字日期", description="责任书上负责人签的日期")
    place: str = Field(
        min_length=1, max_length=120, title="存放处", description="签好的责任书存放在哪里"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The pledge, and what was entered."""

    pledge: facts.Pledge
    inputs: SignInputs | None = None


class SignPledge(Action[Read]):
    """Record that a pledge was signed."""

    name = "governance.sign_pledge"
    title = "登记签订责任书"
    help = "双方在责任书上签字后，登记各自的签字日期和存放处。"
    done_by = frozenset({Post.OFFICE_DIRECTOR, Post.REGISTRAR, Post.PERSONNEL})
    brings = (facts.PledgeIsSigned,)
    inputs = SignInputs
    target = "governance.pledge"

    def situate(self, asked: Asked) -> Deed[Read]:
        found = load.pledges(asked.targets)
        return asked.deed(facts=Read(only_one(asked.targets, found, "责任书")))

    def complete(self, situation: Deed[Read], inputs: SignInputs) -> Deed[Read]:
        pledge = situation.facts.pledge
        if pledge.signed or pledge.cancelled:
            raise BadInput("这份责任书已经签订或者作废，不用再登记", field="targets")
        for day, field in (
            (inputs.leader_signed_on, "leader_signed_on"),
            (inputs.head_signed_on, "head_signed_on"),
        ):
            if day > situation.today:
                raise BadInput("签字日期不能晚于办理日，请核对", field=field)
        signers = Signers(
            leader=signer(pledge.leader, situation, field="targets"),
            leader_on=inputs.leader_signed_on,
            head=signer(pledge.head, situation, field="targets"),
            head_on=inputs.head_signed_on,
            unit=pledge.unit,
            unit_name=pledge.unit_name,
            role=pledge.role,
        )
        happening = facts.PledgeIsSigned(
            **signers.told(), signed_on=max(inputs.leader_signed_on, inputs.head_signed_on)
        )
        return with_happenings(situation, [happening], facts=Read(pledge, inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        pledge, inputs = deed.facts.pledge, deed.facts.inputs
        if inputs is None:
            raise BadInput("请填写双方的签字日期", field="leader_signed_on")
        models.Pledge.objects.filter(id=pledge.id).update(
            leader_signed_on=inputs.leader_signed_on,
            head_signed_on=inputs.head_signed_on,
            place=inputs.place,
            recorded_on=deed.today,
            recorded_by=deed.actor.id,
        )
        return Change(touched={"governance_pledge": {pledge.id}})
