"""Open a duty by hand: something that no clause opens, with an owner and a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.fields import PersonRef
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.days_ahead import not_too_far
from baomi.registers.duties.models import Duty
from baomi.registers.office import load as office
from baomi.registers.wording import PlainInputs

BY_HAND: Final = "by_hand"


class OpenInputs(PlainInputs):
    """What, who, until when."""

    title: str = Field(
        min_length=1, max_length=80, title="应办事项", description="写明办什么，不写文件标题"
    )
    owner: PersonRef = Field(title="责任人", description="姓名、拼音首字母或证件标签")
    due_on: date = Field(title="应办日期", description="最迟办结的日期，不早于今天")


@dataclass(frozen=True, slots=True)
class Read:
    """What was entered."""

    inputs: OpenInputs | None = None


class OpenByHand(Action[Read]):
    """Open a duty by hand."""

    name = "duties.open_by_hand"
    title = "交办"
    help = "交办一件制度没有自动列出的事项，写明责任人和期限。"
    done_by = frozenset({Post.REGISTRAR, Post.OFFICE_DIRECTOR})
    brings = ()
    inputs = OpenInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read())

    def complete(self, situation: Deed[Read], inputs: OpenInputs) -> Deed[Read]:
        owner = office.person(inputs.owner, situation.today, situation.terms)
        if not owner.in_service:
            raise BadInput("责任人已不在岗，请改选在岗人员", field="owner")
        if inputs.due_on < situation.today:
            raise BadInput("应办日期不能早于今天", field="due_on")
        not_too_far(inputs.due_on, situation.today, what="应办日期", field="due_on")
        return with_happenings(situation, (), facts=Read(inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        inputs = deed.facts.inputs
        if inputs is None:
            raise BadInput("请填写应办事项", field="title")
        key = new_id()
        Duty(
            id=key,
            clause="",
            name=BY_HAND,
            title=inputs.title,
            subject=key,
            period="",
            owner=inputs.owner,
            owner_post="",
            owner_unit=None,
            opened_on=deed.today,
            due_on=inputs.due_on,
            opened_by=deed.op_id,
            state="open",
        ).save(force_insert=True)
        return Change(touched={"duties_duty": {key}}, told={"duty": str(key)})
