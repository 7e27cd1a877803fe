"""Record the plan of a year (保密工作计划) as the leading group adopted it, or a change of it.

Clauses: `baomi rules governance.adopt_plan`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.fields import PersonRef, UnitRef
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.days_ahead import not_too_far
from baomi.registers.governance import facts, load
from baomi.registers.governance.actions.steps.yearly import (
    MOST_ITEMS,
    YearlyInputs,
    check_yearly,
    known_people,
    known_units,
    write_version,
)
from baomi.registers.office import load as office
from baomi.registers.wording import PlainInputs


class GoalInputs(PlainInputs):
    """One goal of the plan: what, by whom, until when."""

    what: str = Field(min_length=1, max_length=300, title="工作内容", description="要做什么")
    unit: UnitRef | None = Field(
        default=None, title="责任单位", description="单位和责任人至少填一项"
    )
    person: PersonRef | None = Field(
        default=None, title="责任人", description="姓名、拼音首字母或工牌"
    )
    due_on: date | None = Field(default=None, title="完成期限", description="没有期限的不填")


class PlanInputs(YearlyInputs):
    """The plan and its goals."""

    goals: tuple[GoalInputs, ...] = Field(
        min_length=1, max_length=MOST_ITEMS, title="工作目标", description="逐项填写，至少一项"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """What was entered, and the version that it replaces; None until then."""

    inputs: PlanInputs | None = None
    earlier: facts.Yearly | None = None


class AdoptPlan(Action[Read]):
    """Record the plan of a year."""

    name = "governance.adopt_plan"
    title = "登记年度计划"
    help = "登记领导小组审定的年度保密工作计划和各项目标；再次登记即为修改，原来的一版保留。"
    done_by = frozenset({Post.OFFICE_DIRECTOR, Post.REGISTRAR})
    brings = (facts.PlanIsAdopted,)
    inputs = PlanInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read())

    def complete(self, situation: Deed[Read], inputs: PlanInputs) -> Deed[Read]:
        earlier = check_yearly(load.PLAN, inputs, situation)
        if any(each.unit is None and each.person is None for each in inputs.goals):
            raise BadInput("每项工作目标都须填写责任单位或者责任人", field="goals")
        for each in inputs.goals:
            not_too_far(each.due_on, situation.today, what="完成期限", field="goals")
        known_units((each.unit for each in inputs.goals), field="goals")
        known_people((each.person for each in inputs.goals), situation, field="goals")
        happening = facts.PlanIsAdopted(
            office=office.office_id(),
            year=inputs.year,
            adopted_on=inputs.adopted_on or situation.today,
        )
        return with_happenings(situation, [happening], facts=Read(inputs, earlier))

    def carry_out(self, deed: Deed[Read]) -> Change:
        inputs = deed.facts.inputs
        if inputs is None:
            raise BadInput("请填写年度和工作目标", field="year")
        items = [
            {
                "what": each.what,
                "unit_id": each.unit,
                "person_id": each.person,
                "due_on": each.due_on,
            }
            for each in inputs.goals
        ]
        key, touched = write_version(load.PLAN, inputs, items, deed.facts.earlier, deed)
        return Change(touched=touched, told={"yearly": str(key)})
