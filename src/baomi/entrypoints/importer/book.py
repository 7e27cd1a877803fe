"""A register book read whole: every physical row is an entry, passed over, or refused."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from baomi.entrypoints.importer.answers import Answers
from baomi.entrypoints.importer.cells import Cell, Sheet
from baomi.entrypoints.importer.entries import BookRow, Problem, Skipped
from baomi.entrypoints.importer.headers import Column, Header, find_headers, kind_of, year_in
from baomi.entrypoints.importer.lines import HEADER, NOTE, TITLE, reason_to_skip
from baomi.entrypoints.importer.rows import read_row, resolved
from baomi.entrypoints.importer.sameness import compare_rows
from baomi.entrypoints.importer.values import Context
from baomi.entrypoints.importer.workbook import read_book
from baomi.kernel.numbers import parse_number
from baomi.kernel.spelling import chinese_integer, squeeze

_FEWEST_CELLS_OF_ENTRY = 4
_TITLE_ROWS = 6
_MOST_CELLS_OF_TITLE = 3
_FOR_SHELLS = re.compile(r"[^\w=.-]|^-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What a register book says.

    ``columns``: by sheet, how its headings were read. ``physical_rows``: rows of all sheets up
    to the last used one; rows, row problems and skipped lines together are exactly these.
    ``sheets``: their names in order. ``unheaded``: when no sheet has a heading row, the texts
    that stand where one was looked for.
    """

    rows: tuple[BookRow, ...]
    problems: tuple[Problem, ...]
    skipped: tuple[Skipped, ...]
    columns: Mapping[str, tuple[Column, ...]]
    physical_rows: int
    sheets: tuple[str, ...]
    unheaded: tuple[str, ...] = field(default=(), repr=False)

    @property
    def has_heading(self) -> bool:
        """Whether a heading row was found in any sheet."""
        return bool(self.columns)

    def summary(self) -> dict[str, int]:
        """Counts: ``rows`` = ``usable`` + ``questions`` + ``refused`` + ``skipped``."""
        refused_rows = sum(1 for row in self.rows if row.refusal)
        refused_lines = sum(1 for problem in self.problems if problem.row is not None)
        asked = sum(1 for r in self.rows if r.questions and not (r.refusal or r.answered.declined))
        return {
            "rows": self.physical_rows,
            "usable": sum(1 for row in self.rows if row.is_usable),
            "questions": asked,
            "refused": refused_rows + refused_lines,
            "skipped": len(self.skipped) + sum(1 for row in self.rows if row.answered.declined),
        }

    def skipped_by_reason(self) -> dict[str, int]:
        """How many lines were passed over, by reason; reasons that did not occur are left out."""
        return dict(Counter(line.reason for line in self.skipped))


def read_register(
    path: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    today: date | None = None,
    answers: Answers | None = None,
    name: str = "",
) -> Book:
    """Read a book (.xlsx, .xls, .csv) of papers received, issued or lent.

    ``mapping``: heading → field (see ``fields.TITLES``), or "" to ignore the column. ``today``:
    when given, days after it are refused. ``answers``: what a human said of the questions.
    ``name``: the file's name, where the path does not say it. Raises ``UnreadableBook`` only.
    """
    sheets = read_book(path, name=name)
    stem = Path(name or path.name).stem
    book_year = next((y for s in sheets if (y := _year_of(s))), None) or year_in(stem)
    readings = []
    for sheet in sheets:
        texts = [*_title_texts(sheet), sheet.name]
        kind = kind_of([*texts, *(t for s in sheets for t in _title_texts(s)), stem], (sheet,))
        reading = _Reading(sheet=sheet, kind=kind, today=today, answers=answers or Answers())
        reading.headers = {h.first: h for h in find_headers(sheet, kind, mapping)}
        reading.year_is_own = _year_of(sheet) is not None
        reading.year = _year_of(sheet) or book_year
        reading.all_classified = any("涉密" in text or "密件" in text for text in texts)
        reading.month = _month_of(sheet.name)
        reading.run()
        readings.append(reading)
    rows, repeats = compare_rows((r for each in readings for r in each.rows), answers)
    columns = {r.sheet.name: h.columns for r in readings for h in list(r.headers.values())[:1]}
    return Book(
        rows=rows,
        problems=tuple(p for reading in readings for p in reading.problems),
        skipped=(*(s for reading in readings for s in reading.skipped), *repeats),
        columns=columns,
        physical_rows=sum(len(sheet.rows) for sheet in sheets),
        sheets=tuple(sheet.name for sheet in sheets),
        unheaded=() if columns else _first_texts(sheets),
    )


