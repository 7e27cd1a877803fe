"""Lock copies into a cabinet: new ones, or from one cabinet into another.

Clauses: `baomi rules custody.store_copies`.
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
from baomi.registers.custody.actions.steps.movement import Step, move
from baomi.registers.office import load as office
from baomi.registers.office.facts import Cabinet
from baomi.registers.wording import PlainInputs

_STATES = (facts.State.UNSTORED, facts.State.STORED)


class StoreInputs(PlainInputs):
    """Which cabinet."""

    cabinet: CabinetRef = Field(title="文件柜", description="柜名或柜标签")
    remark: str = Field(default="", max_length=200, title="备注", description="可不填")


@dataclass(frozen=True, slots=True)
class Read:
    """The copies, and where they go."""

    copies: Sequence[facts.Copy]
    cabinet: Cabinet | None = None
    remark: str = ""


class StoreCopies(Action[Read]):
    """Lock copies into a cabinet."""

    name = "custody.store_copies"
    title = "入柜"
    help = "把编号文件锁进登记过的文件柜，也用于换柜。"
    done_by = frozenset({Post.REGISTRAR})
    brings = (facts.CopyLeavesCabinet, facts.CopyEntersCabinet)
    inputs = StoreInputs
    target = "custody.copy"

    def situate(self, asked: Asked) -> Deed[Read]:
        copies = standing_ready(asked, states=_STATES)
        leaving = [
            facts.CopyLeavesCabinet(copy=copy)
            for copy in copies
            if copy.state is facts.State.STORED
        ]
        return asked.deed(facts=Read(copies), happenings=leaving)

    def complete(self, situation: Deed[Read], inputs: StoreInputs) -> Deed[Read]:
        copies = chosen(situation.facts.copies, states=_STATES, on=situation.today)
        cabinet = office.cabinet(inputs.cabinet)
        if any(copy.cabinet == cabinet.id for copy in copies):
            raise BadInput("选中的文件已经在这个柜里，请核对", field="cabinet")
        entering = (facts.CopyEntersCabinet(copy=copy, cabinet=cabinet) for copy in copies)
        return with_happenings(
            situation,
            (*situation.happenings, *entering),
            facts=Read(copies, cabinet, inputs.remark),
        )

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        if read.cabinet is None:
            raise BadInput("请填写文件柜", field="cabinet")
        step = Step(
            kind="store",
            cabinet=read.cabinet.id,
            state=facts.State.STORED,
            remark=read.remark,
        )
        return Change(touched=move(deed, read.copies, step), told={"copies": len(read.copies)})
