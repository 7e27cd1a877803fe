"""What a human answered to the questions of a book, bound to the rows that it was answered for.

An answer takes effect where its question is asked: while a line is read, while rows are compared,
or when an entry's deeds are told. Each answer is bound by check letters to the row as typed and to
the question, so that an answer for another version of the book is told and not taken.
"""

from __future__ import annotations

import hmac
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from baomi.entrypoints.importer.effects import BadAnswer, Effect, Names, effect_of
from baomi.entrypoints.importer.entries import Answered, BookRow, Question
from baomi.entrypoints.importer.offers import ACCEPT, DECLINE, DECLINE_WORDS, OWN, SAME
from baomi.kernel.copy_numbers import parse_copy_numbers
from baomi.kernel.spelling import fold, squeeze

_ROW_LETTERS, _QUESTION_LETTERS = 6, 4
# letters only: a spreadsheet makes numbers and days of what holds digits
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_SAME_CODES = frozenset({"same_again", "paper_again"})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Given:
    """One answer as it was given; ``line`` is where it stands in the list of answers."""

    line: int
    sheet: str
    row: int
    code: str
    check: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why an answer cannot be taken, and how to mend it. ``line``: where it stands."""

    line: int
    sentence: str


class UnsoundAnswers(Exception):
    """Some answers cannot be taken; nothing was imported."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__(f"{len(self.faults)} answers")


class Answers:
    """The answers given for one book, and which of them came into use."""

    def __init__(
        self, given: Sequence[Given] = (), names: Names | None = None, key: bytes = b""
    ) -> None:
        self._key = key
        self._names = names
        self._given: dict[tuple[int, str, str], Given] = {}
        self._declined: dict[int, list[Given]] = defaultdict(list)
        self._faults: dict[int, Fault] = {}
        self._used: set[int] = set()
        for each in given:
            place = (each.row, each.code, each.check)
            first = self._given.setdefault(place, each)
            if squeeze(each.answer) == DECLINE_WORDS:
                self._declined[each.row].append(each)
            if squeeze(first.answer) != squeeze(each.answer):
                self._fault(each, f"与第 {first.line} 行是同一个疑问，回答却不同，请只留一行。")

    @property
    def faults(self) -> Sequence[Fault]:
        """What cannot be taken, among the answers whose questions were asked."""
        return tuple(self._faults.values())

    @property
    def unused(self) -> Sequence[Given]:
        """The answers whose question was not asked so far."""
        return [each for each in self._given.values() if each.line not in self._used]

    def check_of(self, row: BookRow, question: Question | None = None) -> str:
        """The letters that bind an answer to the row's content and, after them, to a question."""
        typed = [row.sheet, row.kind, *sorted(row.typed.items())]
        letters = self._digest(typed)[:_ROW_LETTERS]
        if question is None:
            return letters
        bound = question.bound or question.text
        return letters + self._digest([typed, question.code, bound])[:_QUESTION_LETTERS]

    def decline(self, row: BookRow) -> bool:
        """Whether the row is not to be recorded, whatever becomes of the question about it."""
        if not self._given:
            return False
        letters = self.check_of(row)
        said = [
            each
            for each in self._declined.get(row.row, ())
            if each.check.startswith(letters) and each.line not in self._faults
        ]
        self._used.update(each.line for each in said)
        return bool(said)

    def settle(self, row: BookRow, question: Question, other: BookRow | None = None) -> BookRow:
        """The row with its question, or with what was answered to it.

        ``other``: the earlier row that it was compared with.
        """
        if question.code in _SAME_CODES and (row.answered.says(OWN) or row.answered.says(SAME)):
            return row
        given = self._answer_to(row, question) if self._given else None
        effect = self._effect(row, question, given) if given else None
        if given is None or effect is None:
            return replace(row, questions=(*row.questions, question))
        return _with(row, question, effect, given, other)

    def _answer_to(self, row: BookRow, question: Question) -> Given | None:
        check = self.check_of(row, question)
        given = self._given.get((row.row, question.code, check))
        if given is None:
            return None
        self._used.add(given.line)
        if check in row.answered.settled:
            self._fault(given, "照这个回答，这一行仍不清楚，请换一个回答，或填“不登记”。")
        return given

    def _effect(self, row: BookRow, question: Question, given: Given) -> Effect | None:
        if given.line in self._faults or self._names is None:
            return None
        try:
            return effect_of(row, question, given.answer, self._names)
        except BadAnswer as fault:
            self._fault(given, fault.sentence)
            return None

    def _fault(self, given: Given, sentence: str) -> None:
        self._faults.setdefault(given.line, Fault(line=given.line, sentence=sentence))

    def _digest(self, values: object) -> str:
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        return hmac.new(self._key, text.encode(), "sha256").hexdigest().translate(_LETTERS)


def read_with_answers(read: Callable[[Mapping[str, str]], BookRow], answers: Answers) -> BookRow:
    """The row as ``read`` gives it with the answered values, until no answer brings another.

    It keeps the content key of the row as typed: an entry is known again whatever was answered.
    """
    first = read({})
    if answers.decline(first):
        return replace(first, answered=Answered(declined=True))
    row, known = first, first.answered
    while True:
        row = _settled(row, known, answers)
        if row.answered.values == known.values:
            return replace(row, content_key=first.content_key)
        known = row.answered
        row = read(known.values)


def _settled(row: BookRow, known: Answered, answers: Answers) -> BookRow:
    """All questions of a line put to the answers; one that was accepted may be asked again."""
    asked = row.questions
    row = replace(row, questions=(), answered=known)
    for question in asked:
        accepted = known.decisions.get(question.code) == ACCEPT
        if not accepted or answers.check_of(row, question) not in known.settled:
            row = answers.settle(row, question)
    return row


def _with(
    row: BookRow, question: Question, effect: Effect, given: Given, other: BookRow | None
) -> BookRow:
    known = row.answered
    decisions = {question.code: effect.decision} if effect.decision else {}
    answered = replace(
        known,
        declined=known.declined or effect.decision == DECLINE,
        values={**known.values, **effect.values},
        decisions={**known.decisions, **decisions},
        receiver=effect.receiver or known.receiver,
        remarks=(*known.remarks, f"导入时答：{question.text}——{given.answer.strip()}"),
        settled=known.settled | {given.check},
    )
    if other is None or effect.decision != SAME:
        return replace(row, answered=answered)
    answered = replace(answered, kin=other.answered.kin or _kin(other))
    return replace(row, answered=answered, same_paper_as=(other.sheet, other.row))


def _kin(other: BookRow) -> tuple[str, str, str]:
    key = other.number.key if other.number else ""
    return key, fold(other.title), fold(other.issuer)


def with_late_answer(row: BookRow, answers: Answers, question: Question) -> BookRow:
    """An entry whose deeds raised a question: with the question, or with what was answered."""
    settled = answers.settle(row, question)
    values = settled.answered.values
    if "copy_numbers" in values and values != row.answered.values:
        copies = parse_copy_numbers(values["copy_numbers"], None)
        settled = replace(settled, copies=copies, count=len(copies.numbers))
    return replace(settled, unit=values.get("unit", settled.unit))
