"""Write a list into a workbook or a CSV file that leaves the system.

Text stays text: no number, formula or link is made of what a clerk wrote. The first line says
whose it is, who took it out, when, and under which receipt.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from rustpy_xlsxwriter import write_worksheet

from baomi.entrypoints.cli.answer import Stop

KINDS = (".xlsx", ".csv")
BOM = "\ufeff"  # without it, office programs take UTF-8 for GB18030
# what makes a spreadsheet program run a cell, full-width forms included (CWE-1236)
FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n")
_HEADING_ROW = 1

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written: the line that marks it, headings, and rows of cells."""

    name: str
    watermark: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def cell(value: object) -> Cell:
    """A value as a cell holds it: whole numbers as numbers, everything else as text."""
    if value is None or (isinstance(value, int | str) and not isinstance(value, bool)):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A new file, readable by its owner only; gone again when it could not be written whole.

    Raises ``Stop``: of another kind than .xlsx or .csv, or there already.
    """
    if path.suffix.lower() not in KINDS:
        raise Stop("导出文件的名称应以 .xlsx 或 .csv 结尾。")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Stop(f"{path} 已经存在，不会覆盖：请换一个文件名。") from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def write(file: BinaryIO, path: Path, sheet: Sheet) -> None:
    """Write the sheet as the file's name says."""
    octets = _workbook(sheet) if path.suffix.lower() == ".xlsx" else _csv(sheet)
    file.write(octets)


def _workbook(sheet: Sheet) -> bytes:
    keys = _distinct(sheet.head)
    records = [dict(zip(keys, row, strict=True)) for row in sheet.rows]
    held = io.BytesIO()
    write_worksheet(
        # without a row there would be no headings
        records or [dict.fromkeys(keys)],
        held,
        sheet_name=sheet.name[:31],
        header_row=_HEADING_ROW,
        merge_ranges=[(0, 0, 0, max(len(keys) - 1, 1), sheet.watermark)],
        freeze_row=_HEADING_ROW + 1,
        bold_headers=True,
        autofit=True,
    )
    return held.getvalue()


def _distinct(head: Sequence[str]) -> list[str]:
    return [
        heading if head.index(heading) == place else f"{heading}（{place + 1}）"
        for place, heading in enumerate(head)
    ]


def _csv(sheet: Sheet) -> bytes:
    held = io.StringIO(newline="")
    lines = csv.writer(held)
    lines.writerow([_harmless(sheet.watermark)])
    lines.writerow([_harmless(heading) for heading in sheet.head])
    for row in sheet.rows:
        lines.writerow([_harmless(value) for value in row])
    return (BOM + held.getvalue()).encode("utf-8")


def _harmless(value: Cell) -> Cell:
    """A text that a spreadsheet program would run gets an apostrophe before it."""
    if isinstance(value, str) and value.lstrip(" \u3000").startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
