"""Whether an entry speaks of a paper that is recorded; what only a human can say about that."""

from __future__ import annotations

from baomi.entrypoints.importer.entries import BookRow, Question
from baomi.entrypoints.importer.memory import Memory, Recorded, agree
from baomi.kernel.marks import Term
from baomi.kernel.words import Level
from baomi.registers.custody import load as custody
from baomi.registers.custody.series import parse_series_number

_SAME_OR_NOT = ("同一份文件", "两份不同的文件")


class Asked(Exception):
    """Only a human can say what the entry means."""

    def __init__(self, question: Question) -> None:
        self.question = question
        super().__init__(question.code)


class Denied(Exception):
    """What the entry says cannot be true beside what is recorded. ``field``: where it says so."""

    def __init__(self, code: str, sentence: str, field: str) -> None:
        self.code = code
        self.sentence = sentence
        self.field = field
        super().__init__(code)


def recorded_paper(row: BookRow, memory: Memory) -> Recorded | None:
    """The paper of the entry, if it is recorded. Raises ``Asked`` when that cannot be told."""
    known = memory.of_number(row.number.key) if row.number else ()
    same = [each for each in known if agree(row.title, each.title)]
    same = [each for each in same if agree(row.issuer, each.issuer)]
    if len(same) == 1:
        _compare_marks(row, same[0])
        return same[0]
    if known:
        listed = "、".join(each.reference for each in (same or known)[:5])
        text = f"文号与已登记的 {listed} 相同，是同一份文件吗？标题或来文机关不同，请核对。"
        raise Asked(Question(code="same_number", text=text, choices=_SAME_OR_NOT))
    if near := memory.near_number(row):
        text = (
            f"文号“{row.number_typed}”与已登记的 {near.reference}（{near.number}）很像，"
            "是同一份文件吗？"
        )
        raise Asked(Question(code="near_number", text=text, choices=_SAME_OR_NOT))
    return None


def _compare_marks(row: BookRow, paper: Recorded) -> None:
    """A term that only one of the two states is no contradiction; nor is a loan without a level."""
    code = {"work_secret": "internal"}.get(row.mark.level_code, row.mark.level_code)
    level = Level.of(code) if code != "none" else None
    if level is None and row.kind == "loan":
        return
    stated = (row.mark.term.kind, row.mark.term.value) if row.mark.term else None
    if level != paper.level or (stated and paper.term and _other_length(stated, paper.term)):
        text = f"与已登记的 {paper.reference} 是同一份文件，密级或期限却不同，以哪一个为准？"
        choices = ("已登记的", "这一行")
        raise Asked(Question(code="mark_differs", text=text, choices=choices))


def _other_length(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return _months(Term(kind=one[0], value=one[1])) != _months(Term(kind=other[0], value=other[1]))


def _months(term: Term) -> tuple[str, str]:
    if term.kind == "years":
        return "months", str(int(term.value) * 12)
    return term.kind, term.value


def check_number_is_free(number: str) -> None:
    """Raises ``Denied`` for a running number that another paper bears or that was voided."""
    series = parse_series_number(number)
    if series and custody.serial_is_used(series.year, series.category, series.serial):
        sentence = f"收文编号 {series.text} 已经登记过，请核对簿册。"
        raise Denied("registered_number", sentence, "receiving_number")
