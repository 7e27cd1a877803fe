"""Report that a copy cannot be found.

Clauses: `baomi rules custody.report_missing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.judge import EVERYONE
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.custody import facts
from baomi.registers.custody.actions.steps.choosing import chosen, standing_ready
from baomi.registers.custody.actions.steps.movement import Step, move
from baomi.registers.wording import PlainInputs

_STATES = (facts.State.UNSTORED, facts.State.STORED, facts.State.HELD, facts.State.ARCHIVED)


class MissingInputs(PlainInputs):
    """What is known."""

    circumstances: str = Field(
        min_length=1, max_length=500, title="情况", description="何时发现、最后在何处、已如何查找"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The copies, and what is known."""

    copies: Sequence[facts.Copy]
    circumstances: str = ""


class ReportMissing(Action[Read]):
    """Report a copy missing."""

    name = "custody.report_missing"
    title = "报告下落不明"
    help = "发现文件找不到时立即报告：持有人、经管的专人和保密员都可以办理。"
    done_by = EVERYONE
    brings = (facts.CopyGoesMissing,)
    inputs = MissingInputs
    target = "custody.copy"

    def situate(self, asked: Asked) -> Deed[Read]:
        copies = standing_ready(asked, states=_STATES, away=None)
        missing = (facts.CopyGoesMissing(copy=copy, last_holder=copy.holder) for copy in copies)
        return asked.deed(facts=Read(copies), happenings=missing)

    def complete(self, situation: Deed[Read], inputs: MissingInputs) -> Deed[Read]:
        copies, actor = (
            chosen(situation.facts.copies, states=_STATES, on=situation.today, away=None),
            situation.actor,
        )
        answers = all(actor.id in (copy.holder, copy.kept_by) for copy in copies)
        if not answers and Post.REGISTRAR not in actor.posts:
            raise BadInput("这份文件不由您持有或经管，请告诉保密员由其报告", field="targets")
        return with_happenings(
            situation, situation.happenings, facts=Read(copies, inputs.circumstances)
        )

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        step = Step(kind="missing", state=facts.State.MISSING, remark=read.circumstances)
        return Change(touched=move(deed, read.copies, step), told={"copies": len(read.copies)})
