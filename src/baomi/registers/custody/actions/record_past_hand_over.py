"""Record from an old register that copies were given out (补录).

Where the book names a unit, its keeper (专人) is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, lived_through, with_happenings
from baomi.kernel.fields import PersonRef, UnitRef
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post, Purpose
from baomi.registers.custody import facts, load
from baomi.registers.custody.actions.steps.choosing import chosen
from baomi.registers.custody.actions.steps.movement import Step, move
from baomi.registers.office import load as office
from baomi.registers.wording import PlainInputs

_STATES = (facts.State.UNSTORED, facts.State.STORED)


class PastHandOverInputs(PlainInputs):
    """What the row says."""

    person: PersonRef | None = Field(
        default=None, title="领取人", description="簿册上的人员；只写单位的不填"
    )
    unit: UnitRef | None = Field(
        default=None, title="领取单位", description="簿册上只写单位的，即交给该单位的专人"
    )
    went_out_on: date = Field(title="送出日期", description="簿册上的送出日期")
    back_on: date | None = Field(
        default=None, title="退回日期", description="簿册上的退回日期，没有退回的不填"
    )
    remark: str = Field(default="", max_length=200, title="备注", description="可不填")


@dataclass(frozen=True, slots=True)
class Read:
    """The copies, who got them, and the days."""

    copies: Sequence[facts.Copy]
    holder: UUID | None = None
    purpose: Purpose = Purpose.READING
    went_out_on: date | None = None
    remark: str = ""


class RecordPastHandOver(Action[Read]):
    """Record a past hand-over."""

    name = "custody.record_past_hand_over"
    title = "补录送出"
    help = "把旧簿册上的一次送出补录进来；至今没有退回的，从补录之日起限期交回。"
    done_by = frozenset({Post.REGISTRAR})
    brings = (facts.PastCopyWentOut,)
    inputs = PastHandOverInputs
    target = "custody.copy"
    recorded_past = True

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(load.copies(asked.targets, asked.terms, asked.today)))

    def complete(self, situation: Deed[Read], inputs: PastHandOverInputs) -> Deed[Read]:
        copies = chosen(situation.facts.copies, states=_STATES)
        _check_days(situation, inputs)
        _check_only_recorded(copies)
        holder, purpose = _holder(situation, inputs)
        went_out = (
            facts.PastCopyWentOut(copy=copy, holder=holder, still_out=inputs.back_on is None)
            for copy in copies
        )
        read = Read(copies, holder, purpose, inputs.went_out_on, inputs.remark)
        completed = with_happenings(situation, went_out, facts=read)
        lived = _lived(completed, inputs.went_out_on)
        return lived_through(completed, lived, on=inputs.went_out_on)

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        if read.holder is None:
            raise BadInput("请填写领取人或领取单位", field="person")
        step = Step(
            kind="past_out",
            holder=read.holder,
            kept_by=read.holder if read.purpose is Purpose.KEEPING else None,
            purpose=read.purpose.value,
            remark=read.remark,
            on=read.went_out_on,
        )
        return Change(touched=move(deed, read.copies, step), told={"copies": len(read.copies)})


def _check_days(deed: Deed[Any], inputs: PastHandOverInputs) -> None:
    if inputs.went_out_on > deed.recorded_on:
        raise BadInput("送出日期不能晚于今天", field="went_out_on")
    if inputs.back_on is None:
        return
    if inputs.back_on < inputs.went_out_on:
        raise BadInput("退回日期早于送出日期，请核对簿册", field="back_on")
    if inputs.back_on > deed.recorded_on:
        raise BadInput("退回日期不能晚于今天", field="back_on")


def _check_only_recorded(copies: Sequence[facts.Copy]) -> None:
    newest = load.newest_movements(copy.id for copy in copies)
    if any(not moved.kind.startswith("past_") for moved in newest.values()):
        raise BadInput("选中的文件已有日常办理的记录，不能再补录送出", field="targets")


def _holder(deed: Deed[Any], inputs: PastHandOverInputs) -> tuple[UUID, Purpose]:
    if inputs.person is not None:
        return office.person(inputs.person, deed.today, deed.terms).id, Purpose.READING
    if inputs.unit is None:
        raise BadInput("请填写领取人或领取单位", field="person")
    keepers = office.holders(Post.UNIT_KEEPER, deed.today, unit=inputs.unit)
    if not keepers:
        sentence = "这个单位现在没有专人，请先任命专人，或者填写领取人"
        raise BadInput(sentence, field="unit")
    return keepers[0], Purpose.KEEPING


def _lived(deed: Deed[Read], on: date) -> tuple[facts.CopyReachesPerson, ...]:
    """What a living hand-over would have been.

    The book tells neither circle nor place: no circle recorded means that whoever got it
    belonged to it, and the place is left open.
    """
    read = deed.facts
    if read.holder is None:
        return ()
    person = _as_known(deed, read.holder, on)
    return tuple(
        facts.CopyReachesPerson(
            copy=copy if copy.paper.circle_set else _with_circle(copy, person),
            person=person,
            giver=deed.actor,
            purpose=read.purpose,
            place=None,
            overdue=(),
            units_in_circle=person.keeps_for,
            circulation_ended=False,
        )
        for copy in read.copies
    )


def _as_known(deed: Deed[Read], holder: UUID, on: date) -> Person:
    """The person on that day, or as of today where the office's records do not reach back."""
    then = office.person(holder, on, deed.terms)
    return then if then.in_service else office.person(holder, deed.today, deed.terms)


def _with_circle(copy: facts.Copy, person: Person) -> facts.Copy:
    return replace(copy, paper=replace(copy.paper, circle=frozenset({person.id})))
