"""Register a paper of our own: its handler answers for its level and term from then on.

Clauses: `baomi rules custody.register_own_paper`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.fields import PersonRef, UnitRef
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.custody import facts, load
from baomi.registers.custody.actions.steps.entering import (
    Entering,
    PaperInputs,
    check_references,
    entering,
    told_of,
    write_paper,
)
from baomi.registers.custody.series import OWN, SeriesNumber
from baomi.registers.wording import PlainInputs

OURSELVES = "本机关"


class OwnPaperInputs(PlainInputs):
    """What the paper is and who handles it. Level and term are marked by a deed of their own."""

    title: str = Field(min_length=1, max_length=400, title="文件标题", description="拟稿的标题")
    carrier: facts.Carrier = Field(
        title="载体类别",
        description="信息载在什么上面",
    )
    handler: PersonRef | None = Field(
        default=None, title="承办人", description="不填时为登记人本人"
    )
    handling_unit: UnitRef | None = Field(
        default=None, title="承办单位", description="不填时为承办人所在单位"
    )
    number: str = Field(default="", max_length=120, title="发文字号", description="尚未编号的不填")
    dated_on: date | None = Field(default=None, title="拟稿日期", description="不填时为空")
    pages: int | None = Field(default=None, ge=1, le=100_000, title="页数", description="每份页数")
    remarks: str = Field(default="", max_length=2000, title="备注", description="可不填")


@dataclass(frozen=True, slots=True)
class Read:
    """The paper that is entered."""

    paper: Entering | None = None


class RegisterOwnPaper(Action[Read]):
    """Register a paper that this body makes."""

    name = "custody.register_own_paper"
    title = "本机关文件登记"
    help = "登记本机关拟制的文件并编号；密级和保密期限由承办人另行标明，标明后才能编份号。"
    done_by = frozenset({Post.ANYONE})
    brings = (facts.PaperEntersRegister,)
    inputs = OwnPaperInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read())

    def complete(self, situation: Deed[Read], inputs: OwnPaperInputs) -> Deed[Read]:
        actor = situation.actor
        handler = inputs.handler or actor.id
        if handler != actor.id and Post.REGISTRAR not in actor.posts:
            raise BadInput("只能登记自己承办的文件，他人承办的请由保密员登记", field="handler")
        described = PaperInputs(
            issuer=OURSELVES,
            title=inputs.title,
            number=inputs.number,
            dated_on=inputs.dated_on,
            carrier=inputs.carrier,
            pages=inputs.pages,
            handler=handler,
            handling_unit=inputs.handling_unit or _own_unit(situation, handler),
            remarks=inputs.remarks,
        )
        check_references(situation, [described])
        year = situation.today.year
        series = SeriesNumber(year=year, category=OWN, serial=load.next_serial(year, OWN))
        paper = entering(situation, described, series, own=True, first_label=1)
        happening = facts.PaperEntersRegister(paper=paper.paper)
        return with_happenings(situation, [happening], facts=replace(situation.facts, paper=paper))

    def carry_out(self, deed: Deed[Read]) -> Change:
        paper = deed.facts.paper
        if paper is None:
            raise BadInput("没有填写文件", field="title")
        return Change(touched=write_paper(deed, paper), told=told_of(paper))


def _own_unit(deed: Deed[Read], handler: UUID) -> UUID | None:
    return deed.actor.unit if handler == deed.actor.id else None
