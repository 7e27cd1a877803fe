"""``python -m benchmarks``: prints each figure and its ratio to the calibration loop."""

import sys

from rich.console import Console
from rich.table import Table

from benchmarks import calibration, ledger


def main() -> int:
    """Measure everything, one after another, and print a table."""
    hashes = calibration.hashes()
    transactions = calibration.durable_transactions()
    table = Table(title="每秒次数，及与本机校准循环之比")
    for heading in ("项目", "每秒", "与 SHA-256 循环之比"):
        table.add_column(heading, justify="left" if heading == "项目" else "right")
    table.add_row("校准：SHA-256（300 字节）", f"{hashes:,.0f}", "1")
    table.add_row("校准：SQLite 持久事务（四条语句）", f"{transactions:,.0f}", "—")
    for name, algorithm in ledger.ALGORITHMS.items():
        for title, measure in (
            ("写入日志条目", ledger.entries_written),
            ("读取并核对日志条目", ledger.entries_read),
            ("核对包含证明", ledger.proofs_verified),
        ):
            rate = measure(algorithm)
            table.add_row(f"{title}（{name}）", f"{rate:,.0f}", f"{rate / hashes:.4f}")
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
