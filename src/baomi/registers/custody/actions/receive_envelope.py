"""Open an envelope: check what is in it against the slip, register every paper, number its copies.

Clauses: `baomi rules custody.receive_envelope`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.numbers import parse_number
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.custody import facts, load, models
from baomi.registers.custody.actions.steps.entering import (
    MOST_ROWS,
    Entering,
    PaperInputs,
    check_references,
    entering,
    told_of,
    write_paper,
)
from baomi.registers.custody.actions.steps.movement import together
from baomi.registers.custody.series import RECEIVED, SeriesNumber
from baomi.registers.wording import PlainInputs


class EnvelopeInputs(PlainInputs):
    """The envelope, its slip, and the papers that were found in it."""

    sender: str = Field(
        min_length=1, max_length=120, title="发件单位", description="封套上的发件单位"
    )
    sent_number: str = Field(
        default="", max_length=60, title="发送编号", description="封套或清单上的编号，没有的不填"
    )
    intact: bool = Field(title="包装完好", description="封套密封完好填“是”，破损填“否”")
    papers_stated: int = Field(
        ge=0, le=MOST_ROWS, title="清单件数", description="随件清单上写的件数"
    )
    difference: str = Field(
        default="",
        max_length=500,
        title="不符情况说明",
        description="件数不符或包装破损的，写明情况和如何处理",
    )
    category: str = Field(
        default=RECEIVED,
        min_length=1,
        max_length=20,
        title="编号类别",
        description="收文编号的类别",
    )
    papers: tuple[PaperInputs, ...] = Field(
        min_length=1, max_length=200, title="文件", description="拆封所见的每一件文件"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """What was entered, and the papers that it makes."""

    inputs: EnvelopeInputs | None = None
    envelope: UUID | None = None
    papers: tuple[Entering, ...] = ()


class ReceiveEnvelope(Action[Read]):
    """Open an envelope and register what is in it."""

    name = "custody.receive_envelope"
    title = "收文登记"
    help = "拆封、清点，逐件登记来文并编收文编号，每一份都编号建账。"
    done_by = frozenset({Post.REGISTRAR})
    brings = (facts.PaperEntersRegister, facts.CopyIsNumbered)
    inputs = EnvelopeInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read())

    def complete(self, situation: Deed[Read], inputs: EnvelopeInputs) -> Deed[Read]:
        _check_count(inputs)
        _check_not_entered(inputs)
        check_references(situation, inputs.papers)
        envelope = new_id()
        papers = _papers(situation, inputs, envelope)
        copies = [copy for each in papers for copy in each.copies]
        if len(papers) + len(copies) > MOST_ROWS:
            raise BadInput("一次登记的份数太多，请分几次登记", field="papers")
        happenings = (
            *(facts.PaperEntersRegister(paper=each.paper) for each in papers),
            *(facts.CopyIsNumbered(copy=copy) for copy in copies),
        )
        return with_happenings(situation, happenings, facts=Read(inputs, envelope, papers))

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        if read.inputs is None or read.envelope is None:
            raise BadInput("没有填写来文内容", field="papers")
        inputs = read.inputs
        models.Envelope(
            id=read.envelope,
            received_on=deed.today,
            sender=inputs.sender,
            sent_number=inputs.sent_number,
            intact=inputs.intact,
            papers_stated=inputs.papers_stated,
            papers_found=len(inputs.papers),
            difference=inputs.difference,
            received_by_id=deed.actor.id,
        ).save(force_insert=True)
        written = [write_paper(deed, each) for each in read.papers]
        told: dict[str, Any] = {
            "envelope": str(read.envelope),
            "papers": [told_of(each) for each in read.papers],
        }
        touched = together({"custody_envelope": {read.envelope}}, *written)
        return Change(touched=touched, told=told)


def _check_count(inputs: EnvelopeInputs) -> None:
    found = len(inputs.papers)
    if found != inputs.papers_stated and not inputs.difference:
        sentence = f"清单写 {inputs.papers_stated} 件，实收 {found} 件，请写明不符的情况"
        raise BadInput(sentence, field="difference")
    if not inputs.intact and not inputs.difference:
        raise BadInput("包装破损的，请写明情况和如何处理", field="difference")


def _check_not_entered(inputs: EnvelopeInputs) -> None:
    seen: set[tuple[str, str]] = set()
    for paper in inputs.papers:
        number = parse_number(paper.number)
        if number is None:
            continue
        if (paper.issuer, number.key) in seen:
            sentence = f"{number.canonical} 填了两次，同一文件的各份请填在一行"
            raise BadInput(sentence, field="papers")
        seen.add((paper.issuer, number.key))
        if entered := load.entered_as(paper.issuer, number.key):
            sentence = f"{number.canonical} 已登记为 {entered}，补到的份数请办理“编份号”"
            raise BadInput(sentence, field="papers")


def _papers(deed: Deed[Read], inputs: EnvelopeInputs, envelope: UUID) -> tuple[Entering, ...]:
    year, category = deed.today.year, inputs.category
    serial, label = load.next_serial(year, category), load.next_label()
    papers: list[Entering] = []
    for number, described in enumerate(inputs.papers, start=serial):
        series = SeriesNumber(year=year, category=category, serial=number)
        entered = entering(deed, described, series, envelope=envelope, first_label=label)
        label += len(entered.copies)
        papers.append(entered)
    return tuple(papers)
