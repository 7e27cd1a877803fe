"""What became of each entry of a book, and the sums that must agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from baomi.entrypoints.importer.book import Book
from baomi.entrypoints.importer.entries import BookRow, Problem, Question
from baomi.entrypoints.importer.readings import Reading

DECLINED = "declined"
"""Why an entry is passed over that a human said not to record."""
KNOWN = "known"
"""Why an entry is passed over that an earlier import recorded: beside the reasons of lines."""

FATES = {
    "done": "登记",
    "known": "已登记过",
    "question": "疑问",
    "refused": "拒收",
    "skipped": "略过",
}
"""What may become of a physical row, and the word for it."""


class Fate(StrEnum):
    """What becomes of an entry."""

    DONE = "done"
    KNOWN = "known"  # recorded before, by this import's earlier run or from another file
    DECLINED = "declined"
    ASKED = "asked"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became, or would become, of one entry. ``noted``: the rules had something to say.

    ``row``: the entry with what was answered while its deeds were told; ``actions``: its deeds.
    """

    fate: Fate
    problems: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    noted: bool = False
    papers: int = 0
    copies: int = 0
    entries: int = 0  # entries of the ledger
    row: BookRow | None = None
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question as it is put to a human. ``allowed``: what may be answered, in words.

    ``choices``: the answers that lie near; ``check``: letters that bind an answer to the row's
    content and to the question.
    """

    sheet: str
    row: int
    code: str
    column: str
    text: str
    choices: tuple[str, ...]
    allowed: str
    check: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewLine:
    """One physical row. ``fate`` is one of ``FATES``; ``reason`` says why it is not recorded.

    ``text``: what would be recorded, or what the row speaks of; never a title. ``readings``:
    values read otherwise than they are typed.
    """

    sheet: str
    row: int
    fate: str
    reason: str
    text: str
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an import would do: ``rows`` = ``done`` + ``questions`` + ``refused`` + ``skipped``.

    ``rows`` are the physical rows of the file; ``noted`` are among ``done``; ``papers`` and
    ``copies`` are new ones. ``skipped_because``: counts by reason, ``known`` and ``declined``
    among them. ``asked``: the questions that stand, as they can be answered. ``lines``: each
    physical row; empty in a ``Result``.
    """

    rows: int
    done: int
    noted: int
    questions: int
    refused: int
    skipped: int
    papers: int
    copies: int
    problems: list[Problem]
    skipped_because: Mapping[str, int] = field(default_factory=dict)
    asked: tuple[OpenQuestion, ...] = ()
    lines: tuple[PreviewLine, ...] = ()


class Result(Preview):
    """What an import did: the same numbers."""

    __slots__ = ()


def sums(book: Book, outcomes: Sequence[Outcome], notices: Iterable[Problem]) -> dict[str, Any]:
    """The figures over a book, as ``Preview`` and ``Result`` take them.

    ``notices``: what is said of whole sheets.
    """
    fates = Counter(outcome.fate for outcome in outcomes)
    lines = sum(1 for problem in book.problems if problem.row is not None)
    passed = {KNOWN: fates[Fate.KNOWN], DECLINED: fates[Fate.DECLINED]}
    because = book.skipped_by_reason() | {why: count for why, count in passed.items() if count}
    problems = [*book.problems, *notices, *(p for outcome in outcomes for p in outcome.problems)]
    return {
        "rows": book.physical_rows,
        "done": fates[Fate.DONE],
        "noted": sum(1 for outcome in outcomes if outcome.noted),
        "questions": fates[Fate.ASKED],
        "refused": fates[Fate.REFUSED] + lines,
        "skipped": len(book.skipped) + sum(passed.values()),
        "papers": sum(outcome.papers for outcome in outcomes),
        "copies": sum(outcome.copies for outcome in outcomes),
        "problems": _in_order(book, problems),
        "skipped_because": because,
    }


def _in_order(book: Book, problems: list[Problem]) -> list[Problem]:
    """As they stand in the file; what concerns a whole sheet comes before its rows."""
    sheets = {name: place for place, name in enumerate(book.columns)}
    return sorted(problems, key=lambda p: (sheets.get(p.sheet, len(sheets)), p.row or 0))
