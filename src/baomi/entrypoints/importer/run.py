"""Import a register book: first look what it would do, then do it.

The past is recorded, not judged (补录). Each entry is one commit: an import that was interrupted
goes on where it stopped when it is run again, and a second import adds nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from baomi.engine import refusals, registry
from baomi.engine.asked import asked
from baomi.engine.head import read_head
from baomi.engine.keys import mac_key
from baomi.engine.pen import NotFounded
from baomi.engine.request import Request
from baomi.engine.witness import witness
from baomi.entrypoints.importer.answers import Answers, Given, UnsoundAnswers
from baomi.entrypoints.importer.book import Book, read_register
from baomi.entrypoints.importer.cells import UnreadableBook
from baomi.entrypoints.importer.entries import BookRow, Problem
from baomi.entrypoints.importer.foretelling import Foretelling
from baomi.entrypoints.importer.headless import without_heading
from baomi.entrypoints.importer.memory import Memory
from baomi.entrypoints.importer.open_questions import (
    check_unused,
    open_questions,
    places_of,
    refuse_unasked,
)
from baomi.entrypoints.importer.people import Receivers
from baomi.entrypoints.importer.plan import RECEIPT, Desk
from baomi.entrypoints.importer.preview_lines import preview_lines
from baomi.entrypoints.importer.recording import Recorder
from baomi.entrypoints.importer.tally import Fate, Outcome, Preview, PreviewLine, Result, sums
from baomi.entrypoints.importer.wording import Wording, reason_of
from baomi.kernel.clock import clock
from baomi.kernel.ids import new_id
from baomi.kernel.judge import judge
from baomi.kernel.verdict import Refused
from baomi.kernel.words import Door, Person

__all__ = [
    "Given",
    "Preview",
    "PreviewLine",
    "Problem",
    "Result",
    "UnsoundAnswers",
    "do",
    "preview",
]

ENTRIES_AT_ONCE = 64
"""Entries of the ledger after which the caller may seal."""

Mapped = Mapping[str, str]
_File = tuple[Path, str]  # where it lies, and what it is called if the path does not say


def preview(
    path: Path,
    *,
    actor: UUID,
    mapping: Mapped | None = None,
    answers: Sequence[Given] = (),
    name: str = "",
) -> Preview:
    """What importing the book would do. Nothing is recorded.

    ``mapping``: heading → field, as ``read_register`` takes it. ``answers``: to the questions of
    an earlier look (``Preview.asked``). ``name``: what the file is called, where the path does not
    say it. Raises ``UnreadableBook``, also for a book in which no heading row is found;
    ``UnsoundAnswers`` when any of them cannot be taken; ``Refused`` for somebody who may not
    import; ``BadInput`` for an unknown person.
    """
    work = _opened((path, name), _entitled(actor, keep=False), mapping, answers)
    outcomes = _rehearsed(work)
    lines = preview_lines(work.book, outcomes, Foretelling(work.receivers))
    return Preview(**_told(work, outcomes), lines=lines)


def do(
    path: Path,
    *,
    actor: UUID,
    mapping: Mapped | None = None,
    answers: Sequence[Given] = (),
    name: str = "",
    progress: Callable[[int, int], None] = lambda _done, _of: None,
    after_batch: Callable[[], None] = lambda: None,
) -> Result:
    """Import the book.

    ``progress(done, of)`` is called after each entry, outside every transaction;
    ``after_batch()`` each time that 64 ledger entries have come together, at the end, and at the
    beginning, for what an interrupted import may have left unsealed.
    Raises what ``preview`` raises; an entry that cannot be recorded stops nothing.
    """
    work = _opened((path, name), _entitled(actor, keep=True), mapping, answers)
    if answers:
        _rehearsed(work)
    outcomes: list[Outcome] = []
    unsealed = 0
    after_batch()
    for row in work.book.rows:
        outcomes.append(work.recorder.record(row))
        unsealed += outcomes[-1].entries
        if unsealed >= ENTRIES_AT_ONCE:
            after_batch()
            unsealed = 0
        progress(len(outcomes), len(work.book.rows))
    _keep_refusals(actor, work.book, outcomes)
    if unsealed:
        after_batch()
    return Result(**_told(work, outcomes))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """A book that was read, and who records it with what was answered."""

    file: _File
    person: Person
    mapping: Mapped | None
    book: Book
    answers: Answers
    wording: Wording
    receivers: Receivers
    recorder: Recorder


def _opened(file: _File, person: Person, mapping: Mapped | None, given: Sequence[Given]) -> _Work:
    path, name = file
    head = read_head()
    if head is None:
        raise NotFounded
    receivers = Receivers(person)
    answers = Answers(given, receivers, mac_key())
    book = read_register(path, mapping=mapping, today=clock.today(), answers=answers, name=name)
    if not book.has_heading:
        raise UnreadableBook(without_heading(book))
    wording = Wording(book)
    desk = Desk(Memory(person), receivers, book.columns)
    return _Work(
        file=file,
        person=person,
        mapping=mapping,
        book=book,
        answers=answers,
        wording=wording,
        receivers=receivers,
        recorder=Recorder(person.id, head.log_id, desk, wording, answers),
    )


def _rehearsed(work: _Work) -> list[Outcome]:
    """What would become of each row. Raises ``UnsoundAnswers``."""
    rows = work.book.rows
    outcomes: dict[int, Outcome] = {}
    for places in _groups(rows):
        tried = work.recorder.rehearse([rows[place] for place in places])
        outcomes.update(zip(places, tried, strict=True))
    in_order = [outcomes[place] for place in range(len(rows))]
    entries = list(zip(rows, in_order, strict=True))
    moot = check_unused(entries, open_questions(entries, work.wording, work.answers), work.answers)
    if moot:
        bare = _opened(work.file, work.person, work.mapping, ())
        refuse_unasked(moot, places_of(_told(bare, _rehearsed(bare))["asked"]))
    return in_order


def _told(work: _Work, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    rows = work.book.rows
    asked = open_questions(zip(rows, outcomes, strict=True), work.wording, work.answers)
    return sums(work.book, outcomes, work.wording.notices(rows)) | {"asked": asked}


def _entitled(actor: UUID, *, keep: bool) -> Person:
    """The person, if he may record the past. ``keep``: a refusal is kept as one."""
    action = registry.actions()[RECEIPT]
    request = Request(
        action=RECEIPT, actor=actor, targets=(), inputs={}, op_id=new_id(), door=Door.IMPORT
    )
    deed = asked(action, request).deed(facts=None)
    verdict = judge(action, deed, ())
    if not verdict.allowed:
        witness(verdict, deed, Door.IMPORT)
        if keep:
            refusals.record(
                actor=actor, action=RECEIPT, targets=(), clauses=verdict.clauses, door=Door.IMPORT
            )
        raise Refused(verdict)
    return deed.actor


def _groups(rows: Sequence[BookRow]) -> Iterable[Sequence[int]]:
    """Places of rows that speak of one paper, together: the later ones depend on the earlier."""
    groups: dict[str, list[int]] = {}
    keys: dict[tuple[str, int], str] = {}
    joined: dict[str, str] = {}
    for place, row in enumerate(rows):
        key = _first(joined, row.number.key if row.number else f"row {place}")
        if row.same_paper_as in keys:
            first = _first(joined, keys[row.same_paper_as])
            if first != key:
                joined[key] = first
                groups[first] = sorted(groups[first] + groups.pop(key, []))
                key = first
        groups.setdefault(key, []).append(place)
        keys[row.sheet, row.row] = key
    return groups.values()


def _first(joined: Mapping[str, str], key: str) -> str:
    while key in joined:
        key = joined[key]
    return key


def _keep_refusals(actor: UUID, book: Book, outcomes: Iterable[Outcome]) -> None:
    """One kept refusal for the whole import, with counts by reason; no number and no title."""
    refused = (each.problems[0] for each in outcomes if each.fate is Fate.REFUSED)
    lines = (problem for problem in book.problems if problem.row is not None)
    counts = Counter(map(reason_of, (*refused, *lines)))
    if counts:
        clauses = [f"{reason}×{count}" for reason, count in sorted(counts.items())]
        refusals.record(actor=actor, action="import", targets=(), clauses=clauses, door=Door.IMPORT)
