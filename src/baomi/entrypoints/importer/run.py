"""Import a register book: first look what it would do, then do it.

The past is recorded, not judged (补录). Each entry is one commit: an import that was interrupted
goes on where it stopped when it is run again, and a second import adds nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from uuid import UUID

from baomi.engine import refusals, registry
from baomi.engine.head import read_head
from baomi.engine.pen import NotFounded
from baomi.engine.perform import asked, witness
from baomi.engine.request import Request
from baomi.entrypoints.importer.book import Book, read_register
from baomi.entrypoints.importer.entries import BookRow, Problem
from baomi.entrypoints.importer.memory import Memory
from baomi.entrypoints.importer.people import Receivers
from baomi.entrypoints.importer.plan import RECEIPT, Desk
from baomi.entrypoints.importer.recording import Recorder
from baomi.entrypoints.importer.tally import Fate, Outcome, Preview, Result, sums
from baomi.entrypoints.importer.wording import Wording, reason_of
from baomi.kernel.clock import clock
from baomi.kernel.ids import new_id
from baomi.kernel.judge import judge
from baomi.kernel.verdict import Refused
from baomi.kernel.words import Door, Person

__all__ = ["Preview", "Problem", "Result", "do", "preview"]

ENTRIES_AT_ONCE = 64
"""Entries of the ledger after which the caller may seal."""

Mapped = Mapping[str, str]


def preview(path: Path, *, actor: UUID, mapping: Mapped | None = None) -> Preview:
    """What importing the book would do. Nothing is recorded.

    ``mapping``: heading → field, as ``read_register`` takes it. Raises ``UnreadableBook``;
    ``Refused`` for somebody who may not import; ``BadInput`` for an unknown person.
    """
    person = _entitled(actor, keep=False)
    book = read_register(path, mapping=mapping, today=clock.today())
    wording = Wording(book)
    recorder = _recorder(book, person, wording)
    outcomes: dict[int, Outcome] = {}
    for places in _groups(book.rows):
        tried = recorder.rehearse([book.rows[place] for place in places])
        outcomes.update(zip(places, tried, strict=True))
    in_order = [outcomes[place] for place in range(len(book.rows))]
    return Preview(**sums(book, in_order, wording.notices(book.rows)))


def do(
    path: Path,
    *,
    actor: UUID,
    mapping: Mapped | None = None,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
    after_batch: Callable[[], None] = lambda: None,
) -> Result:
    """Import the book.

    ``progress(done, of)`` is called after each entry, outside every transaction;
    ``after_batch()`` each time that 64 ledger entries have come together, at the end, and at the
    beginning, for what an interrupted import may have left unsealed.
    Raises what ``preview`` raises; an entry that cannot be recorded stops nothing.
    """
    person = _entitled(actor, keep=True)
    book = read_register(path, mapping=mapping, today=clock.today())
    wording = Wording(book)
    recorder = _recorder(book, person, wording)
    outcomes: list[Outcome] = []
    unsealed = 0
    after_batch()
    for row in book.rows:
        outcomes.append(recorder.record(row))
        unsealed += outcomes[-1].entries
        if unsealed >= ENTRIES_AT_ONCE:
            after_batch()
            unsealed = 0
        progress(len(outcomes), len(book.rows))
    _keep_refusals(actor, book, outcomes)
    if unsealed:
        after_batch()
    return Result(**sums(book, outcomes, wording.notices(book.rows)))


def _recorder(book: Book, person: Person, wording: Wording) -> Recorder:
    head = read_head()
    if head is None:
        raise NotFounded
    desk = Desk(Memory(person), Receivers(person), book.columns)
    return Recorder(person.id, head.log_id, desk, wording)


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
    for place, row in enumerate(rows):
        key = row.number.key if row.number else f"row {place}"
        groups.setdefault(key, []).append(place)
    return groups.values()


def _keep_refusals(actor: UUID, book: Book, outcomes: Iterable[Outcome]) -> None:
    """One kept refusal for the whole import, with counts by reason; no number and no title."""
    refused = (each.problems[0] for each in outcomes if each.fate is Fate.REFUSED)
    lines = (problem for problem in book.problems if problem.row is not None)
    counts = Counter(map(reason_of, (*refused, *lines)))
    if counts:
        clauses = [f"{reason}×{count}" for reason, count in sorted(counts.items())]
        refusals.record(actor=actor, action="import", targets=(), clauses=clauses, door=Door.IMPORT)
