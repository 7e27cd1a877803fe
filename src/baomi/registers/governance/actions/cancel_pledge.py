"""Cancel a pledge that was drawn up and not signed: drawn up wrongly, or no longer to be signed."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.governance import facts, load, models
from baomi.registers.governance.actions.steps.choosing import only_one
from baomi.registers.wording import PlainInputs


class CancelInputs(PlainInputs):
    """Why."""

    reason: str = Field(min_length=1, max_length=200, title="理由", description="为什么作废")


@dataclass(frozen=True, slots=True)
class Read:
    """The pledge, and what was entered."""

    pledge: facts.Pledge
    inputs: CancelInputs | None = None


class CancelPledge(Action[Read]):
    """Cancel a pledge that was not signed."""

    name = "governance.cancel_pledge"
    title = "作废未签的责任书"
    help = "拟订有误或者不再签订的责任书作废；已经签订的不能作废。"
    done_by = frozenset({Post.OFFICE_DIRECTOR, Post.REGISTRAR, Post.PERSONNEL})
    brings = ()
    inputs = CancelInputs
    target = "governance.pledge"

    def situate(self, asked: Asked) -> Deed[Read]:
        found = load.pledges(asked.targets)
        return asked.deed(facts=Read(only_one(asked.targets, found, "责任书")))

    def complete(self, situation: Deed[Read], inputs: CancelInputs) -> Deed[Read]:
        pledge = situation.facts.pledge
        if pledge.signed or pledge.cancelled:
            raise BadInput("这份责任书已经签订或者作废，不能再作废", field="targets")
        return with_happenings(situation, (), facts=Read(pledge, inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        pledge, inputs = deed.facts.pledge, deed.facts.inputs
        if inputs is None:
            raise BadInput("请填写理由", field="reason")
        models.Pledge.objects.filter(id=pledge.id).update(
            cancelled_on=deed.today, cancelled_because=inputs.reason
        )
        return Change(touched={"governance_pledge": {pledge.id}})
