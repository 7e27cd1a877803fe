"""Record from an old register that copies were handed back (补录)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, lived_through, with_happenings
from baomi.kernel.fields import CabinetRef
from baomi.kernel.happening import Deed, Happening
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.custody import facts, load
from baomi.registers.custody.actions.steps.choosing import chosen
from baomi.registers.custody.actions.steps.movement import Step, move
from baomi.registers.office import load as office
from baomi.registers.office.facts import Cabinet
from baomi.registers.wording import PlainInputs


class PastReturnInputs(PlainInputs):
    """What the row says."""

    back_on: date = Field(title="退回日期", description="簿册上的退回日期")
    cabinet: CabinetRef | None = Field(
        default=None, title="文件柜", description="现在放在哪个柜；还没有入柜的不填"
    )
    remark: str = Field(default="", max_length=200, title="备注", description="可不填")


@dataclass(frozen=True, slots=True)
class Read:
    """The copies, the day, and the cabinet if it is known."""

    copies: Sequence[facts.Copy]
    back_on: date | None = None
    cabinet: Cabinet | None = None
    remark: str = ""


class RecordPastReturn(Action[Read]):
    """Record a past return."""

    name = "custody.record_past_return"
    title = "补录退回"
    help = "把旧簿册上的一次退回补录进来。"
    done_by = frozenset({Post.REGISTRAR})
    brings = (facts.PastCopyCameBack,)
    inputs = PastReturnInputs
    target = "custody.copy"
    recorded_past = True

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(load.copies(asked.targets, asked.terms, asked.today)))

    def complete(self, situation: Deed[Read], inputs: PastReturnInputs) -> Deed[Read]:
        copies = chosen(situation.facts.copies, states=(facts.State.HELD,))
        newest = load.newest_movements(copy.id for copy in copies)
        if any(newest[copy.id].kind != "past_out" for copy in copies):
            raise BadInput("选中的文件不是补录送出的，请办理“收回”", field="targets")
        if inputs.back_on > situation.recorded_on:
            raise BadInput("退回日期不能晚于今天", field="back_on")
        if any(newest[copy.id].happened_on > inputs.back_on for copy in copies):
            raise BadInput("退回日期早于送出日期，请核对簿册", field="back_on")
        cabinet = office.cabinet(inputs.cabinet) if inputs.cabinet else None
        completed = with_happenings(
            situation,
            [facts.PastCopyCameBack(copy=copy) for copy in copies],
            facts=Read(copies, inputs.back_on, cabinet, inputs.remark),
        )
        return lived_through(completed, _lived(completed), on=inputs.back_on)

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        step = Step(
            kind="past_back",
            cabinet=read.cabinet.id if read.cabinet else None,
            state=facts.State.STORED if read.cabinet else facts.State.UNSTORED,
            remark=read.remark,
            on=read.back_on,
        )
        return Change(touched=move(deed, read.copies, step), told={"copies": len(read.copies)})


def _lived(deed: Deed[Read]) -> tuple[Happening, ...]:
    """What a living return would have been, where the row tells of a cabinet."""
    cabinet = deed.facts.cabinet
    if cabinet is None:
        return ()
    copies = deed.facts.copies
    return tuple(facts.CopyEntersCabinet(copy=copy, cabinet=cabinet) for copy in copies)
