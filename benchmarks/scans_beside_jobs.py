"""``python -m benchmarks.scans_beside_jobs``: twenty scans while the worker imports and verifies.

Told, not judged: aim is 300 ms for each scan (a copy handed over, its commit included).
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from benchmarks import throwaway

if TYPE_CHECKING:
    from baomi.engine.demo.office_plan import Office

SCANS = 20
PAUSE_SECONDS = 0.25
BOOK_ROWS = 1500
VERIFICATIONS = 6
START_SECONDS = 30.0
_WORKER = "from baomi.entrypoints.cli.main import main; main()"
_HEAD = "序号,收文日期,来文机关,文件字号,文件标题,密级,份数,份号,收文编号"


def main() -> int:
    """Measure the scans alone, then beside the jobs, and print both."""
    with throwaway.office() as office:
        copies = throwaway.receive(office, 2 * SCANS)
        alone = _scans(office, copies[:SCANS])
        keys = _ask(office)
        worker = subprocess.Popen([sys.executable, "-c", _WORKER, "worker"])  # noqa: S603 - our own
        try:
            _until(lambda: _states(office, keys).count("running") > 0)
            beside = _scans(office, copies[SCANS:])
            before = _progress(office, keys)
        finally:
            worker.terminate()
            worker.wait()
        _tell(alone, beside, before)
    return 0


def _scans(office: Office, copies: Any) -> list[float]:
    from baomi.engine.perform import perform

    taken = []
    for copy in copies:
        asked = throwaway.request(
            "custody.hand_over_copy", office.registrar, [copy], throwaway.hand_over(office)
        )
        begun = time.perf_counter()
        perform(asked)
        taken.append((time.perf_counter() - begun) * 1000)
        time.sleep(PAUSE_SECONDS)
    return taken


def _ask(office: Office) -> list[Any]:
    from baomi.engine.jobs import queue

    lines = [
        f"{n},2021-03-01,×省委办公厅,×测发〔2021〕{n}号,关于第{n}项测算的通知,秘密★5年,1,{n:06d},2021-{n:04d}"
        for n in range(1, BOOK_ROWS + 1)
    ]
    book = "\r\n".join([_HEAD, *lines]).encode()
    keys = [queue.ask("import", office.registrar, {"name": "book.csv"}, file=book)]
    return keys + [queue.ask("verify", office.registrar, {}) for _ in range(VERIFICATIONS)]


def _states(office: Office, keys: list[Any]) -> list[str]:
    from baomi.engine.jobs import queue

    return [seen.state for key in keys if (seen := queue.seen(key, office.registrar))]


def _progress(office: Office, keys: list[Any]) -> str:
    from baomi.engine.jobs import queue

    seen = [queue.seen(key, office.registrar) for key in keys]
    return "；".join(
        f"{each.title} {each.state_title} {each.done}/{each.total}" for each in seen if each
    )


def _until(question: Callable[[], bool]) -> None:
    end = time.monotonic() + START_SECONDS
    while not question() and time.monotonic() < end:
        time.sleep(0.1)


def _tell(alone: list[float], beside: list[float], jobs: str) -> None:
    table = Table(title=f"扫码交阅 {SCANS} 次，每次毫秒")
    for heading in ("", "中位", "最长"):
        table.add_column(heading, justify="right" if heading else "left")
    for title, taken in (("单独", alone), ("后台作业进行时", beside)):
        table.add_row(title, f"{median(taken):.1f}", f"{max(taken):.1f}")
    Console().print(table)
    Console().print(f"测完时的作业：{jobs}（{Path(__file__).name}）")


if __name__ == "__main__":
    sys.exit(main())
