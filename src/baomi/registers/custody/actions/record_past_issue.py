"""Record from an old register that a paper of our own was issued, with its numbered copies (补录).

Where its copies went stands in the remarks: those who got them are not of this office.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, lived_through, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.custody import facts, load
from baomi.registers.custody.actions.register_own_paper import OURSELVES
from baomi.registers.custody.actions.steps.entering import (
    CopiesInputs,
    Entering,
    PaperInputs,
    entering,
    told_of,
    write_paper,
)
from baomi.registers.custody.series import (
    FROM_BOOKS,
    OWN,
    RECEIVED,
    SeriesNumber,
    parse_series_number,
)


class PastIssueInputs(CopiesInputs):
    """A row of the old register of papers issued."""

    issued_on: date = Field(title="发文日期", description="簿册上的发文日期")
    registered_number: str = Field(
        default="",
        max_length=40,
        title="发文编号",
        description="照簿册填写，如 2022-001；簿册没有编号的不填",
    )
    number: str = Field(
        default="", max_length=120, title="发文字号", description="照文件填写，没有的不填"
    )
    title: str = Field(min_length=1, max_length=400, title="文件标题", description="照文件填写")
    level: str = Field(
        default="", max_length=40, title="密级", description="照文件填写，如 机密★10年"
    )
    term: str = Field(
        default="", max_length=40, title="保密期限", description="密级里没有写的在此填写，如 10年"
    )
    remarks: str = Field(
        default="", max_length=2000, title="备注", description="发往何处、何人签收，可不填"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The paper that the book tells of."""

    paper: Entering | None = None


class RecordPastIssue(Action[Read]):
    """Record a past issue."""

    name = "custody.record_past_issue"
    title = "补录发文"
    help = "把旧簿册上本机关的一件发文补录进来，各份编号建账；发往何处记在备注里。"
    done_by = frozenset({Post.REGISTRAR})
    brings = (facts.PastPaperIsRecorded,)
    inputs = PastIssueInputs
    recorded_past = True

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read())

    def complete(self, situation: Deed[Read], inputs: PastIssueInputs) -> Deed[Read]:
        if inputs.issued_on > situation.recorded_on:
            raise BadInput("发文日期不能晚于今天", field="issued_on")
        entered = entering(
            situation,
            PaperInputs(
                issuer=OURSELVES,
                **inputs.model_dump(exclude={"issued_on", "registered_number"}),
            ),
            _series(inputs),
            on=inputs.issued_on,
            first_label=load.next_label(),
        )
        entered = _as_our_own(entered)
        completed = with_happenings(
            situation, [facts.PastPaperIsRecorded(paper=entered.paper)], facts=Read(entered)
        )
        lived = (
            facts.PaperEntersRegister(paper=entered.paper),
            *(facts.CopyIsNumbered(copy=copy) for copy in entered.copies),
        )
        return lived_through(completed, lived, on=inputs.issued_on)

    def carry_out(self, deed: Deed[Read]) -> Change:
        paper = deed.facts.paper
        if paper is None:
            raise BadInput("没有填写发文内容", field="title")
        return Change(touched=write_paper(deed, paper), told=told_of(paper))


def _as_our_own(entered: Entering) -> Entering:
    paper = replace(entered.paper, own=True, central_or_provincial=False)
    copies = tuple(replace(copy, paper=paper) for copy in entered.copies)
    return replace(entered, paper=paper, copies=copies)


def _series(inputs: PastIssueInputs) -> SeriesNumber:
    year = inputs.issued_on.year
    if not inputs.registered_number:
        serial = load.next_serial(year, FROM_BOOKS)
        return SeriesNumber(year=year, category=FROM_BOOKS, serial=serial)
    series = parse_series_number(inputs.registered_number)
    if series is None:
        sentence = "发文编号看不懂，请写成 2022-001 的样子；簿册没有编号的不填"
        raise BadInput(sentence, field="registered_number")
    if series.category == RECEIVED:
        series = replace(series, category=OWN)
    if load.serial_is_used(series.year, series.category, series.serial):
        sentence = f"发文编号 {series.text} 已经登记过，请核对簿册"
        raise BadInput(sentence, field="registered_number")
    return series
