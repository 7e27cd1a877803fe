"""The list of questions that goes to the registrar, and comes back with his answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from baomi.entrypoints.importer.answers import Fault, Given, UnsoundAnswers
from baomi.entrypoints.importer.cells import Cell, UnreadableBook
from baomi.entrypoints.importer.tally import OpenQuestion
from baomi.entrypoints.importer.workbook import read_book

HEAD = ("工作表", "行", "问题编号", "列", "问题", "可选", "回答", "核对码")
_NEEDED = ("工作表", "行", "问题编号", "回答", "核对码")


def lines_of(asked: Iterable[OpenQuestion]) -> list[list[str | int]]:
    """The questions as lines below ``HEAD``, the answers empty."""
    return [
        [each.sheet, each.row, each.code, each.column, each.text, each.allowed, "", each.check]
        for each in asked
    ]


def read_answers(path: Path) -> list[Given]:
    """The answers in a list of questions that was filled in; lines without one are passed over.

    Raises ``UnreadableBook`` for a file that is no such list, ``UnsoundAnswers`` for lines that
    name no row.
    """
    lines = [row for sheet in read_book(path)[:1] for row in sheet.rows]
    found = next((i for i, cells in enumerate(lines) if _is_head(cells)), None)
    if found is None:
        raise UnreadableBook(
            f"答案文件里没有表头（{'、'.join(_NEEDED)}）：请用 --questions 导出后在原表里填写。"
        )
    columns = {cell.typed: place for place, cell in enumerate(lines[found]) if cell.typed}
    given, faults = [], []
    for line, cells in enumerate(lines[found + 1 :], start=found + 2):
        said = {name: _typed(cells, place) for name, place in columns.items()}
        if not said["回答"]:
            continue
        if said["行"].isdecimal():
            given.append(_given(line, said))
        else:
            sentence = f"“行”写的是“{said['行'][:20]}”，不是行号，请照导出时的原样。"
            faults.append(Fault(line=line, sentence=sentence))
    if faults:
        raise UnsoundAnswers(faults)
    return given


def _is_head(cells: Sequence[Cell]) -> bool:
    return set(_NEEDED) <= {cell.typed for cell in cells}


def _typed(cells: Sequence[Cell], place: int) -> str:
    return cells[place].typed if place < len(cells) else ""


def _given(line: int, said: Mapping[str, str]) -> Given:
    return Given(
        line=line,
        sheet=said["工作表"],
        row=int(said["行"]),
        code=said["问题编号"],
        check=said["核对码"].lower(),
        answer=said["回答"],
    )
