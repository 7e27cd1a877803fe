"""Draw up a pledge (责任书) between a leader and the head of a unit: printed, then signed.

Clauses: `baomi rules governance.draw_up_pledge`.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.fields import PersonRef, UnitRef
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.governance import facts, load, models
from baomi.registers.governance.actions.steps.pledging import Signers, signer
from baomi.registers.governance.pledge_texts import CURRENT, TEXTS
from baomi.registers.office import load as office
from baomi.registers.wording import PlainInputs


class DrawUpInputs(PlainInputs):
    """Who signs with whom, for which unit and year, and for what the leader answers."""

    year: int = Field(ge=2000, le=2100, title="年度", description="责任书的年度，如 2026")
    role: facts.Role = Field(title="领导的责任", description="主要领导、分管保密工作领导或其他成员")
    leader: PersonRef = Field(title="签订领导", description="姓名、拼音首字母或工牌")
    leader_post: str = Field(
        min_length=1, max_length=80, title="领导职务", description="责任书上写的职务，如 秘书长"
    )
    unit: UnitRef = Field(title="委（办）室", description="负责人所在的委（办）室")
    head: PersonRef = Field(title="委（办）室负责人", description="姓名、拼音首字母或工牌")
    text_version: str = Field(
        default=CURRENT, max_length=20, title="文本版本", description="不填即现行文本"
    )
    copies: int = Field(default=2, ge=1, le=20, title="一式份数", description="印几份")


@dataclass(frozen=True, slots=True)
class Read:
    """What was entered; None until then."""

    inputs: DrawUpInputs | None = None


class DrawUpPledge(Action[Read]):
    """Draw up a pledge."""

    name = "governance.draw_up_pledge"
    title = "拟订保密责任书"
    help = "拟订领导与委（办）室负责人的保密责任书，印出后双方签字，再登记签订。"
    done_by = frozenset({Post.OFFICE_DIRECTOR, Post.REGISTRAR, Post.PERSONNEL})
    brings = (facts.PledgeIsDrawnUp,)
    inputs = DrawUpInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read())

    def complete(self, situation: Deed[Read], inputs: DrawUpInputs) -> Deed[Read]:
        if inputs.text_version not in TEXTS:
            known = "、".join(TEXTS)
            raise BadInput(f"没有这个文本版本，现有的版本是 {known}", field="text_version")
        leader = signer(inputs.leader, situation, field="leader")
        head = signer(inputs.head, situation, field="head")
        unit = office.open_unit(inputs.unit, field="unit")
        if load.is_pledged(inputs.year, unit.id, head.id, leader.id):
            raise BadInput(f"{head.name}与{leader.name}{inputs.year}年的责任书已经拟订，无须再办")
        signers = Signers(
            leader=leader,
            leader_on=situation.today,
            head=head,
            head_on=situation.today,
            unit=unit.id,
            unit_name=unit.name,
            role=inputs.role,
        )
        happening = facts.PledgeIsDrawnUp(**signers.told())
        return with_happenings(situation, [happening], facts=Read(inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        inputs = deed.facts.inputs
        if inputs is None:
            raise BadInput("请填写签订双方", field="leader")
        row = models.Pledge(
            id=new_id(),
            year=inputs.year,
            role=inputs.role.value,
            leader_id=inputs.leader,
            leader_post=inputs.leader_post,
            unit_id=inputs.unit,
            head_id=inputs.head,
            text_version=inputs.text_version,
            copies=inputs.copies,
            drawn_up_on=deed.today,
            drawn_up_by_id=deed.actor.id,
        )
        row.save(force_insert=True)
        return Change(touched={"governance_pledge": {row.id}}, told={"pledge": str(row.id)})
