"""A list as a workbook or a CSV file that leaves the system.

Text stays text: no number, formula or link is made of what a clerk wrote. The first line says
whose it is, who took it out, when, and under which receipt.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rustpy_xlsxwriter import write_worksheet

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


def octets(sheet: Sheet, kind: str) -> bytes:
    """The sheet as a file of a kind, one of ``KINDS``."""
    return _workbook(sheet) if kind == ".xlsx" else _csv(sheet)


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
