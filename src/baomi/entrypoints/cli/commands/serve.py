"""``baomi serve``: the pages and the worker of one office, kept running until told to end."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import click

from baomi.engine import home
from baomi.engine.sealer import can_seal
from baomi.entrypoints.cli import web_server
from baomi.entrypoints.cli.answer import Answer, ExitCode, Stop, say_while_working
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.supervisor import Child, Supervisor
from baomi.entrypoints.cli.web_server import Address

PAGES, WORKER = "网页服务", "后台程序"
WORKERS = 2
MOST_DEATHS = 5  # before the first page was answered
MOST_WORKERS = 64
HIGHEST_PORT = 65535
_ASK_EVERY = 0.2  # seconds
_WORKER = "from baomi.entrypoints.cli.main import main; main()"


@click.command(
    "serve",
    cls=Command,
    help="提供网页：启动网页服务和后台程序，中途停止的自动重启；按 Ctrl-C 或收到结束信号即停止。",
)
@click.option("--host", metavar="地址", default="127.0.0.1", help="监听地址（默认只供本机）")
@click.option("--port", metavar="端口", default="8000", help="监听端口（默认 8000）")
@click.option("--workers", metavar="个数", default=str(WORKERS), help="网页服务的进程数（默认 2）")
@click.option("--public-url", metavar="网址", default="", help="用户浏览器中的网址，如 https://…")
@click.option("--tls-cert", metavar="文件", help="TLS 证书（PEM）")
@click.option("--tls-key", metavar="文件", help="TLS 私钥（PKCS#8 PEM）")
def command(
    *,
    host: str,
    port: str,
    workers: str,
    public_url: str,
    tls_cert: str | None,
    tls_key: str | None,
) -> Answer:
    """Check, start, keep; the answer comes when everything has ended."""
    address = replace(
        address_of(host, port),
        public_url=_public(public_url),
        certificate=_file("--tls-cert", tls_cert),
        key=_file("--tls-key", tls_key),
    )
    if (address.certificate is None) != (address.key is None):
        raise Stop("--tls-cert 和 --tls-key 须同时写明。")
    return serve(address, _number("--workers", workers, MOST_WORKERS))


def address_of(host: str, port: str) -> Address:
    """Where to listen, as it was typed. Raises ``Stop``."""
    return Address(host=host.strip("[]"), port=_number("--port", port, HIGHEST_PORT))


def serve(address: Address, workers: int) -> Answer:
    """Serve the office of BAOMI_HOME until a signal comes. Raises what ``open_office`` raises."""
    say_while_working(home.open_office().sentence())
    web_server.demand_free(address)
    if not address.is_tls and address.host not in ("127.0.0.1", "localhost", "::1"):
        say_while_working(
            "提醒：没有使用 TLS，口令会在网络上明文传送：请加 --tls-cert、--tls-key。"
        )
    worker = [sys.executable, "-c", _WORKER, "worker"]
    if not can_seal():
        worker.append("--no-seal")
        say_while_working("提醒：本账户读不到签封密钥，须由签封账户另行运行 baomi worker。")
    children = [Child(PAGES, address.command(workers)), Child(WORKER, worker, is_quiet=True)]
    is_ready = Supervisor(children, address.environ()).run(
        _Ready(address).is_up, most_deaths=MOST_DEATHS, first=PAGES
    )
    if not is_ready:
        return Answer({"ready": False}, ["没有启动完成就停止了。"], ExitCode.FAULT)
    return Answer({"stopped": True}, ["已停止。"])


class _Ready:
    """Says where the pages are, once, when they are."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._next = 0.0

    def is_up(self) -> bool:
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + _ASK_EVERY
        if not web_server.answers(self._address):
            return False
        say_while_working(f"已就绪 {self._address.url}（进程 {os.getpid()}，按 Ctrl-C 停止）")
        return True


def _number(option: str, text: str, most: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 7 and 0 < int(text) <= most):
        raise Stop(f"{option} 应当是 1 到 {most} 的整数。")
    return int(text)


def _file(option: str, name: str | None) -> Path | None:
    if name is None:
        return None
    if not os.access(name, os.R_OK) or not Path(name).is_file():
        raise Stop(f"读不到 {option} 指明的文件 {name}：请核对路径和权限。")
    return Path(name).resolve()


def _public(text: str) -> str:
    if not text:
        return ""
    parts = urlsplit(text)
    is_plain = parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username)
    if parts.scheme not in ("http", "https") or not parts.hostname or not is_plain:
        raise Stop("--public-url 应当是完整的网址，如 https://baomi.example.cn/ ，后面不带路径。")
    return f"{parts.scheme}://{parts.netloc}/"
