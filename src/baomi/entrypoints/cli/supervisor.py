"""Keep the processes of one office running: what dies is started again, what is asked to end ends.

Each child has a process group of its own, so that nothing of it is left behind, and is ended by
the kernel when the supervisor itself is killed.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

from baomi.entrypoints.cli.answer import say_while_working

FIRST_PAUSE = 0.5  # seconds; doubled with each death in a row
LONGEST_PAUSE = 30.0
SETTLED_SECONDS = 60.0  # who has lived so long begins anew
GRACE_SECONDS = 4.0
_LOOK_SECONDS = 0.1
_PR_SET_PDEATHSIG = 1
# loaded before a child is forked: between fork and exec nothing may be imported
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(slots=True)
class Child:
    """One process that is kept running."""

    title: str
    command: Sequence[str]
    is_quiet: bool = False  # its answer is for nobody; what it meets is said all the same
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0  # in a row
    due: float = field(default=0.0)  # when it is started again

    def is_running(self) -> bool:
        """Whether it runs now."""
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Starts children and keeps them until it is told to end."""

    def __init__(self, children: Sequence[Child], environ: Mapping[str, str]) -> None:
        self._children = children
        self._environ = dict(environ)
        self._ended = threading.Event()

    def run(self, is_up: Callable[[], bool], *, most_deaths: int, first: str) -> bool:
        """Run until a signal comes. Returns whether everything had come up.

        ``is_up`` is asked after each look until it says yes. Ends by itself when the child titled
        ``first`` has died ``most_deaths`` times before that.
        """
        before = {each: signal.signal(each, self._end) for each in (signal.SIGTERM, signal.SIGINT)}
        is_ready = False
        try:
            for child in self._children:
                self._start(child)
            while not self._ended.wait(_LOOK_SECONDS):
                for child in self._children:
                    self._look_after(child)
                is_ready = is_ready or is_up()
                if not is_ready and self._deaths(first) >= most_deaths:
                    break
        finally:
            self._end_all()
            for number, handler in before.items():
                signal.signal(number, handler)
        return is_ready

    def _deaths(self, title: str) -> int:
        return next(each.deaths for each in self._children if each.title == title)

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._ended.set()

    def _start(self, child: Child) -> None:
        child.process = subprocess.Popen(  # noqa: S603 - our own programs, no text of a user's
            child.command,
            env=self._environ,
            stdin=subprocess.DEVNULL,
            # the standard output is the command's own
            stdout=subprocess.DEVNULL if child.is_quiet else sys.stderr.fileno(),
            start_new_session=True,
            preexec_fn=_end_with_parent,  # safe: no other thread stands here
        )
        child.started = time.monotonic()

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.is_running():
            if now - child.started >= SETTLED_SECONDS:
                child.deaths = 0
            return
        if child.process is not None:
            _kill_group(child.process)
            pause = min(FIRST_PAUSE * 2**child.deaths, LONGEST_PAUSE)
            child.deaths += 1
            child.due = now + pause
            child.process = None
            say_while_working(f"{child.title}停止运行，{pause:g} 秒后重新启动。")
        elif now >= child.due:
            self._start(child)

    def _end_all(self) -> None:
        running = [each.process for each in self._children if each.process is not None]
        for process in running:
            with suppress(ProcessLookupError):
                process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
        for process in running:
            _kill_group(process)


def _end_with_parent() -> None:
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Whatever is left of a child and of its own children."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
