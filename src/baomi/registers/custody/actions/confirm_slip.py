"""Record that a slip came back signed.

Clauses: `baomi rules custody.confirm_slip`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.attachments import load as attachments
from baomi.registers.attachments.facts import Role
from baomi.registers.custody import facts
from baomi.registers.custody.actions.steps import slips
from baomi.registers.custody.load import UNKNOWN_SLIP


class ConfirmSlipInputs(Inputs):
    """The signed paper, where it was scanned in."""

    scan: UUID | None = Field(
        default=None,
        title="签字清单的扫描件",
        description="附件登记簿中该份附件的编号（id）；没有扫描的不填",
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The slip; None until one is named. And the signed paper, scanned in."""

    slip: facts.Slip | None
    scan: UUID | None = None


class ConfirmSlip(Action[Read]):
    """Record that a slip came back signed."""

    name = "custody.confirm_slip"
    title = "登记已签清单"
    help = "签了字的交接清单交回后登记；清单原件与登记簿一并保存。专人只登记自己出具的清单。"
    done_by = frozenset({Post.REGISTRAR, Post.UNIT_KEEPER})
    brings = (facts.SlipIsConfirmed,)
    inputs = ConfirmSlipInputs
    target = "custody.slip"

    def situate(self, asked: Asked) -> Deed[Read]:
        slip = slips.slip_before(asked)
        if slip is None:
            return asked.deed(facts=Read(None))
        draws_up = Post.REGISTRAR in asked.actor.posts or slip.drawn_up_by == asked.actor.id
        if slip.person == asked.actor.id:
            raise BadInput("清单上的接交人是您本人，请改为办理“确认收到”", field="targets")
        if not draws_up:
            raise BadInput(UNKNOWN_SLIP, field="targets")
        return asked.deed(facts=Read(slip), happenings=[facts.SlipIsConfirmed(slip=slip)])

    def complete(self, situation: Deed[Read], inputs: ConfirmSlipInputs) -> Deed[Read]:
        slip = situation.facts.slip
        if slip is None:
            raise BadInput("请选定一张交接清单，或扫描清单上的标签", field="targets")
        if inputs.scan is None:
            return situation
        scan = attachments.attached([inputs.scan]).get(inputs.scan)
        if scan is None or scan.thing != slip.id or scan.void or scan.role != Role.SIGNED:
            raise BadInput("没有这份扫描件，或它不是这张清单的签字件，请核对", field="scan")
        return replace(situation, facts=Read(slip, inputs.scan))

    def carry_out(self, deed: Deed[Read]) -> Change:
        slip = deed.facts.slip
        if slip is None:
            raise BadInput("请选定一张交接清单，或扫描清单上的标签", field="targets")
        touched = slips.confirm(slip, on=deed.today, how=slips.SIGNATURE, scan=deed.facts.scan)
        return Change(touched=touched, told={"label": slip.label})
