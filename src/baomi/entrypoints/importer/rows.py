"""One line of a register book made into an entry, with its questions and its refusal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from baomi.entrypoints.importer.answers import Answers, read_with_answers
from baomi.entrypoints.importer.cells import EMPTY, Cell
from baomi.entrypoints.importer.coherence import check_coherence
from baomi.entrypoints.importer.content import with_content_key
from baomi.entrypoints.importer.entries import BookRow, Problem
from baomi.entrypoints.importer.fields import MAIN_DAY
from baomi.entrypoints.importer.headers import Header
from baomi.entrypoints.importer.values import (
    DITTO,
    Context,
    Line,
    ask_about_turned_days,
    count_of,
    day_of,
    name_of,
    receiving_number_of,
    text_of,
)
from baomi.kernel.copy_numbers import CopyNumbers, parse_copy_numbers
from baomi.kernel.marks import Mark, parse_mark
from baomi.kernel.numbers import DocumentNumber, looks_like_number, parse_number

_NO_NUMBER = frozenset({"", "-", "--", "—", "/", "无", "无号", "无文号"})
_DAYS = ("received_on", "issued_on", "out_on", "back_on", "due_on")
_UNREAD = frozenset({"sequence", ""})


def read_row(
    cells: Sequence[Cell],
    row: int,
    context: Context,
    above: Mapping[int, Cell],
    answers: Answers | None = None,
) -> BookRow | Problem:
    """The entry of line ``row`` (from 1), or why the line cannot be read at all.

    ``above``: the cells of the entry before it by column, for ditto signs. ``answers``: what a
    human said of the book's questions; its content key stays that of the line as it was typed.
    """

    def line_with(answered: Mapping[str, str]) -> Line:
        return Line(context=context, number=row, cells=cells, above=above, answered=answered)

    if flaw := _flaw(line_with({})):
        return flaw
    return read_with_answers(lambda values: _read(line_with(values)), answers or Answers())


def _read(line: Line) -> BookRow:
    entry = _entry(line)
    ask_about_turned_days(line)
    check_coherence(entry, line)
    return with_content_key(entry, tuple(line.questions), line.refusal, line.unread)


def _entry(line: Line) -> BookRow:
    """The parsed values; doubts about each gather in the line."""
    days = {name: day_of(line, name) for name in _DAYS}
    number, number_typed = _number(line)
    count, copies = _copies(line)
    return BookRow(
        sheet=line.context.sheet,
        row=line.number,
        kind=line.context.kind,
        typed=_typed(line.context.header, line.cells),
        sequence=line.cell("sequence").typed,
        received_on=days["received_on"],
        issued_on=days["issued_on"],
        issuer=name_of(line, "issuer"),
        number=number,
        number_typed=number_typed,
        title=text_of(line, "title"),
        mark=_mark(line),
        count=count,
        copies=copies,
        receiving_number=receiving_number_of(line, days[MAIN_DAY[line.context.kind]]),
        unit=name_of(line, "unit"),
        person=name_of(line, "person"),
        out_on=days["out_on"],
        back_on=days["back_on"],
        due_on=days["due_on"],
        release_level=text_of(line, "release_level"),
        conveyance=text_of(line, "conveyance"),
        remarks=text_of(line, "remarks"),
        questions=(),
        refusal=None,
        content_key="",
        same_paper_as=None,
    )


def resolved(cells: Sequence[Cell], above: Mapping[int, Cell]) -> dict[int, Cell]:
    """The line's cells with ditto signs resolved, as the next line's ``above``."""
    line = {i: cell for i, cell in enumerate(cells) if cell.merged != "left"}
    return {i: above.get(i, EMPTY) if _is_ditto(cell) else cell for i, cell in line.items()}


def _is_ditto(cell: Cell) -> bool:
    return cell.typed in DITTO


def _typed(header: Header, cells: Sequence[Cell]) -> dict[str, str]:
    return {
        column.heading: cells[column.index].typed
        for column in header.columns
        if column.index < len(cells) and cells[column.index].typed
    }


def _flaw(line: Line) -> Problem | None:
    """Cells whose value nobody typed: formulas, errors, numbers that lost their last digits."""
    for column in line.context.header.columns:
        if column.index >= len(line.cells) or column.field in _UNREAD:
            continue
        cell = line.cells[column.index]
        code, text = "", ""
        if cell.flaw == "formula":
            code, text = "formula", "这一格是公式，不是登记的内容，请改成数值或文字。"
        elif cell.flaw == "error":
            code, text = "error_value", "这一格是错误值，请改成登记的内容。"
        elif cell.lost_digits:
            code, text = "digits_lost", "数字太长，表格软件已丢掉末几位，请设成文本格式后重新录入。"
        if code:
            return Problem(
                sheet=line.context.sheet,
                row=line.number,
                column=column.heading,
                code=code,
                text=f"“{column.heading}”{text}",
            )
    return None


def _number(line: Line) -> tuple[DocumentNumber | None, str]:
    typed = line.cell("number").typed
    if typed in _NO_NUMBER:
        return None, ""
    number = parse_number(typed)
    if number is None and looks_like_number(typed):
        line.ask(
            "number_unclear",
            f"{line.heading('number')}“{typed}”看不懂，请写成 ×办发〔2021〕114号 这样。",
        )
    return number, typed


def _mark(line: Line) -> Mark:
    mark = parse_mark(line.cell("level").typed, line.cell("term").typed)
    if line.context.all_classified and not line.cell("level").typed:
        line.ask("level_missing", "这是涉密文件的簿册，这一行没有密级，是什么密级？")
    for question in mark.questions:
        line.ask(question.code, question.text, *question.choices)
    if mark.questions:
        line.unread.append(mark.typed)
    return mark


def _copies(line: Line) -> tuple[int | None, CopyNumbers]:
    """Copies of the row; of merged cells only what is the row's own is believed."""
    stated = count_of(line)
    own, shared = line.cell("copy_numbers"), line.cell("count").merged in ("origin", "above")
    if isinstance(own.value, date):
        return stated, CopyNumbers(numbers=(), problems=())
    if own.merged == "above":
        line.ask("copies_merged", "份号与上一行合并在一起，这一行是其中哪几份？")
        return None, CopyNumbers(numbers=(), problems=())
    copies = parse_copy_numbers(own.typed, None if shared else stated)
    if shared and not copies.numbers:
        line.ask("copies_merged", "份数与相邻的行合并在一起，这一行是几份？")
        return None, copies
    if copies.problems:
        line.unread.append(own.typed)
    for problem in copies.problems:
        choices = _counts(problem, stated, len(copies.numbers))
        line.ask("copies_unclear", problem, *choices)
    if copies.numbers and (shared or stated is None):
        return len(copies.numbers), copies
    if stated is None and not line.context.header.has("count"):
        return 1, copies
    if stated is None and not line.cell("count").typed:
        line.ask("count_missing", "份数没有填写，是几份？", "1")
    return stated, copies


def _counts(problem: str, stated: int | None, numbered: int) -> tuple[str, ...]:
    if stated and numbered and re.match(r"份数写的是", problem):
        return f"{stated}份", f"{numbered}份"
    return ()
