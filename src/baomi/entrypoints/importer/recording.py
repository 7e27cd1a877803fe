"""Record one entry of a book: all its deeds in one commit, or none of them.

Operation ids follow from the entry's content, so that an entry that was recorded before is
known again: after an interruption, at a second import, in another copy of the book.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from baomi.engine import ledger
from baomi.engine.inputs import InvalidInputs
from baomi.engine.pen import Pen, take_pen
from baomi.engine.perform import do_under
from baomi.engine.request import Receipt, Request
from baomi.entrypoints.importer.answers import Answers, with_late_answer
from baomi.entrypoints.importer.doubts import Asked, Denied
from baomi.entrypoints.importer.entries import BookRow
from baomi.entrypoints.importer.plan import NEW_PAPERS, Desk, Script, Step, script_of
from baomi.entrypoints.importer.tally import Fate, Outcome
from baomi.entrypoints.importer.wording import Wording
from baomi.kernel.clock import clock
from baomi.kernel.ids import content_id
from baomi.kernel.verdict import BadInput, Refused
from baomi.kernel.words import Door, Person
from baomi.registers.office import load as office
from baomi.rulebook.terms import Terms

_NOT_RECORDED = (Asked, Denied, BadInput, InvalidInputs, Refused)
_KNOWN = Outcome(fate=Fate.KNOWN)
_DECLINED = Outcome(fate=Fate.DECLINED)


class _Rehearsed(Exception):
    """Takes back what was only tried."""


class _Stopped(Exception):
    """An entry cannot be recorded: takes back what its group has done so far."""

    def __init__(self, place: int, outcome: Outcome) -> None:
        self.place = place
        self.outcome = outcome
        super().__init__()


class Recorder:
    """Records the entries of one book for one person."""

    def __init__(
        self, actor: UUID, log_id: UUID, desk: Desk, wording: Wording, answers: Answers
    ) -> None:
        self._actor = actor
        self._answers = answers
        self._log_id = log_id
        self._desk = desk
        self._wording = wording

    def record(self, row: BookRow) -> Outcome:
        """Record an entry in a commit of its own."""
        if not row.is_usable:
            return self._unusable(row)
        try:
            with take_pen() as pen:
                return self._do(pen, row)
        except _NOT_RECORDED as reason:
            return self._wording.outcome_of(row, reason)

    def rehearse(self, rows: Sequence[BookRow]) -> list[Outcome]:
        """What would become of entries that speak of one paper; nothing is kept.

        They are done and judged as ever, and taken back before the commit.
        """
        stopped: dict[int, Outcome] = {}
        while True:
            outcomes: list[Outcome] = []
            try:
                with take_pen() as pen:
                    for place, row in enumerate(rows):
                        outcomes.append(stopped.get(place) or self._try(pen, place, row))
                    raise _Rehearsed
            except _Rehearsed:
                return outcomes
            except _Stopped as stop:
                stopped[stop.place] = stop.outcome

    def _try(self, pen: Pen, place: int, row: BookRow) -> Outcome:
        if not row.is_usable:
            return self._unusable(row)
        try:
            return self._do(pen, row)
        except _NOT_RECORDED as reason:
            raise _Stopped(place, self._wording.outcome_of(row, reason)) from None

    def _unusable(self, row: BookRow) -> Outcome:
        """Asked or refused as it was read, unless it is recorded from another copy of the book."""
        if self._is_known(row):
            return _KNOWN
        return _DECLINED if row.answered.declined else self._wording.outcome_as_read(row)

    def _is_known(self, row: BookRow) -> bool:
        return ledger.find(self._log_id, self._op_id(row, 1)) is not None

    def _op_id(self, row: BookRow, number: int) -> UUID:
        return content_id(f"book entry|{self._log_id}|{row.content_key}|{number}")

    def _do(self, pen: Pen, row: BookRow) -> Outcome:
        if self._is_known(row):
            return _KNOWN
        today = clock.today()
        actor = office.person(self._actor, today, Terms.on(today))
        row, begun = self._begun(row)
        if begun is None:
            return _DECLINED
        step, script = begun
        done: list[tuple[Step, Receipt]] = []
        try:
            while True:
                done.append((step, self._step(pen, actor, row, step, len(done) + 1)))
                step = script.send(done[-1][1])
        except StopIteration:
            return _outcome(pen, row, done)

    def _begun(self, row: BookRow) -> tuple[BookRow, tuple[Step, Script] | None]:
        """The entry's first deed, with what was answered to the questions before it.

        None for an entry that is not to be recorded. Raises ``Asked`` for a question that stands.
        """
        while not row.answered.declined:
            script = script_of(row, self._desk)
            try:
                return row, (next(script), script)
            except Asked as asked:
                row = with_late_answer(row, self._answers, asked.question)
                if row.questions:
                    raise
        return row, None

    def _step(self, pen: Pen, actor: Person, row: BookRow, step: Step, number: int) -> Receipt:
        request = Request(
            action=step.action,
            actor=self._actor,
            targets=step.targets,
            inputs=step.inputs,
            op_id=self._op_id(row, number),
            door=Door.IMPORT,
        )
        return do_under(pen, request, actor=actor)


def _outcome(pen: Pen, row: BookRow, done: Sequence[tuple[Step, Receipt]]) -> Outcome:
    first = done[0][1].seq
    return Outcome(
        fate=Fate.DONE,
        noted=any(receipt.notes for _, receipt in done),
        papers=sum(1 for step, _ in done if step.action in NEW_PAPERS),
        copies=sum(_new_copies(receipt) for _, receipt in done),
        entries=pen.head.size - first,
        row=row,
        actions=tuple(step.action for step, _ in done),
    )


def _new_copies(receipt: Receipt) -> int:
    """Copies that a deed gave labels to."""
    return len(receipt.told.get("labels", ()))
