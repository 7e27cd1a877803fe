"""Take consulted copies back into the archive, with what was excerpted.

Clauses: `baomi rules custody.end_consultation`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.fields import CabinetRef
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.custody import facts
from baomi.registers.custody.actions.steps.choosing import cabinets_of, chosen, standing_ready
from baomi.registers.custody.actions.steps.movement import Step, move, together
from baomi.registers.custody.actions.steps.records import (
    CONSULT_END,
    lines_consulted,
    were_consulted,
)
from baomi.registers.office.facts import Cabinet
from baomi.registers.wording import PlainInputs

_STATES = (facts.State.HELD,)


class EndInputs(PlainInputs):
    """Where it goes, what was excerpted, and where the excerpt went."""

    cabinet: CabinetRef | None = Field(
        default=None, title="档案柜", description="不填时放回原来的档案柜"
    )
    excerpted: str = Field(
        default="",
        max_length=300,
        title="摘录、引用的内容",
        description="摘录、引用了哪些部分（第几页、哪一段）；没有摘录的不填",
    )
    excerpt_kept: str = Field(
        default="",
        max_length=200,
        title="摘录件去向",
        description="交给何人、存于何处、用于哪份文稿；没有摘录的不填",
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The copies, the cabinet of each, and what was excerpted."""

    copies: Sequence[facts.Copy]
    cabinets: Mapping[UUID, Cabinet] = field(default_factory=dict)  # by copy
    excerpted: str = ""
    excerpt_kept: str = ""


class EndConsultation(Action[Read]):
    """Take consulted copies back into the archive."""

    name = "custody.end_consultation"
    title = "归还档案"
    help = "查阅完毕的档案归还入柜，写明摘录、引用了什么以及摘录件的去向。"
    done_by = frozenset({Post.REGISTRAR, Post.ARCHIVIST})
    brings = (facts.ConsultationEnds, facts.CopyEntersCabinet)
    inputs = EndInputs
    target = "custody.copy"

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(standing_ready(asked, states=_STATES, away=facts.CONSULTING)))

    def complete(self, situation: Deed[Read], inputs: EndInputs) -> Deed[Read]:
        copies = chosen(
            situation.facts.copies, states=_STATES, on=situation.today, away=facts.CONSULTING
        )
        if inputs.excerpt_kept and not inputs.excerpted:
            raise BadInput("填了摘录件去向，请写明摘录、引用的内容", field="excerpted")
        allowed = dict(lines_consulted(copies).values_list("copy_id", "consultation__excerpts"))
        cabinets = cabinets_of(copies, inputs.cabinet)
        ending = [
            facts.ConsultationEnds(
                copy=copy,
                person=copy.holder or situation.actor.id,
                excerpted=inputs.excerpted,
                excerpt_kept=inputs.excerpt_kept,
                excerpts_approved=allowed[copy.id],
            )
            for copy in copies
        ]
        entering = [
            facts.CopyEntersCabinet(copy=copy, cabinet=cabinets[copy.id]) for copy in copies
        ]
        return with_happenings(
            situation,
            (*ending, *entering),
            facts=Read(copies, cabinets, inputs.excerpted, inputs.excerpt_kept),
        )

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        if not read.cabinets:
            raise BadInput("没有选中文件，请先扫描或选择", field="targets")
        into = dict.fromkeys(cabinet.id for cabinet in read.cabinets.values())
        moved = [
            move(
                deed,
                [copy for copy in read.copies if read.cabinets[copy.id].id == cabinet],
                Step(
                    kind=CONSULT_END,
                    cabinet=cabinet,
                    state=facts.State.ARCHIVED,
                    remark=read.excerpt_kept,
                ),
            )
            for cabinet in into
        ]
        lines = were_consulted(
            deed, read.copies, excerpted=read.excerpted, excerpt_kept=read.excerpt_kept
        )
        touched = together(*moved, {"custody_consultation_line": lines})
        return Change(touched=touched, told={"copies": len(read.copies)})
