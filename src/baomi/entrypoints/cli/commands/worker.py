"""``baomi worker``: seals the ledger when it is due, until it is told to end."""

from __future__ import annotations

import signal
import threading
from types import FrameType

import click
from django.db import OperationalError, close_old_connections

from baomi.engine import home
from baomi.engine.sealer import NoSigningKey, can_seal, seal_when_due
from baomi.entrypoints.cli.answer import Answer, say_while_working
from baomi.entrypoints.cli.faces import Command

SECONDS_BETWEEN = 10


@click.command("worker", cls=Command, help="后台：到时即封存台账日志，直到收到结束信号。")
@click.option("--once", is_flag=True, help="只检查一次，到时即封存，然后结束")
def command(*, once: bool) -> Answer:
    """Check every ten seconds; each seal is said."""
    in_force = home.open_office()
    say_while_working(in_force.sentence())
    if not can_seal():
        raise NoSigningKey
    ended = threading.Event()
    if not once:
        _end_on_signal(ended)
    sealed = 0
    while True:
        sealed += _seal() if once else _seal_or_wait()
        if once or ended.wait(SECONDS_BETWEEN):
            break
    done = f"共封存 {sealed} 次。" if sealed else "没有到时的封存。"
    return Answer({"sealed": sealed}, [done])


def _seal_or_wait() -> int:
    """A database that is busy or away for a while is asked again in the next round."""
    # a connection that stood for hours may be dead: each round asks for a new one
    close_old_connections()
    try:
        home.set_clock()
        return _seal()
    except OperationalError:
        say_while_working("数据库暂不可用，稍后再试。")
        return 0


def _seal() -> int:
    written = seal_when_due()
    if written is None:
        return 0
    say_while_working(f"已封存：第 {written.seq} 条，{written.receipt}")
    return 1


def _end_on_signal(ended: threading.Event) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