@dataclass(slots=True, kw_only=True)
class _Reading:
    """One sheet being read, from top to bottom."""

    sheet: Sheet
    kind: str
    today: date | None
    answers: Answers
    headers: dict[int, Header] = field(default_factory=dict)
    year: int | None = None
    month: int | None = None
    year_is_own: bool = False
    all_classified: bool = False
    rows: list[BookRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    used: dict[str, bool] = field(default_factory=dict)
    above: dict[int, Cell] = field(default_factory=dict)

    def run(self) -> None:
        """Read every row once."""
        header: Header | None = None
        for i, cells in enumerate(self.sheet.rows):
            if i in self.headers:
                header = self._enter(self.headers[i])
            if header and header.first <= i <= header.last:
                self._skip(i, HEADER)
            else:
                self._read(i, cells, header)
        self._report_columns()

    def _enter(self, header: Header) -> Header:
        self.year = header.year or self.year
        self.above = {}
        return header

    def _read(self, i: int, cells: Sequence[Cell], header: Header | None) -> None:
        reason = reason_to_skip(cells, header)
        if header is None and reason == TITLE:
            reason = self._above_any_heading(cells)
        if reason:
            self._skip(i, reason)
            self._note_place(cells, reason)
        elif header is None:
            text = "这一行上面没有找到表头，认不出各栏；请补上表头行，或指定各栏对应的栏目。"
            self._refuse(i, "no_header", text)
        else:
            self._read_entry(i, cells, header)

    def _read_entry(self, i: int, cells: Sequence[Cell], header: Header) -> None:
        context = Context(
            sheet=self.sheet.name,
            kind=self.kind,
            header=header,
            year=self.year,
            month=self.month,
            today=self.today,
            year_is_own=self.year_is_own,
            all_classified=self.all_classified,
        )
        entry = read_row(cells, i + 1, context, self.above, self.answers)
        if isinstance(entry, Problem):
            self.problems.append(entry)
            return
        self.rows.append(entry)
        self.above = resolved(cells, self.above)
        for column in header.columns:
            if column.field is None and column.heading in entry.typed:
                self.used[column.heading] = True

    def _above_any_heading(self, cells: Sequence[Cell]) -> str:
        """Above the first heading stand titles; an entry there is refused, never lost."""
        own = [cell for cell in cells if cell.is_own]
        holds_number = any(parse_number(cell.typed) for cell in own)
        if len(own) >= _FEWEST_CELLS_OF_ENTRY and (holds_number or not self.headers):
            return ""
        return TITLE if self.headers else NOTE

    def _note_place(self, cells: Sequence[Cell], reason: str) -> None:
        """A divider among the entries (三月, 2020年) says of which month those below it are."""
        if reason != TITLE:
            return
        for text in (cell.typed for cell in cells if cell.is_own):
            self.year = year_in(text) or self.year
            self.month = _month_of(text) or self.month

    def _report_columns(self) -> None:
        for heading in self.used:
            text = (
                f"“{heading}”一栏不认识，或与别的栏重复，内容未读入；请用 "
                f"{map_words(heading, '字段')} 指明它是什么（例如 {map_words(heading, '备注')}），"
                f"或用 {map_words(heading, '')} 略过这一栏。"
            )
            self.problems.append(self._problem(None, heading, "unknown_column", text))
        header = next(iter(self.headers.values()), None)
        if header and self.rows and not (header.has("title") or header.has("number")):
            text = "没有找到标题栏，也没有找到文号栏，请指定对应的栏目。"
            self.problems.append(self._problem(None, "", "column_missing", text))

    def _skip(self, i: int, reason: str) -> None:
        self.skipped.append(Skipped(sheet=self.sheet.name, row=i + 1, reason=reason))

    def _refuse(self, i: int, code: str, text: str) -> None:
        self.problems.append(self._problem(i + 1, "", code, text))

    def _problem(self, row: int | None, column: str, code: str, text: str) -> Problem:
        return Problem(sheet=self.sheet.name, row=row, column=column, code=code, text=text)


def map_words(heading: str, field: str) -> str:
    """How the import is told what a heading is: ``--map 甲=文件标题``; no field ignores it."""
    setting = f"{''.join(heading.split())}={field}"
    return f"--map '{setting}'" if _FOR_SHELLS.search(setting) else f"--map {setting}"


def _first_texts(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """The first row of the book that could be one of headings: titles stand alone above it."""
    texts = [[cell.typed for cell in row if cell.is_own] for s in sheets for row in s.rows]
    return tuple(next((row for row in texts if len(row) > 1), next(filter(None, texts), ())))


def _title_texts(sheet: Sheet) -> Iterator[str]:
    """Texts that stand alone in the first rows: the sheet's titles."""
    for row in sheet.rows[:_TITLE_ROWS]:
        own = [cell.typed for cell in row if cell.is_own]
        if 0 < len(own) <= _MOST_CELLS_OF_TITLE:
            yield from own


def _year_of(sheet: Sheet) -> int | None:
    return next((y for text in (*_title_texts(sheet), sheet.name) if (y := year_in(text))), None)


def _month_of(text: str) -> int | None:
    """The month that a sheet or a divider is named after: 3月, 三月份, 2020年3月."""
    plain = squeeze(text).rpartition("年")[2].removesuffix("份")
    if not plain.endswith("月"):
        return None
    name = plain.removesuffix("月")
    month = int(name) if name.isdecimal() else chinese_integer(name)
    return month if month and 1 <= month <= 12 else None
