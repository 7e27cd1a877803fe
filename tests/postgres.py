"""A throw-away PostgreSQL server for the tests, with flushing on as in an office.

From conftest: ``with running() as server: server.url``. From a shell, so that several test
processes share one server: ``python -m tests.postgres -- COMMAND…`` runs the command with
``BAOMI_TEST_DB=postgres`` and ``BAOMI_TEST_PG_URL`` set.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypedDict

START_SECONDS: Final = 30
STOP_SECONDS: Final = 20
TRIES: Final = 3

# a server's log must not repeat what stands in a register: no values, no statements
SETTINGS: Final = {
    "fsync": "on",
    "synchronous_commit": "on",
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_duration_statement": "-1",
    "log_statement": "none",
}


class ServerError(RuntimeError):
    """PostgreSQL is missing or does not start."""


class Account(TypedDict, total=False):
    """The account that a server runs under, as ``subprocess`` takes it."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server: its address, and its log for those who search it for titles."""

    url: str
    log: Path


def programs() -> Path:
    """The folder with ``initdb`` and ``postgres``: the newest Debian has, else from PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise ServerError("没有找到 PostgreSQL（initdb），请先执行：apt-get install postgresql")
    return Path(on_path).resolve().parent


def _account() -> Account:
    """PostgreSQL refuses to run as root, so root lends it an account of its own."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [entry.pw_gid]}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _make_cluster(home: Path, account: Account, password: str) -> None:
    password_file = home / "password"
    password_file.write_text(password, encoding="ascii")
    if account:
        for path in (home, password_file):
            os.chown(path, account["user"], account["group"])
    command: list[str | Path] = [
        *(programs() / "initdb", "-D", home / "data", "-U", "postgres"),
        *("-A", "scram-sha-256", f"--pwfile={password_file}", "-E", "UTF8", "--locale=C.UTF-8"),
    ]
    made = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False, **account)
    password_file.unlink()
    if made.returncode != 0:
        raise ServerError(f"initdb 失败：{made.stderr.strip()[-500:]}")


def _start(home: Path, account: Account) -> tuple[subprocess.Popen[bytes], int]:
    for _ in range(TRIES):
        port = _free_port()
        options = [f"--{name}={value}" for name, value in SETTINGS.items()]
        command: list[str | Path] = [
            *(programs() / "postgres", "-D", home / "data", "-p", str(port), "-k", home),
            *options,
        ]
        with (home / "log").open("ab") as log:
            # a session of its own: Ctrl-C ends the tests first, and they end the server
            process = subprocess.Popen(
                command, cwd=home, stdout=log, stderr=log, start_new_session=True, **account
            )
        if _is_ready(home, process):
            return process, port
        process.wait(STOP_SECONDS)
    log_end = (home / "log").read_text(encoding="utf-8", errors="replace")[-500:]
    raise ServerError(f"PostgreSQL 没有启动：{log_end}")


def _is_ready(home: Path, process: subprocess.Popen[bytes]) -> bool:
    """The server writes ``ready`` into the last line of its pid file when it takes log-ins."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        pid_file = home / "data" / "postmaster.pid"
        if pid_file.exists() and "ready" in pid_file.read_text(encoding="ascii"):
            return True
        time.sleep(0.05)
    if process.poll() is None:
        process.send_signal(signal.SIGQUIT)
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """A fast shutdown; an immediate one when that takes too long. Only this server's pid."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait(STOP_SECONDS)


@contextmanager
def running() -> Iterator[Server]:
    """A server for as long as the block runs. Raises ``ServerError`` when it cannot start."""
    # the account of the server must reach it, whatever TMPDIR root has
    home = Path(tempfile.mkdtemp(prefix="baomi-pg-", dir="/tmp"))
    password = secrets.token_hex(16)
    account = _account()
    try:
        _make_cluster(home, account, password)
        process, port = _start(home, account)
        try:
            yield Server(
                url=f"postgres://postgres:{password}@127.0.0.1:{port}/postgres", log=home / "log"
            )
        finally:
            _stop(process)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main(arguments: Sequence[str]) -> int:
    """Run a command beside a server and return its exit code."""
    command = list(arguments[1:] if arguments[:1] == ["--"] else arguments)
    if not command:
        print("用法：python -m tests.postgres -- 命令…", file=sys.stderr)
        return 2
    # ended by a signal, the server must end too
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with running() as server:
            environ = os.environ | {
                "BAOMI_TEST_DB": "postgres",
                "BAOMI_TEST_PG_URL": server.url,
                "BAOMI_TEST_PG_LOG": str(server.log),
            }
            return subprocess.run(command, env=environ, check=False).returncode
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
