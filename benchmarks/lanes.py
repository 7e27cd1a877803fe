"""Measure several ways of doing a thing in turns, each in a process of its own.

A machine that is shared does not give the same second twice. So each way gets a slice, then the
next, and again from the first; what is told is the median of slices, and ratios within a turn.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from statistics import median
from typing import IO, Final

from benchmarks.calibration import per_second

TURNS: Final = 7
SLICE_SECONDS: Final = 0.5


def serve(step: Callable[[], object]) -> None:
    """Be a lane: for each line on the standard input run a slice and print steps per second."""
    step()
    _say("ready")
    for _ in sys.stdin:
        _say(f"{per_second(step, seconds=SLICE_SECONDS)}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Lane:
    """A process that waits for its turn."""

    def __init__(self, module: str, arguments: Sequence[str] = ()) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ready(self) -> None:
        """Wait until it is set up. Raises ``RuntimeError`` where it gave up."""
        if self._line() != "ready":
            raise RuntimeError(f"the lane {self.process.args!r} did not start")

    def turn(self) -> float:
        """Run one slice; steps per second."""
        pipe(self.process.stdin).write("go\n")
        pipe(self.process.stdin).flush()
        return float(self._line())

    def close(self) -> None:
        """Let it clean up after itself."""
        pipe(self.process.stdin).close()
        self.process.wait(timeout=60)

    def _line(self) -> str:
        return pipe(self.process.stdout).readline().strip()


def pipe(stream: IO[str] | None) -> IO[str]:
    """A process's pipe. Raises ``RuntimeError`` where it has none."""
    if stream is None:
        raise RuntimeError("the lane has no pipe")
    return stream


def in_turns(
    lanes: Mapping[str, tuple[str, Sequence[str]]], *, turns: int = TURNS
) -> Mapping[str, Sequence[float]]:
    """Steps per second of each lane (module and arguments), turn by turn; the first is warm-up."""
    with ExitStack() as stack:
        running = {name: Lane(*command) for name, command in lanes.items()}
        for lane in running.values():
            stack.callback(lane.close)
        for lane in running.values():
            lane.ready()
        found: dict[str, list[float]] = {name: [] for name in lanes}
        for _ in range(turns + 1):
            for name, lane in running.items():
                found[name].append(lane.turn())
    return {name: rates[1:] for name, rates in found.items()}


def ratio(rates: Sequence[float], to: Sequence[float]) -> float:
    """Median over the turns of the ratio within a turn."""
    return median(mine / other for mine, other in zip(rates, to, strict=True))
