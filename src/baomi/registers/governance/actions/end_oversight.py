"""Record that a member of the leadership oversees a unit no longer."""

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
from baomi.registers.wording import PlainInputs


class EndOversightInputs(PlainInputs):
    """The last day."""

    last_day: date | None = Field(
        default=None, title="分管至", description="最后一日，含当日；不填即办理当日"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """Who oversees what, and what was entered."""

    oversight: facts.Oversight
    inputs: EndOversightInputs | None = None


class EndOversight(Action[Read]):
    """Record that a member of the leadership oversees a unit no longer."""

    name = "governance.end_oversight"
    title = "终止领导分管"
    help = "登记领导分工调整，原来的分管到哪一日为止。"
    done_by = frozenset({Post.OFFICE_DIRECTOR, Post.REGISTRAR, Post.PERSONNEL})
    brings = ()
    inputs = EndOversightInputs
    target = "governance.oversight"

    def situate(self, asked: Asked) -> Deed[Read]:
        found = load.oversights(asked.targets)
        return asked.deed(facts=Read(only_one(asked.targets, found, "分管")))

    def complete(self, situation: Deed[Read], inputs: EndOversightInputs) -> Deed[Read]:
        oversight = situation.facts.oversight
        last_day = inputs.last_day or situation.today
        if last_day < oversight.from_on:
            raise BadInput("终止日期早于分管开始日，请核对", field="last_day")
        if oversight.until_on is not None and oversight.until_on <= last_day:
            raise BadInput("这项分管届时已经终止，无须再办", field="last_day")
        return with_happenings(situation, (), facts=Read(oversight, inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        oversight, inputs = deed.facts.oversight, deed.facts.inputs
        last_day = (inputs and inputs.last_day) or deed.today
        models.Oversight.objects.filter(id=oversight.id).update(until_on=last_day)
        return Change(touched={"governance_oversight": {oversight.id}})
