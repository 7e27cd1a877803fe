"""Whether an entry speaks of a paper that is recorded; what only a human can say about that."""

from __future__ import annotations

from collections.abc import Sequence

from baomi.entrypoints.importer.entries import BookRow, Question
from baomi.entrypoints.importer.memory import Memory, Recorded, agree
from baomi.entrypoints.importer.offers import KEEP, OWN, SAME
from baomi.kernel.marks import Term
from baomi.kernel.words import Level
from baomi.registers.custody import load as custody
from baomi.registers.custody.series import parse_series_number

_SAME_OR_NOT: tuple[str, ...] = ("同一份文件", "两份不同的文件")


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
    if row.answered.says(OWN):
        return None
    if row.answered.kin and (kin := memory.of_kin(row.answered.kin)):
        return _with_its_mark(row, kin)
    known = memory.of_number(row.number.key) if row.number else ()
    same = [each for each in known if agree(row.title, each.title)]
    same = [each for each in same if agree(row.issuer, each.issuer)]
    if len(same) == 1:
        return _with_its_mark(row, same[0])
    if known:
        return _which_of(row, same or known)
    if near := memory.near_number(row):
        if row.answered.decisions.get("near_number") == SAME:
            return _with_its_mark(row, near)
        text = (
            f"文号“{row.number_typed}”与已登记的 {near.reference}（{near.number}）很像，"
            "是同一份文件吗？"
        )
        raise Asked(
            Question(code="near_number", text=text, choices=_SAME_OR_NOT, bound=near.identity)
        )
    if row.answered.kin:
        text = "与它同一份的那一行还没有登记，请先登记那一行。"
        raise Asked(Question(code="other_row_first", text=text))
    return None


def _which_of(row: BookRow, known: Sequence[Recorded]) -> Recorded:
    """The one paper among those of the number that a human named, where it must be asked."""
    said = row.answered.decisions.get("same_number")
    named = [each for each in known if each.reference == said]
    if said == SAME and len(known) == 1:
        named = [known[0]]
    if len(named) == 1:
        return _with_its_mark(row, named[0])
    references = tuple(each.reference for each in known[:5])
    text = (
        f"文号与已登记的 {'、'.join(references)} 相同，是同一份文件吗？标题或来文机关不同，请核对。"
    )
    if len(known) == 1:
        choices, bound = _SAME_OR_NOT, known[0].identity
    else:
        choices, bound = (*references, _SAME_OR_NOT[1]), ""
    raise Asked(Question(code="same_number", text=text, choices=choices, bound=bound))


def _with_its_mark(row: BookRow, paper: Recorded) -> Recorded:
    if not row.answered.says(KEEP):
        _compare_marks(row, paper)
    return paper


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
        bound = paper.identity
        raise Asked(Question(code="mark_differs", text=text, choices=choices, bound=bound))


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
