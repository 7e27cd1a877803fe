"""Writes the register books beside this file from the rows that a clerk typed.

The rows lie in ``typed/``, one line a row, cells parted by ``|``. A cell is text unless it begins
with ``=`` (a number) or ``@`` (a day as a spreadsheet keeps it); ``^`` is merged with the cell
above, ``<`` with the cell to the left, and ``\\n`` breaks the line inside a cell. A line
``sheet NAME`` opens a sheet, an empty line is an empty row, and a line that begins with ``#`` is a
remark on the row below it, which the books do not show. The same rows give the same bytes.

Run: ``python tests/data/books/make_books.py``
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import openpyxl
import xlwt
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).resolve().parent
TYPED = HERE / "typed"
FINISHED = datetime(2024, 1, 2, 9, 0, 0)  # noqa: DTZ001 -- workbooks keep days without a zone
ABOVE, LEFT = "^", "<"
DAY_FORMAT = "yyyy/m/d"
MODIFIED = re.compile(rb"[^>]*</dcterms:modified>")

Value = str | int | float | date | None


class Sheet(NamedTuple):
    """One sheet: its name and its rows of cells as they were typed."""

    name: str
    rows: list[list[str]]


class Block(NamedTuple):
    """A merged rectangle, counted from 0, both ends within it."""

    top: int
    bottom: int
    left: int
    right: int


def typed_sheets(book: str) -> list[Sheet]:
    """The sheets of one typed book; rows before any ``sheet`` line lie in a nameless one."""
    sheets: list[Sheet] = []
    for line in (TYPED / f"{book}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("sheet "):
            sheets.append(Sheet(line.removeprefix("sheet "), []))
            continue
        if not sheets:
            sheets.append(Sheet("", []))
        sheets[-1].rows.append([cell.replace("\\n", "\n") for cell in line.split("|")])
    return sheets


def value_of(cell: str) -> Value:
    """What a typed cell holds: text, a number, a day, or nothing."""
    if cell in ("", ABOVE, LEFT):
        return None
    if cell.startswith("@"):
        return date.fromisoformat(cell[1:])
    if cell.startswith("="):
        return float(cell[1:]) if "." in cell else int(cell[1:])
    return cell


def merged_blocks(rows: list[list[str]]) -> Iterator[Block]:
    """The merged rectangles: a cell, with the ``<`` to its right and the ``^`` beneath it."""
    for top, row in enumerate(rows):
        for left, cell in enumerate(row):
            if cell in (ABOVE, LEFT):
                continue
            right = left
            while right + 1 < len(row) and row[right + 1] == LEFT:
                right += 1
            bottom = top
            while len(rows) > bottom + 1 and rows[bottom + 1][left : left + 1] == [ABOVE]:
                bottom += 1
            if (bottom, right) != (top, left):
                yield Block(top, bottom, left, right)


def fill_xlsx(sheet: Worksheet, rows: list[list[str]]) -> None:
    """Put typed rows into a sheet; the title over the width is large, days look like 2022/1/6."""
    for y, row in enumerate(rows, start=1):
        for x, typed in enumerate(row, start=1):
            value = value_of(typed)
            if value is None:
                continue
            cell = sheet.cell(y, x, value)
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            if isinstance(value, date):
                cell.number_format = DAY_FORMAT
    sheet["A1"].font = Font(bold=True, size=18)
    for block in merged_blocks(rows):
        sheet.merge_cells(
            start_row=block.top + 1,
            end_row=block.bottom + 1,
            start_column=block.left + 1,
            end_column=block.right + 1,
        )


def with_fixed_moment(workbook: bytes) -> bytes:
    """The same workbook with the moment of saving, which differs from run to run, set to one."""
    fixed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(fixed, "w") as new,
    ):
        for part in old.namelist():
            content = old.read(part)
            if part == "docProps/core.xml":
                stamp = f"{FINISHED.isoformat()}Z</dcterms:modified>".encode()
                content = MODIFIED.sub(stamp, content)
            entry = zipfile.ZipInfo(part, FINISHED.timetuple()[:6])
            new.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def write_xlsx(book: str) -> Path:
    """Write the typed book as an .xlsx workbook."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in typed_sheets(book):
        fill_xlsx(workbook.create_sheet(name), rows)
    workbook.properties.creator = "机要室"
    workbook.properties.created = FINISHED
    buffer = io.BytesIO()
    workbook.save(buffer)
    path = HERE / f"{book}.xlsx"
    path.write_bytes(with_fixed_moment(buffer.getvalue()))
    return path


def write_xls(book: str) -> Path:
    """Write the typed book as an .xls workbook of the older kind."""
    workbook = xlwt.Workbook(encoding="utf-8")
    day_style = xlwt.easyxf(num_format_str=DAY_FORMAT)
    plain_style = xlwt.XFStyle()
    for name, rows in typed_sheets(book):
        sheet = workbook.add_sheet(name)
        for y, row in enumerate(rows):
            for x, typed in enumerate(row):
                value = value_of(typed)
                style = day_style if isinstance(value, date) else plain_style
                if value is not None:
                    sheet.write(y, x, value, style)
        for block in merged_blocks(rows):
            sheet.merge(block.top, block.bottom, block.left, block.right)
    path = HERE / f"{book}.xls"
    workbook.save(str(path))
    return path


def write_csv(book: str) -> Path:
    """Write the typed book as a spreadsheet saves "CSV UTF-8": a BOM, and CRLF after each row."""
    path = HERE / f"{book}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        for _, rows in typed_sheets(book):
            writer.writerows(rows)
    return path


def main() -> None:
    """Write all three books beside this file."""
    write_xlsx("issued-2022")
    write_xls("received-2018")
    write_csv("loans-2023")


if __name__ == "__main__":
    main()
