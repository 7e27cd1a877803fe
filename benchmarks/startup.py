"""How long the program takes to start, and how much memory it holds."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks import throwaway
from benchmarks.figures import Figures
from benchmarks.serving import serving

TIMES: Final = 5
BAOMI: Final = str(Path(sys.executable).parent / "baomi")


def main() -> int:
    """Measure the command line and the server on one office, print."""
    with throwaway.office():
        figures = Figures("启动时间和内存", ("秒", "MB"))
        for title, words in (
            ("baomi --help", ["--help"]),
            ("baomi coverage --json", ["coverage", "--json"]),
        ):
            figures.add(title, *_command(words))
        began = time.perf_counter()
        with serving() as (_, process):
            ready = time.perf_counter() - began
            figures.add(
                "baomi serve：到第一页（2 个网页进程和后台程序）",
                f"{ready:.2f}",
                f"{_tree(process):,.0f}",
            )
        figures.show()
    return 0


def _command(words: list[str]) -> tuple[str, str]:
    """Median of seconds, and the most memory in MB that was seen, of a command run alone."""
    spent, most = [], 0
    for _ in range(TIMES):
        began = time.perf_counter()
        process = subprocess.Popen([BAOMI, *words], stdout=subprocess.DEVNULL)  # noqa: S603 - our own
        while process.poll() is None:
            # the kernel's own account of a child begins with its parent's size
            most = max(most, _peak(process.pid))
            time.sleep(0.005)
        spent.append(time.perf_counter() - began)
    return f"{median(spent):.2f}", f"{most / 1024:,.0f}"


def _peak(process: int) -> int:
    """The most memory that a process has held so far, in KiB."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def _tree(process: int) -> float:
    """Memory of a process and its descendants in MB, shared pages counted in proportion."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int(
                    (folder / "stat").read_text().rpartition(")")[2].split()[1]
                )
            except OSError:
                continue
    wanted = {process}
    while more := {key for key, parent in parents.items() if parent in wanted} - wanted:
        wanted |= more
    return sum(_memory(each) for each in wanted) / 1024


def _memory(process: int) -> int:
    rollup = Path(f"/proc/{process}/smaps_rollup")
    try:
        lines = rollup.read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    sys.exit(main())
