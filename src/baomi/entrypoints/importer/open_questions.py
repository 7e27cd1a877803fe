"""The questions that stand after a look at a book, and whether the answers to it are sound."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from baomi.entrypoints.importer.answers import Answers, Fault, Given, UnsoundAnswers
from baomi.entrypoints.importer.entries import BookRow, Question
from baomi.entrypoints.importer.offers import offer_of
from baomi.entrypoints.importer.tally import Fate, OpenQuestion, Outcome
from baomi.entrypoints.importer.wording import Wording

_SETTLED = frozenset({Fate.KNOWN, Fate.DECLINED})
_SHORTEST_TITLE = 2
_AGAIN = "请重新导出疑问（--questions），在新的一份里回答"

Asking = tuple[BookRow, Outcome]
Place = tuple[int, str, str]


def open_questions(
    entries: Iterable[Asking], wording: Wording, answers: Answers
) -> tuple[OpenQuestion, ...]:
    """The questions of the entries, as they are put to a human; no title is in them."""
    return tuple(
        _open(row, question, wording, answers)
        for row, outcome in entries
        for question in outcome.questions
    )


def _open(row: BookRow, question: Question, wording: Wording, answers: Answers) -> OpenQuestion:
    offer = offer_of(question)
    text = question.text
    if len(row.title) >= _SHORTEST_TITLE:
        text = text.replace(row.title, "（标题）")
    return OpenQuestion(
        sheet=row.sheet,
        row=row.row,
        code=question.code,
        column=wording.column_of(row, question),
        text=text,
        choices=offer.choices,
        allowed=offer.words,
        check=answers.check_of(row, question),
    )


def places_of(asked: Iterable[OpenQuestion]) -> frozenset[Place]:
    """What binds an answer to each question: row, code and check letters."""
    return frozenset((each.row, each.code, each.check) for each in asked)


def check_unused(
    entries: Sequence[Asking], asked: Iterable[OpenQuestion], answers: Answers
) -> Collection[Given]:
    """The answers that nothing asked for although their rows are as they were.

    Another answer may have settled their questions. Raises ``UnsoundAnswers`` with all that
    cannot be taken for certain: for a row that is not there, that changed, or for a question
    that changed.
    """
    standing = {(each.row, each.code) for each in asked}
    rows: dict[int, list[Asking]] = {}
    for row, outcome in entries:
        rows.setdefault(row.row, []).append((row, outcome))
    faults, moot = list(answers.faults), []
    for given in answers.unused:
        sentence = _flaw(given, rows, standing, answers)
        if sentence:
            faults.append(Fault(line=given.line, sentence=sentence))
        elif sentence is None:
            moot.append(given)
    if faults:
        raise UnsoundAnswers(faults)
    return moot


def _flaw(
    given: Given,
    rows: Mapping[int, list[Asking]],
    standing: Collection[tuple[int, str]],
    answers: Answers,
) -> str | None:
    """Why it cannot be taken; "" when it no longer matters, None when that is not yet known."""
    where = f"“{given.sheet}”第 {given.row} 行" if given.sheet else f"第 {given.row} 行"
    there = rows.get(given.row, [])
    if not there:
        return f"簿册的{where}没有这样一条登记，请核对行号；行有增删的，{_AGAIN}。"
    same = [(r, o) for r, o in there if given.check.startswith(answers.check_of(r))]
    if not same:
        return f"{where}的内容在提问以后改动过（核对码不符），{_AGAIN}。"
    if any(outcome.fate in _SETTLED for _, outcome in same):
        return ""
    if (given.row, given.code) in standing:
        return f"{where}的这个疑问已经变了（核对码不符），{_AGAIN}。"
    return None


def refuse_unasked(moot: Iterable[Given], asked_before: Collection[Place]) -> None:
    """Raises ``UnsoundAnswers`` for answers to what is not asked even without any answer."""
    faults = [
        Fault(
            line=given.line,
            sentence=f"第 {given.row} 行没有问“{given.code}”，请删去这一行回答，或核对问题编号。",
        )
        for given in moot
        if (given.row, given.code, given.check) not in asked_before
    ]
    if faults:
        raise UnsoundAnswers(faults)
