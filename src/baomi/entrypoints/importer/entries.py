"""What a line of a register book becomes: an entry, a line passed over, or a line refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from baomi.kernel.copy_numbers import CopyNumbers
from baomi.kernel.marks import Mark
from baomi.kernel.numbers import DocumentNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What only a human can say about a row: a Chinese sentence, and the answers that lie near.

    ``choices`` may be empty (type it) and never holds a guess that was already made. ``about``:
    the field that it asks for, where the code alone does not say. ``bound``: what an answer is
    bound to instead of the text, where that names a number that is only given when recording.
    """

    code: str
    text: str
    choices: tuple[str, ...] = ()
    about: str = ""
    bound: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Answered:
    """What a human said about a row.

    ``values``: texts by field that stand for what the book says; ``decisions``: by the code of
    the question; ``receiver``: who was meant; ``kin``: key of number, title and issuer of the
    entry whose paper this one's is; ``remarks``: sentences for the history; ``settled``: the
    questions that are answered, by their check letters.
    """

    declined: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)
    receiver: UUID | None = None
    kin: tuple[str, str, str] | None = None
    remarks: tuple[str, ...] = ()
    settled: frozenset[str] = frozenset()

    def says(self, decision: str) -> bool:
        """Whether any question was decided so."""
        return decision in self.decisions.values()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why something in the book cannot be taken. ``row`` is None for the book or a whole sheet.

    ``row`` counts from 1, as the spreadsheet shows it; ``column`` is the heading, or "".
    """

    sheet: str
    row: int | None
    column: str
    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A line that is no entry: ``title header blank total note repeat``."""

    sheet: str
    row: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivingNumber:
    """The office's own running number of a paper (收文编号, 发文编号), by year and series."""

    typed: str
    series: str
    year: int | None
    serial: int | None

    @property
    def key(self) -> tuple[str, int, int] | None:
        """What may be taken only once; None when year or serial could not be read."""
        if self.year is None or self.serial is None:
            return None
        return self.series, self.year, self.serial


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRow:
    """One entry of a register book, parsed, beside the text as typed (by heading).

    ``kind``: received, issued or loan. ``count`` is the number of copies of this row.
    ``content_key`` is the same for the same entry in another copy of the book, wherever it
    stands there. ``same_paper_as``: sheet and row of the paper's first entry in this book.
    """

    sheet: str
    row: int
    kind: str
    typed: Mapping[str, str]
    sequence: str
    received_on: date | None
    issued_on: date | None
    issuer: str
    number: DocumentNumber | None
    number_typed: str
    title: str
    mark: Mark
    count: int | None
    copies: CopyNumbers
    receiving_number: ReceivingNumber | None
    unit: str
    person: str
    out_on: date | None
    back_on: date | None
    due_on: date | None
    release_level: str
    conveyance: str
    remarks: str
    questions: tuple[Question, ...]
    refusal: Problem | None
    content_key: str
    same_paper_as: tuple[str, int] | None
    answered: Answered = field(default_factory=Answered)

    @property
    def is_usable(self) -> bool:
        """Whether deeds can be made of the row without asking anybody."""
        return self.refusal is None and not self.questions and not self.answered.declined

    def __repr__(self) -> str:
        """Place only: what is shown in logs must hold no title."""
        return f"<BookRow {self.sheet}!{self.row}>"
