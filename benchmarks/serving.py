"""The program served to the benchmarks, on a port of this machine that is free."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

PATIENCE: Final = 60.0  # seconds


@contextmanager
def serving(workers: int = 2) -> Iterator[tuple[int, int]]:
    """``baomi serve`` on the office of this process's home: its port and its process id."""
    port = _free_port()
    command = [str(Path(sys.executable).parent / "baomi"), "serve"]
    command += ["--port", str(port), "--workers", str(workers)]
    log = Path(os.environ["BAOMI_HOME"]) / "log" / "bench-serve.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)  # noqa: S603 - our own program
        try:
            _wait(port, process, log)
            yield port, process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as line:
            try:
                line.request("GET", "/api/session")
                line.getresponse().read()
            except OSError:
                time.sleep(0.05)
            else:
                return
    raise RuntimeError(f"the server did not start: {log.read_text()[-2000:]}")
