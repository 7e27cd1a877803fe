"""Record that a paper's content was conveyed (传达): to whom, how, where.

Clauses: `baomi rules custody.convey_paper`.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.fields import RoomRef
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.custody import facts, models
from baomi.registers.custody.actions.steps.choosing import one_paper
from baomi.registers.office import load as office
from baomi.registers.wording import PlainInputs


class ConveyInputs(PlainInputs):
    """Audience, manner and place."""

    audience: str = Field(
        min_length=1,
        max_length=200,
        title="传达对象",
        description="向哪些人传达，如 机关全体处级干部",
    )
    audience_level: str = Field(
        min_length=1,
        max_length=80,
        title="对象层次",
        description="听传达的人最低到哪一级，如 县处级",
    )
    manner: str = Field(
        min_length=1, max_length=80, title="传达方式", description="如 口头传达、集中阅读"
    )
    place: RoomRef = Field(title="地点", description="登记过的房间")
    release_level_checked: bool = Field(
        default=False,
        title="已核对发布层次",
        description="发布层次不能自动比对的，核对无误后填“是”",
    )
    demands_kept: bool = Field(
        default=False,
        title="符合传达要求",
        description="文件标有传达要求的，核对符合后填“是”",
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The paper, and what was entered."""

    paper: facts.Paper
    inputs: ConveyInputs | None = None


class ConveyPaper(Action[Read]):
    """Record a conveying."""

    name = "custody.convey_paper"
    title = "传达登记"
    help = "登记一份文件向哪些人、以什么方式、在哪里作了传达。"
    done_by = frozenset({Post.REGISTRAR, Post.UNIT_KEEPER, Post.UNIT_HEAD, Post.OFFICE_DIRECTOR})
    brings = (facts.PaperIsConveyed,)
    inputs = ConveyInputs
    target = "custody.paper"

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(one_paper(asked)))

    def complete(self, situation: Deed[Read], inputs: ConveyInputs) -> Deed[Read]:
        paper = situation.facts.paper
        happening = facts.PaperIsConveyed(
            paper=paper,
            audience=inputs.audience,
            audience_level=inputs.audience_level,
            manner=inputs.manner,
            place=office.room(inputs.place),
            on=situation.today,
            release_level_checked=inputs.release_level_checked,
            demands_kept=inputs.demands_kept,
        )
        return with_happenings(situation, [happening], facts=Read(paper, inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        paper, inputs = deed.facts.paper, deed.facts.inputs
        if inputs is None:
            raise BadInput("请填写传达对象", field="audience")
        row = models.Conveyance(
            id=new_id(),
            paper_id=paper.id,
            conveyed_on=deed.today,
            audience=inputs.audience,
            audience_level=inputs.audience_level,
            manner=inputs.manner,
            place_id=inputs.place,
            conveyed_by_id=deed.actor.id,
        )
        row.save(force_insert=True)
        return Change(touched={"custody_conveyance": {row.id}}, told={"conveyance": str(row.id)})
