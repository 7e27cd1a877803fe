"""Take back the newest deed on a copy: the copy goes back to where it was, duties with it.

A deed that moved several copies is taken back whole. Clauses: `baomi rules custody.undo`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.clock import day_of
from baomi.kernel.happening import Deed
from baomi.kernel.judge import EVERYONE
from baomi.kernel.verdict import BadInput
from baomi.registers.custody import facts, load
from baomi.registers.custody.actions.steps import slips
from baomi.registers.custody.actions.steps.movement import together, undo
from baomi.registers.custody.actions.steps.records import take_back
from baomi.registers.wording import PlainInputs


class UndoInputs(PlainInputs):
    """Why."""

    reason: str = Field(default="", max_length=200, title="原因", description="可不填")


@dataclass(frozen=True, slots=True)
class Read:
    """The operation that is taken back, and what it moved."""

    op: UUID
    done: Sequence[tuple[facts.Copy, load.Moved]]
    slips: Sequence[facts.Slip] = ()  # which list what is taken back
    reason: str = ""


class Undo(Action[Read]):
    """Take back the newest deed on a copy."""

    name = "custody.undo"
    title = "撤销"
    help = "当天办错时，由经办人撤销对这份文件的最近一次办理，应办事项恢复，已出具的交接清单作废。"
    done_by = EVERYONE
    brings = (facts.DeedIsUndone, facts.SlipIsVoid)
    inputs = UndoInputs
    target = "custody.copy"

    def situate(self, asked: Asked) -> Deed[Read]:
        op = _newest_operation(asked)
        moved = load.movements_of(op)
        newest = load.newest_movements({each.copy for each in moved})
        found = load.copies((each.copy for each in moved), asked.terms, asked.today)
        copies = {copy.id: copy for copy in found}
        listing = tuple(slips.slips(slips.standing_slips([op]).values()).values())
        undone = [
            facts.DeedIsUndone(
                copy=copies[each.copy],
                done_by=each.actor,
                done_on=day_of(each.at_us),
                newest=newest[each.copy].op == op,
            )
            for each in moved
        ]
        voided = [facts.SlipIsVoid(slip=slip) for slip in listing]
        done = [(copies[each.copy], each) for each in moved]
        return asked.deed(facts=Read(op, done, listing), happenings=[*undone, *voided])

    def complete(self, situation: Deed[Read], inputs: UndoInputs) -> Deed[Read]:
        read = replace(situation.facts, reason=inputs.reason)
        return with_happenings(situation, situation.happenings, facts=read)

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        moved = undo(deed, read.done, remark=read.reason)
        kinds = {each.kind for _, each in read.done}
        touched = together(
            moved, slips.void(read.slips, op=deed.op_id), take_back(read.op, kinds, by=deed.op_id)
        )
        return Change(touched=touched, voids=read.op, told={"copies": len(read.done)})


def _newest_operation(asked: Asked) -> UUID:
    load.copies(asked.targets, asked.terms, asked.today)
    newest = load.newest_movements(asked.targets)
    if not asked.targets:
        raise BadInput("没有选中文件，请先扫描或选择", field="targets")
    if len(newest) < len(set(asked.targets)):
        raise BadInput("这份文件登记以后还没有办理过，没有可以撤销的", field="targets")
    operations = {moved.op for moved in newest.values()}
    if len(operations) > 1:
        raise BadInput("选中的文件不是同一次办理的，请分别撤销", field="targets")
    return operations.pop()
