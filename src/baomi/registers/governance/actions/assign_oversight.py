"""Record which unit a member of the leadership oversees (分管), from which day.

Clauses: `baomi rules governance.assign_oversight`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.fields import PersonRef, UnitRef
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.governance import facts, load, models
from baomi.registers.office import load as office
from baomi.registers.wording import PlainInputs


class OversightInputs(PlainInputs):
    """Who oversees which unit, from when."""

    leader: PersonRef = Field(title="分管领导", description="领导班子成员的姓名")
    unit: UnitRef = Field(title="分管单位", description="主管的委（办）室")
    scope: str = Field(
        default="", max_length=200, title="分管业务", description="主管的业务和人员，可不填"
    )
    from_on: date | None = Field(default=None, title="分管自", description="不填即办理当日")
    until_on: date | None = Field(default=None, title="分管至", description="含当日；不填即无期限")
    letter: str = Field(
        min_length=1, max_length=80, title="分工文号", description="领导分工文件的文号"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """What was entered; None until then."""

    inputs: OversightInputs | None = None


class AssignOversight(Action[Read]):
    """Record which unit a member of the leadership oversees."""

    name = "governance.assign_oversight"
    title = "登记领导分管"
    help = "按领导分工文件登记班子成员主管哪个委（办）室、自何日起。"
    done_by = frozenset({Post.OFFICE_DIRECTOR, Post.REGISTRAR, Post.PERSONNEL})
    brings = (facts.OversightIsAssigned,)
    inputs = OversightInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read())

    def complete(self, situation: Deed[Read], inputs: OversightInputs) -> Deed[Read]:
        first = inputs.from_on or situation.today
        if inputs.until_on is not None and inputs.until_on < first:
            raise BadInput("分管截止日早于开始日，请核对", field="until_on")
        leader = office.people([inputs.leader], situation.today, situation.terms).get(inputs.leader)
        if leader is None:
            raise BadInput("查无此人，请核对姓名", field="leader")
        if not leader.in_service:
            raise BadInput(f"{leader.name}不在岗，不能分管", field="leader")
        unit = office.open_unit(inputs.unit, field="unit")
        if load.oversights_of(unit.id, first, inputs.until_on):
            raise BadInput(f"{unit.name}这段时间已有分管领导，请先终止原来的分管", field="unit")
        happening = facts.OversightIsAssigned(
            leader=leader,
            unit=unit.id,
            leader_posts=office.posts_between(leader.id, first, first),
        )
        return with_happenings(situation, [happening], facts=Read(inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        inputs = deed.facts.inputs
        if inputs is None:
            raise BadInput("请填写分管领导和单位", field="leader")
        row = models.Oversight(
            id=new_id(),
            leader_id=inputs.leader,
            unit_id=inputs.unit,
            scope=inputs.scope,
            from_on=inputs.from_on or deed.today,
            until_on=inputs.until_on,
            letter=inputs.letter,
            recorded_by_id=deed.actor.id,
        )
        row.save(force_insert=True)
        return Change(touched={"governance_oversight": {row.id}}, told={"oversight": str(row.id)})
