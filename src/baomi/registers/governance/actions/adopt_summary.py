"""Record the summary of a year (保密工作总结) as the leading group adopted it, or a change of it.

Clauses: `baomi rules governance.adopt_summary`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.fields import Pick
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.governance import facts, load
from baomi.registers.governance.actions.steps.yearly import (
    MOST_ITEMS,
    YearlyInputs,
    check_yearly,
    write_version,
)
from baomi.registers.office import load as office
from baomi.registers.wording import PlainInputs

GoalRef = Annotated[UUID, Pick("governance.item")]


class DoneInputs(PlainInputs):
    """One thing that was done, and which goal of the plan it meets."""

    what: str = Field(
        min_length=1, max_length=300, title="完成情况", description="做了什么，效果如何"
    )
    goal: GoalRef | None = Field(
        default=None, title="对应目标", description="计划年度/序号，如 2026/1；计划外的不填"
    )


class SummaryInputs(YearlyInputs):
    """The summary and what was done."""

    done: tuple[DoneInputs, ...] = Field(
        min_length=1, max_length=MOST_ITEMS, title="工作情况", description="逐项填写，至少一项"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """What was entered, and the version that it replaces; None until then."""

    inputs: SummaryInputs | None = None
    earlier: facts.Yearly | None = None


class AdoptSummary(Action[Read]):
    """Record the summary of a year."""

    name = "governance.adopt_summary"
    title = "登记年度总结"
    help = "登记领导小组审定的年度保密工作总结和各项工作情况；再次登记即为修改，原来的一版保留。"
    done_by = frozenset({Post.OFFICE_DIRECTOR, Post.REGISTRAR})
    brings = (facts.SummaryIsAdopted,)
    inputs = SummaryInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read())

    def complete(self, situation: Deed[Read], inputs: SummaryInputs) -> Deed[Read]:
        earlier = check_yearly(load.SUMMARY, inputs, situation)
        if inputs.year > situation.today.year:
            raise BadInput("这一年还没有开始，不能总结，请核对年度", field="year")
        named = {each.goal for each in inputs.done if each.goal is not None}
        if named - load.goals_among(named):
            raise BadInput("没有这项工作目标，请核对计划的年度和序号", field="done")
        happening = facts.SummaryIsAdopted(
            office=office.office_id(),
            year=inputs.year,
            adopted_on=inputs.adopted_on or situation.today,
        )
        return with_happenings(situation, [happening], facts=Read(inputs, earlier))

    def carry_out(self, deed: Deed[Read]) -> Change:
        inputs = deed.facts.inputs
        if inputs is None:
            raise BadInput("请填写年度和工作情况", field="year")
        items = [{"what": each.what, "goal_id": each.goal} for each in inputs.done]
        key, touched = write_version(load.SUMMARY, inputs, items, deed.facts.earlier, deed)
        return Change(touched=touched, told={"yearly": str(key)})
