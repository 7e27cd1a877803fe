"""Put right what a record says of a paper: descriptive fields only, with the reason.

Level, term, circle and custodian are never corrected: they change by deeds of their own.
Clauses: `baomi rules custody.correct_paper`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.numbers import parse_number
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.custody import facts, models
from baomi.registers.custody.actions.steps.choosing import one_paper
from baomi.registers.custody.actions.steps.title_index import enter_anew
from baomi.registers.wording import PlainInputs


class CorrectionInputs(PlainInputs):
    """What is right; whatever stays as it is is left empty."""

    title: str | None = Field(
        default=None, min_length=1, max_length=400, title="文件标题", description="更正后的标题"
    )
    issuer: str | None = Field(
        default=None, min_length=1, max_length=120, title="来文单位", description="更正后的来文单位"
    )
    number: str | None = Field(
        default=None, max_length=120, title="文件字号", description="更正后的文件字号"
    )
    dated_on: date | None = Field(default=None, title="成文日期", description="更正后的日期")
    pages: int | None = Field(
        default=None, ge=1, le=100_000, title="页数", description="更正后的页数"
    )
    remarks: str | None = Field(
        default=None, max_length=2000, title="备注", description="更正后的备注"
    )
    reason: str = Field(
        min_length=1, max_length=200, title="更正原因", description="写明哪里写错、依据什么更正"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The paper, the columns that change, and why."""

    paper: facts.Paper
    values: Mapping[str, Any] | None = None
    reason: str = ""


class CorrectPaper(Action[Read]):
    """Correct a paper's description."""

    name = "custody.correct_paper"
    title = "更正登记"
    help = "更正标题、来文单位、字号、日期、页数、备注；密级、期限、范围和去向不能用更正来改。"
    done_by = frozenset({Post.REGISTRAR})
    brings = (facts.RecordIsCorrected,)
    inputs = CorrectionInputs
    target = "custody.paper"

    def situate(self, asked: Asked) -> Deed[Read]:
        paper = one_paper(asked)
        happening = facts.RecordIsCorrected(paper=paper)
        return asked.deed(facts=Read(paper), happenings=[happening])

    def complete(self, situation: Deed[Read], inputs: CorrectionInputs) -> Deed[Read]:
        values = inputs.model_dump(exclude={"reason"}, exclude_none=True)
        if not values:
            raise BadInput("没有填写要更正的内容", field="title")
        if "number" in values:
            number = parse_number(values["number"])
            values["number_key"] = number.key if number else ""
        read = Read(situation.facts.paper, values, inputs.reason)
        return with_happenings(situation, situation.happenings, facts=read)

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        if read.values is None:
            raise BadInput("没有填写要更正的内容", field="title")
        models.Paper.objects.filter(id=read.paper.id).update(**read.values, ver=F("ver") + 1)
        if not read.values.keys().isdisjoint(("title", "issuer", "number")):
            enter_anew(read.paper.id)
        row = models.Correction(
            id=new_id(),
            paper_id=read.paper.id,
            copy_id=None,
            fields=sorted(read.values),
            reason=read.reason,
            corrected_on=deed.today,
            corrected_by_id=deed.actor.id,
        )
        row.save(force_insert=True)
        return Change(touched={"custody_paper": {read.paper.id}, "custody_correction": {row.id}})
