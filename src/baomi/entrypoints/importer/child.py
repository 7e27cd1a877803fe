"""The child process that reads a workbook: bounded in memory, time and files, knows no database.

The workbook comes in on standard input, the sheets go out on standard output as JSON; nothing is
written to disk and nothing of the content to standard error.
"""

from __future__ import annotations

import io
import json
import math
import resource
import sys
from datetime import date, datetime
from typing import Any

from python_calamine import PasswordError, SheetTypeEnum, load_workbook

from baomi.entrypoints.importer.containers import (
    MAX_COLUMNS,
    MAX_ROWS,
    RefusedError,
    SheetFindings,
    open_checked,
    scan,
)
from baomi.entrypoints.importer.ole import CompoundFile, scan_records

MEMORY_BYTES = 1024**3
CPU_SECONDS = 60
MAX_CELLS = 1_500_000
MAX_CHARACTERS = 60_000_000
_DAMAGED = "文件不完整或已损坏，请在表格软件里打开并另存一份。"
_PASSWORD = "文件设有密码，请去掉密码后再导入。"  # noqa: S105  a sentence, not a password
_TOO_LARGE = "工作簿太大，不像登记簿，请删去多余行列或拆成几份。"

PlainCell = str | int | float | bool | dict[str, str] | None


def main(kind: str) -> None:
    """Read the workbook on standard input; JSON on standard output.

    ``kind`` is what its file name claims: ``xlsx`` or ``xls``.
    """
    _bind()
    data = sys.stdin.buffer.read()
    try:
        answer: dict[str, Any] = {"sheets": _sheets(data, kind)}
    except MemoryError:
        answer = {"refused": _TOO_LARGE}
    except Exception as error:  # whatever a broken file brings, its content stays here
        answer = {"refused": _sentence(error)}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))


def _bind() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def _sentence(error: Exception) -> str:
    return str(error) if isinstance(error, RefusedError) else _DAMAGED


def _sheets(data: bytes, kind: str) -> list[dict[str, Any]]:
    is_zip = data.startswith(b"PK")
    flaws = _flaws_of_xlsx(data) if is_zip else _flaws_of_xls(data, kind)
    try:
        book = load_workbook(io.BytesIO(data))
    except PasswordError as error:
        raise RefusedError(_PASSWORD) from error
    sheets = []
    budget = [MAX_CELLS, MAX_CHARACTERS]
    for index, about in enumerate(book.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        found = flaws.get(about.name) or flaws.get(index) or SheetFindings()
        sheet = book.get_sheet_by_index(index)
        sheets.append(
            {
                "name": about.name,
                "rows": _rows(sheet, budget),
                "merged": [[*start, *end] for start, end in sheet.merged_cell_ranges or ()],
                "formulas": found.formulas,
                "errors": found.errors,
                "padded": found.padded,
            }
        )
    return sheets


def _rows(sheet: Any, budget: list[int]) -> list[list[PlainCell]]:
    if sheet.start is None:
        return []
    if sheet.end[0] >= MAX_ROWS or sheet.end[1] >= MAX_COLUMNS:
        raise RefusedError(_TOO_LARGE)
    budget[0] -= (sheet.end[0] + 1) * (sheet.end[1] + 1)
    if budget[0] < 0:
        raise RefusedError(_TOO_LARGE)
    rows = []
    for row in sheet.to_python(skip_empty_area=False):
        budget[1] -= sum(len(cell) for cell in row if isinstance(cell, str))
        if budget[1] < 0:
            raise RefusedError(_TOO_LARGE)
        rows.append([_plain(cell) for cell in row])
    return rows


def _plain(cell: object) -> PlainCell:
    if cell is None or cell == "":
        return None
    if isinstance(cell, float) and not math.isfinite(cell):
        return str(cell)
    if isinstance(cell, str | bool | int | float):
        return cell
    if isinstance(cell, datetime):
        return {"datetime": cell.isoformat()}
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    return str(cell)


def _flaws_of_xlsx(data: bytes) -> dict[str | int, SheetFindings]:
    with open_checked(data) as archive:
        return dict(scan(archive).items())


def _flaws_of_xls(data: bytes, kind: str) -> dict[str | int, SheetFindings]:
    compound = CompoundFile(data)
    if "EncryptedPackage" in compound.names:
        raise RefusedError(_PASSWORD)
    if kind == "xlsx":
        raise RefusedError("扩展名是 .xlsx，内容却不是；请在表格软件里打开并另存为 .xlsx。")
    if "WordDocument" in compound.names:
        raise RefusedError("这是文字文档，不是登记簿，请另存为 .xlsx 或 .csv。")
    if compound.names & {"_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"}:
        raise RefusedError("文件带有宏，不予读取，请另存为不含宏的 .xlsx。")
    if not compound.names & {"Workbook", "Book"}:
        raise RefusedError("这不是 .xls 工作簿，请在表格软件里另存为 .xlsx。")
    found = scan_records(compound.stream("Workbook", "Book"))
    if found.has_password:
        raise RefusedError(_PASSWORD)
    pairs = zip(found.formulas, found.errors, strict=True)
    return {i: SheetFindings(formulas=[*f], errors=[*e]) for i, (f, e) in enumerate(pairs)}
