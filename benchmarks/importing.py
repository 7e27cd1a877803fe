"""Importing a register book: rows a second, seen in a preview and then recorded."""

from __future__ import annotations

import csv
import os
import sys
import time
from pathlib import Path
from typing import Final

from benchmarks import throwaway
from benchmarks.calibration import durable_transactions
from benchmarks.figures import Figures

ROWS: Final = 1_000
HEADINGS: Final = ("收文编号", "收文日期", "来文机关", "文号", "标题", "密级", "份号", "去向")


def main() -> int:
    """Write a book of received papers, look at it, import it, print."""
    raw = durable_transactions()
    with throwaway.office() as of:
        from baomi.entrypoints.importer import run

        book = Path(os.environ["BAOMI_HOME"]) / "log" / "收文登记簿.csv"
        _write(book)
        began = time.perf_counter()
        seen = run.preview(book, actor=of.registrar)
        previewed = time.perf_counter() - began
        began = time.perf_counter()
        done = run.do(book, actor=of.registrar)
        recorded = time.perf_counter() - began
    figures = Figures("导入收文登记簿", ("行", "每秒"))
    figures.add("裸 SQLite 持久事务", "", f"{raw:,.0f}")
    figures.add("预览", f"{seen.rows:,}", f"{seen.rows / previewed:,.0f}")
    figures.add(
        f"登记（其中 {done.done:,} 行登记成功）", f"{done.rows:,}", f"{done.rows / recorded:,.0f}"
    )
    figures.show()
    return 0


def _write(book: Path) -> None:
    with book.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADINGS)
        for number in range(1, ROWS + 1):
            day = f"2021-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
            bears = f"×办发〔2021〕{number}号"
            title = f"关于第{number}项工作的通知"
            rows.writerow(
                (f"2021-{number:04d}", day, "省委办公厅", bears, title, "秘密★10年", "000001", "")
            )


if __name__ == "__main__":
    sys.exit(main())
