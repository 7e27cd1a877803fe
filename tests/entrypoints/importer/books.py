"""Small register books that the importer's tests write and read again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl

BOOKS = Path(__file__).resolve().parents[2] / "data" / "books"

HEADINGS = [
    *("序号", "收文日期", "来文机关", "文件字号", "文件标题", "密级", "保密期限"),
    *("份数", "份号", "收文编号", "承办单位", "送出时间", "退回时间", "备注"),
]


def entry(serial: int, **changes: object) -> list[object]:
    """A sound line of a book of papers received; ``changes`` by heading."""
    values: dict[str, object] = {
        "序号": serial,
        "收文日期": "2021-03-01",
        "来文机关": "×省委办公厅",
        "文件字号": f"×办发〔2021〕{serial}号",
        "文件标题": f"关于第{serial}项工作的通知",
        "密级": "秘密★5年",
        "份数": 1,
        "份号": f"{serial:06d}",
        "收文编号": f"2021-{serial:03d}",
        "承办单位": "法制委",
        "送出时间": "2021-03-02",
        "退回时间": "2021-03-09",
    }
    values |= changes
    return [values.get(heading) for heading in HEADINGS]


def write_csv(path: Path, rows: Sequence[Sequence[object]], encoding: str = "utf-8") -> Path:
    """The rows as a .csv; cells must hold no comma."""
    lines = [",".join("" if c is None else str(c) for c in row) for row in rows]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[object]], *merged: str) -> Path:
    """The rows as an .xlsx of one sheet, with merged ranges."""
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("收文", 0)
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    workbook.save(path)
    return path
