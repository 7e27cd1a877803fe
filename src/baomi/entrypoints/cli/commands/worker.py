"""``baomi worker``: seals the ledger when it is due and does the jobs, until it is told to end."""

from __future__ import annotations

import os
import secrets
import signal
import threading
import time
from types import FrameType

import click
from django.db import DatabaseError, OperationalError, close_old_connections, connections

import baomi.entrypoints.importer.jobs  # noqa: F401 - declares the jobs that it does
from baomi.engine import home
from baomi.engine.faults import sentences_for
from baomi.engine.jobs.kind import kinds_done_here
from baomi.engine.jobs.running import beating, run_next
from baomi.engine.sealer import NoSigningKey, can_seal, seal_when_due
from baomi.engine.tick import tick
from baomi.entrypoints.cli.answer import Answer, Stop, say_while_working
from baomi.entrypoints.cli.faces import Command

SECONDS_BETWEEN = 10
TICK_SECONDS = 60.0
POLL_SECONDS = 0.5
NICENESS = 10  # a job waits for the counter, not the counter for a job
SECONDS_TO_END = 3.0


@click.command(
    "worker",
    cls=Command,
    help="后台：到时即封存台账日志，并办理导入、导出、校验等作业，直到收到结束信号。",
)
@click.option("--once", is_flag=True, help="只检查一次，到时即封存，然后结束")
@click.option("--no-seal", is_flag=True, help="不封存：封存由另一账户的 worker 办理")
@click.option("--no-jobs", is_flag=True, help="不办作业：只封存")
def command(*, once: bool, no_seal: bool, no_jobs: bool) -> Answer:
    """Seal in this thread; the jobs have one of their own, so that no seal waits for them."""
    if no_seal and no_jobs:
        raise Stop("--no-seal 和 --no-jobs 不能同时使用：那样就没有事可做了。")
    ended = threading.Event()
    if not once:
        _end_on_signal(ended)
    in_force = home.open_office()
    say_while_working(in_force.sentence())
    if not no_seal and not can_seal():
        raise NoSigningKey
    if once:
        return _told(0 if no_seal else _seal())
    jobs = None if no_jobs else _begin_jobs(ended)
    sealed, next_tick = 0, time.monotonic()
    while True:
        sealed += 0 if no_seal else _seal_or_wait()
        if not no_jobs and time.monotonic() >= next_tick:
            next_tick = time.monotonic() + TICK_SECONDS
            _tick_or_wait()
        if ended.wait(SECONDS_BETWEEN) or not _is_whole(jobs):
            break
    ended.set()
    if jobs is not None:
        jobs.join(SECONDS_TO_END)
    return _told(sealed)


def _told(sealed: int) -> Answer:
    done = f"共封存 {sealed} 次。" if sealed else "没有到时的封存。"
    return Answer({"sealed": sealed}, [done])


def _is_whole(jobs: threading.Thread | None) -> bool:
    """A worker whose jobs have stopped ends, so that another one is started in its place."""
    return jobs is None or jobs.is_alive()


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


def _tick_or_wait() -> None:
    try:
        home.set_clock()
        tick()
    except Exception as fault:
        # what is due is due again in a minute; the seals must not end for it
        for sentence in sentences_for(fault, None):
            say_while_working(sentence)


def _begin_jobs(ended: threading.Event) -> threading.Thread:
    thread = threading.Thread(target=_do_jobs, args=(ended,), name="jobs", daemon=True)
    thread.start()
    return thread


def _do_jobs(ended: threading.Event) -> None:
    """One job after the other; nothing that a job meets ends the worker."""
    # Linux counts niceness by thread: the seals keep their own
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
    name = f"{os.getpid()}-{secrets.token_hex(4)}"
    kinds = kinds_done_here()
    with beating(name):
        while not ended.is_set():
            try:
                close_old_connections()
                home.set_clock()
                is_done = run_next(name, kinds, is_ending=ended.is_set)
            except DatabaseError:
                is_done = False
            except Exception as fault:
                is_done = False
                for sentence in sentences_for(fault, None):
                    say_while_working(sentence)
            if not is_done:
                ended.wait(POLL_SECONDS)
    connections.close_all()


def _end_on_signal(ended: threading.Event) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
