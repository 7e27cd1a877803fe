"""Record from an old register that a paper was received, with its numbered copies (补录)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, lived_through, with_happenings
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
from baomi.registers.custody.series import FROM_BOOKS, SeriesNumber, parse_series_number


class PastReceiptInputs(PaperInputs):
    """A row of the old register of received papers."""

    registered_number: str = Field(
        default="",
        max_length=40,
        title="收文编号",
        description="照簿册填写，如 2019-001；簿册没有编号的不填",
    )
    received_on: date = Field(title="收文日期", description="簿册上的收文日期")


@dataclass(frozen=True, slots=True)
class Read:
    """The paper that the book tells of."""

    paper: Entering | None = None


class RecordPastReceipt(Action[Read]):
    """Record a past receipt."""

    name = "custody.record_past_receipt"
    title = "补录收文"
    help = "把旧簿册上的一件收文补录进来，各份编号建账；当时是否合规只作提示，不拦阻。"
    done_by = frozenset({Post.REGISTRAR})
    brings = (facts.PastPaperIsRecorded,)
    inputs = PastReceiptInputs
    recorded_past = True

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read())

    def complete(self, situation: Deed[Read], inputs: PastReceiptInputs) -> Deed[Read]:
        if inputs.received_on > situation.recorded_on:
            raise BadInput("收文日期不能晚于今天", field="received_on")
        check_references(situation, [inputs])
        paper = entering(
            situation,
            inputs,
            _series(inputs),
            on=inputs.received_on,
            first_label=load.next_label(),
        )
        completed = with_happenings(
            situation, [facts.PastPaperIsRecorded(paper=paper.paper)], facts=Read(paper)
        )
        lived = (
            facts.PaperEntersRegister(paper=paper.paper),
            *(facts.CopyIsNumbered(copy=copy) for copy in paper.copies),
        )
        return lived_through(completed, lived, on=inputs.received_on)

    def carry_out(self, deed: Deed[Read]) -> Change:
        paper = deed.facts.paper
        if paper is None:
            raise BadInput("没有填写收文内容", field="title")
        return Change(touched=write_paper(deed, paper), told=told_of(paper))


def _series(inputs: PastReceiptInputs) -> SeriesNumber:
    if not inputs.registered_number:
        year = inputs.received_on.year
        serial = load.next_serial(year, FROM_BOOKS)
        return SeriesNumber(year=year, category=FROM_BOOKS, serial=serial)
    series = parse_series_number(inputs.registered_number)
    if series is None:
        sentence = "收文编号看不懂，请写成 2019-001 的样子；簿册没有编号的不填"
        raise BadInput(sentence, field="registered_number")
    if load.serial_is_used(series.year, series.category, series.serial):
        sentence = f"收文编号 {series.text} 已经登记过，请核对簿册"
        raise BadInput(sentence, field="registered_number")
    return series
