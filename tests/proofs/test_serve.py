"""``baomi serve``: pages and worker come up, stay up, and leave nothing behind."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BAOMI = Path(sys.executable).with_name("baomi")
SECONDS = 30.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(question: Callable[[], Any]) -> Any:
    """The first answer that is not empty."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if answer := question():
            return answer
        time.sleep(0.05)
    raise AssertionError("nothing came of it")


def children(pid: int) -> dict[int, str]:
    """Every process below one, by its command line."""
    found = {}
    for path in Path(f"/proc/{pid}/task/{pid}").glob("children"):
        for child in map(int, path.read_text().split()):
            words = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ")
            found[child] = words.decode().strip()
            found |= children(child)
    return found


def workers(pid: int) -> list[int]:
    return [child for child, words in children(pid).items() if words.endswith(" worker")]


def is_gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"


def healthz(port: int) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@contextmanager
def serving(home, port: int) -> Iterator[subprocess.Popen[str]]:
    words = [BAOMI, "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(words, env=home.environ(), stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str], words: str) -> str:
    """The first line that has these words."""
    for line in process.stderr:
        if words in line:
            return line
    raise AssertionError(f"never said {words}")


def test_what_dies_is_started_again_and_what_ends_leaves_nothing(home):
    port = free_port()
    with serving(home, port) as process:
        assert f"已就绪 http://127.0.0.1:{port}/" in said(process, "已就绪")
        assert healthz(port)[0] == 200
        (first,) = until(lambda: workers(process.pid))
        os.kill(first, signal.SIGKILL)
        assert "后台程序停止运行" in said(process, "停止运行")
        until(lambda: [pid for pid in workers(process.pid) if pid != first])
        done = home.run("asking_a_job")
        assert (done["state"], done["told"].get("clean")) == ("done", True), done
        everybody = [process.pid, *children(process.pid)]
        assert len(everybody) >= 4
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
        assert time.monotonic() - begun < 5
        until(lambda: all(map(is_gone, everybody)))


def test_with_the_supervisor_killed_nothing_goes_on(home):
    port = free_port()
    with serving(home, port) as process:
        said(process, "已就绪")
        everybody = list(children(process.pid))
        process.kill()
        process.wait()
        until(lambda: all(map(is_gone, everybody)))


def test_a_taken_port_is_said(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = subprocess.run(
            [BAOMI, "serve", "--port", str(port)],
            env=home.environ(),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert ran.returncode == 1
    assert f"端口 {port} 已被占用：请用 --port 换一个" in ran.stderr


def test_two_workers_never_do_one_job_twice(home):
    told = home.run("claiming")
    assert told["numbers"] == list(range(30))
    assert told["states"] == ["done"]
    assert set(told["codes"]) == {0}
    assert told["workers"] >= 2
