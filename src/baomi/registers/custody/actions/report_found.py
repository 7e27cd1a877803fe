"""Report that a missing copy was found, and lock it into a cabinet.

Clauses: `baomi rules custody.report_found`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.fields import CabinetRef
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.custody import facts
from baomi.registers.custody.actions.steps.choosing import chosen, standing_ready
from baomi.registers.custody.actions.steps.movement import Step, move, together
from baomi.registers.custody.actions.steps.records import found_again
from baomi.registers.office import load as office
from baomi.registers.office.facts import Cabinet
from baomi.registers.wording import PlainInputs


class FoundInputs(PlainInputs):
    """Where it was, and where it is locked in."""

    cabinet: CabinetRef = Field(title="文件柜", description="找到后锁进哪个柜")
    circumstances: str = Field(
        min_length=1, max_length=500, title="情况", description="何时何处找到、为何不在登记处"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The copies, the cabinet, and what is known."""

    copies: Sequence[facts.Copy]
    cabinet: Cabinet | None = None
    circumstances: str = ""


class ReportFound(Action[Read]):
    """Report a missing copy found."""

    name = "custody.report_found"
    title = "报告找到"
    help = "下落不明的文件找到后，写明情况并锁进文件柜。"
    done_by = frozenset({Post.REGISTRAR})
    brings = (facts.CopyIsFound, facts.CopyEntersCabinet)
    inputs = FoundInputs
    target = "custody.copy"

    def situate(self, asked: Asked) -> Deed[Read]:
        copies = standing_ready(asked, states=(facts.State.MISSING,))
        found = (facts.CopyIsFound(copy=copy) for copy in copies)
        return asked.deed(facts=Read(copies), happenings=found)

    def complete(self, situation: Deed[Read], inputs: FoundInputs) -> Deed[Read]:
        copies = chosen(situation.facts.copies, states=(facts.State.MISSING,), on=situation.today)
        cabinet = office.cabinet(inputs.cabinet)
        entering = (facts.CopyEntersCabinet(copy=copy, cabinet=cabinet) for copy in copies)
        return with_happenings(
            situation,
            (*situation.happenings, *entering),
            facts=Read(copies, cabinet, inputs.circumstances),
        )

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        if read.cabinet is None:
            raise BadInput("请填写文件柜", field="cabinet")
        step = Step(
            kind="found",
            cabinet=read.cabinet.id,
            state=facts.State.STORED,
            remark=read.circumstances,
        )
        touched = together(
            move(deed, read.copies, step),
            found_again(deed, read.copies, how=read.circumstances),
        )
        return Change(touched=touched, told={"copies": len(read.copies)})
