"""Confirm a slip by oneself, logged in under one's own name.

Clauses: `baomi rules custody.acknowledge_slip`.
"""

from __future__ import annotations

from dataclasses import dataclass

from baomi.kernel.action import Action, Asked, Change, Inputs
from baomi.kernel.happening import Deed
from baomi.kernel.judge import EVERYONE
from baomi.kernel.verdict import BadInput
from baomi.registers.custody import facts
from baomi.registers.custody.actions.steps import slips
from baomi.registers.custody.load import UNKNOWN_SLIP


@dataclass(frozen=True, slots=True)
class Read:
    """The slip; None until one is named."""

    slip: facts.Slip | None


class AcknowledgeSlip(Action[Read]):
    """Confirm a slip by oneself."""

    name = "custody.acknowledge_slip"
    title = "确认收到"
    help = "清单上的接交人本人登录后确认：清单所列文件已经收到或交回，与在纸质清单上签字相同。"
    done_by = EVERYONE
    brings = (facts.SlipIsConfirmed,)
    target = "custody.slip"

    def situate(self, asked: Asked) -> Deed[Read]:
        slip = slips.slip_before(asked)
        if slip is None:
            return asked.deed(facts=Read(None))
        if slip.person != asked.actor.id:
            own = slip.drawn_up_by == asked.actor.id
            sentence = "清单由接交人本人确认，您不能代为确认" if own else UNKNOWN_SLIP
            raise BadInput(sentence, field="targets")
        return asked.deed(facts=Read(slip), happenings=[facts.SlipIsConfirmed(slip=slip)])

    def complete(self, situation: Deed[Read], inputs: Inputs) -> Deed[Read]:
        if situation.facts.slip is None:
            raise BadInput("请选定一张交接清单，或扫描清单上的标签", field="targets")
        return situation

    def carry_out(self, deed: Deed[Read]) -> Change:
        slip = deed.facts.slip
        if slip is None:
            raise BadInput("请选定一张交接清单，或扫描清单上的标签", field="targets")
        touched = slips.confirm(slip, on=deed.today, how=slips.LOGIN)
        return Change(touched=touched, told={"label": slip.label})
