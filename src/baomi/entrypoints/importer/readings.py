"""Values of an entry that were read otherwise than they stand typed in the book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from baomi.entrypoints.importer.entries import BookRow
from baomi.entrypoints.importer.fields import TITLES
from baomi.entrypoints.importer.headers import Column
from baomi.entrypoints.importer.telling import few, registered_number
from baomi.kernel.marks import LEVEL_TITLES, Mark, Term

_DAY_SIGNS = re.compile(r"[/.]")
_TERM_UNITS = {"years": "年", "months": "个月"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read in a column (by its heading), beside the text as typed."""

    column: str
    read: str
    typed: str


def mark_words(mark: Mark) -> str:
    """The mark as it is written on a paper: 秘密★5年, 内部, 未注密级."""
    return "★".join(filter(None, [LEVEL_TITLES[mark.level_code], _term_words(mark.term)]))


def span(numbers: Sequence[str]) -> str:
    """Copy numbers in words: those that follow one another as first and last."""
    first, last = (numbers[0], numbers[-1]) if numbers else ("", "")
    if len(numbers) > 1 and all(each.isdecimal() for each in numbers):
        counted = [f"{int(first) + i:0{len(first)}d}" for i in range(len(numbers))]
        if counted == list(numbers):
            return f"{first}-{last}"
    return few(numbers)


def readings_of(row: BookRow, columns: Sequence[Column]) -> tuple[Reading, ...]:
    """Days, number, mark, count, copy numbers and running number where typed otherwise.

    What could not be read is left out: the row's question or refusal speaks of it.
    """
    found = []
    for field, read in _values(row):
        own = [c for c in columns if c.field == field and row.typed.get(c.heading)]
        typed = " ".join(row.typed[column.heading] for column in own)
        if field == "level":
            typed = typed and row.mark.typed.replace("|", "★")
        if read and typed and not _is_same(read, typed):
            heading = own[0].heading if len(own) == 1 else TITLES[field]
            found.append(Reading(column=heading, read=read, typed=typed))
    return tuple(found)


def _values(row: BookRow) -> Iterator[tuple[str, str]]:
    yield "received_on", _day(row.received_on)
    yield "issued_on", _day(row.issued_on)
    yield "number", row.number.canonical if row.number else ""
    yield "level", "" if row.mark.questions else mark_words(row.mark)
    yield "count", str(row.count or "")
    yield "copy_numbers", span(row.copies.numbers)
    yield "receiving_number", registered_number(row)
    yield "out_on", _day(row.out_on)
    yield "back_on", _day(row.back_on)
    yield "due_on", _day(row.due_on)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _is_same(read: str, typed: str) -> bool:
    return read in (typed, _DAY_SIGNS.sub("-", typed))


def _term_words(term: Term | None) -> str:
    return term.value + _TERM_UNITS.get(term.kind, "") if term else ""
