"""Carry copies out of the office: on a business trip, into a public place, to a social occasion.

Clauses: `baomi rules custody.carry_out`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.fields import PersonRef
from baomi.kernel.happening import Deed
from baomi.kernel.judge import EVERYONE
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.custody import facts
from baomi.registers.custody.actions.steps.choosing import (
    answers_for,
    chosen,
    known_people,
    standing_ready,
)
from baomi.registers.custody.actions.steps.movement import Step, move, together
from baomi.registers.custody.actions.steps.outings import Journey, enter_journey
from baomi.registers.custody.actions.steps.records import CARRY_OUT
from baomi.registers.wording import PlainInputs

_STATES = (facts.State.HELD,)


class CarryOutInputs(PlainInputs):
    """Who carries and keeps it, on what occasion, where to, until when."""

    carrier: PersonRef = Field(title="携带人", description="文件登记在其手中的人")
    keeper: PersonRef = Field(title="保管人", description="外出期间保管：携带人本人，或指定的专人")
    occasions: tuple[facts.Occasion, ...] = Field(
        min_length=1, max_length=3, title="场合", description="可多选"
    )
    destination: str = Field(
        min_length=1, max_length=120, title="外出地点", description="到何地、何单位"
    )
    purpose: str = Field(
        min_length=1, max_length=200, title="用途", description="为什么必须携带，如 参加评审会"
    )
    measures: str = Field(
        default="",
        max_length=500,
        title="保密措施",
        description="密件必须写明：随身保管、途中和住宿怎样存放",
    )
    leaves_on: date = Field(title="外出日期", description="从哪天起携带外出")
    back_until: date = Field(title="带回日期", description="最迟哪天带回")
    companions: tuple[PersonRef, ...] = Field(
        default=(),
        max_length=20,
        title="同行人员",
        description="绝密件必须两人以上同行；没有的不填",
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The copies, and the journey."""

    copies: Sequence[facts.Copy]
    journey: Journey | None = None


class CarryOut(Action[Read]):
    """Carry copies out of the office."""

    name = "custody.carry_out"
    title = "携带外出"
    help = "因公外出、进入公共场所或参加社交活动必须携带文件的，报经批准后登记；到期带回、检查。"
    done_by = frozenset({Post.REGISTRAR, Post.UNIT_KEEPER})
    asked_by = EVERYONE
    brings = (facts.CopyLeavesPremises,)
    inputs = CarryOutInputs
    target = "custody.copy"

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(standing_ready(asked, states=_STATES)))

    def complete(self, situation: Deed[Read], inputs: CarryOutInputs) -> Deed[Read]:
        copies = chosen(situation.facts.copies, states=_STATES, on=situation.today)
        _check_days(situation, inputs)
        journey = _journey(situation, inputs)
        leaving = (
            facts.CopyLeavesPremises(
                copy=copy,
                carrier=journey.carrier,
                carrier_has_it=copy.holder == journey.carrier.id,
                keeper=journey.keeper,
                companions=journey.companions,
                occasions=journey.occasions,
                destination=inputs.destination,
                purpose=inputs.purpose,
                measures=inputs.measures,
                leaves_on=inputs.leaves_on,
                until=inputs.back_until,
            )
            for copy in copies
        )
        return with_happenings(situation, leaving, facts=Read(copies, journey))

    def carry_out(self, deed: Deed[Read]) -> Change:
        copies, journey = deed.facts.copies, deed.facts.journey
        if journey is None:
            raise BadInput("请填写携带人", field="carrier")
        answers_for(copies, deed.actor)  # whoever only asks for the approval need not
        step = Step(
            kind=CARRY_OUT,
            holder=journey.carrier.id,
            keep_keeper=True,
            purpose=facts.CARRYING,
            remark=journey.destination,
        )
        outing, entered = enter_journey(deed, copies, journey)
        touched = together(move(deed, copies, step), entered)
        return Change(touched=touched, told={"outing": str(outing), "copies": len(copies)})


def _check_days(deed: Deed[Read], inputs: CarryOutInputs) -> None:
    if inputs.leaves_on < deed.today:
        raise BadInput("外出日期早于办理的日期，请核对；已经外出的，按补记办理", field="leaves_on")
    if inputs.back_until < inputs.leaves_on:
        raise BadInput("带回日期早于外出日期，请核对", field="back_until")
    most = deed.terms.number("outing_max_days")
    if (inputs.leaves_on - deed.today).days > most:
        raise BadInput(f"外出日期最多提前 {most} 天登记，请核对", field="leaves_on")
    if (inputs.back_until - inputs.leaves_on).days > most:
        raise BadInput(f"一次外出最多 {most} 天，请核对带回日期", field="back_until")


def _journey(deed: Deed[Read], inputs: CarryOutInputs) -> Journey:
    carrier = known_people(deed, [inputs.carrier], field="carrier")[inputs.carrier]
    keeper = known_people(deed, [inputs.keeper], field="keeper")[inputs.keeper]
    companions = known_people(deed, inputs.companions, field="companions")
    return Journey(
        carrier=carrier,
        keeper=keeper,
        companions=tuple(each for key, each in companions.items() if key != carrier.id),
        occasions=frozenset(inputs.occasions),
        destination=inputs.destination,
        purpose=inputs.purpose,
        measures=inputs.measures,
        leaves_on=inputs.leaves_on,
        back_until=inputs.back_until,
    )
