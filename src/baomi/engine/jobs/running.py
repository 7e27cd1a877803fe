"""The worker's side of the queue: take the next job, do it, tell what came of it.

A job is taken by one conditional write, so that two workers never have the same one. Signs of
life are counted by the machine's clock: a demonstration's clock may be moved.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from django.db import connections
from django.db.utils import DatabaseError

from baomi.engine.faults import sentences_for
from baomi.engine.jobs import sealed_files
from baomi.engine.jobs.kind import JobStopped, Kind, Outcome, Work, demand, doer_of, kind_of
from baomi.engine.jobs.queue import (
    DONE,
    ENDED,
    FAILED,
    RUNNING,
    WAITING,
    asker_of,
    envelope,
)
from baomi.engine.runtime.models import Job
from baomi.engine.runtime.sealed import seal
from baomi.kernel.clock import clock
from baomi.kernel.words import Person

DEAD_AFTER_US: Final = 60 * 1_000_000
BEAT_SECONDS: Final = 10.0
WRITE_EVERY_SECONDS: Final = 0.2
MOST_ATTEMPTS: Final = 3
BROKEN_OFF: Final = "后台程序中途停止，没有办完：请重新提出。"
TOO_OFTEN: Final = f"后台程序试了 {MOST_ATTEMPTS} 次都中途停止，没有办完：请告诉系统管理员。"
NOT_DONE: Final = "没有办成，原因见该项作业。"


class _Lost(Exception):
    """Another worker has the job: this one was taken for dead."""


def run_next(
    worker: str, kinds: Collection[str], *, is_ending: Callable[[], bool] = lambda: False
) -> bool:
    """Do the oldest job of these kinds. Returns whether there was one.

    ``is_ending``: this process has been told to end; a job that can be repeated is put back.
    """
    for left in _own(worker):
        # its end could not be written, and its signs of life go on
        _give_back(left, kind_of(left.kind))
    bury_the_dead(kinds)
    waiting = Job.objects.filter(state=WAITING, kind__in=kinds).order_by("asked_us", "id")
    for row in waiting[:MOST_ATTEMPTS]:
        held = take(row, worker)
        if held is not None:
            _do(held, is_ending)
            return True
    return False


def take(row: Job, worker: str) -> Job | None:
    """Take a job as it was read; None when somebody else was faster."""
    attempt = _attempts(row) + 1
    taken = Job.objects.filter(id=row.id, state=WAITING, worker=row.worker).update(
        state=RUNNING, worker=f"{worker}/{attempt}", beat_us=clock.wall_us(), done=0, total=0
    )
    return Job.objects.filter(id=row.id).first() if taken else None


def bury_the_dead(kinds: Collection[str]) -> None:
    """Jobs whose worker gave no sign for 60 s wait again, or are failed with a sentence."""
    silent = Job.objects.filter(
        state=RUNNING, kind__in=kinds, beat_us__lt=clock.wall_us() - DEAD_AFTER_US
    )
    for row in silent:
        _give_back(row, kind_of(row.kind))


@contextmanager
def beating(worker: str) -> Iterator[None]:
    """Give signs of life for whatever this worker has in hand, from a thread beside it."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(BEAT_SECONDS):
            try:
                _own(worker).update(beat_us=clock.wall_us())
            except DatabaseError:
                continue  # busy: the next beat comes in time
        connections.close_all()

    beater = threading.Thread(target=beat, name="beat", daemon=True)
    beater.start()
    try:
        yield
    finally:
        ended.set()
        beater.join(BEAT_SECONDS)


def _own(worker: str) -> Any:
    return Job.objects.filter(state=RUNNING, worker__startswith=f"{worker}/")


def _attempts(row: Job) -> int:
    told = row.worker.rpartition("/")[2]
    return int(told) if told.isdecimal() else 0


def _give_back(row: Job, kind: Kind | None) -> None:
    if row.is_stopping:
        _end(row, ENDED, faults=(kind.when_stopped,) if kind else ())
    elif kind is None or not kind.is_repeatable:
        _end(row, FAILED, faults=(BROKEN_OFF,), fault=BROKEN_OFF)
    elif _attempts(row) >= MOST_ATTEMPTS:
        _end(row, FAILED, faults=(TOO_OFTEN,), fault=TOO_OFTEN)
    else:
        # the count of attempts stays in the worker's name
        _held(row).update(state=WAITING)


def _do(row: Job, is_ending: Callable[[], bool]) -> None:
    asker: Person | None = None
    kind = kind_of(row.kind)
    try:
        if kind is None:
            raise LookupError(f"no job of kind {row.kind}")
        asker, terms = asker_of(row.person)
        demand(kind, asker, terms)
        doer = doer_of(row.kind)
        if doer is None:
            raise LookupError(f"nobody does {row.kind} here")
        held = envelope(row)
        reporting = _Reporting(row, is_ending)
        outcome = doer(
            Work(
                id=row.id,
                asker=asker,
                terms=terms,
                asked=held.asked,
                read_file=lambda: sealed_files.get(held.file) if held.file else None,
                report=reporting.report,
                is_stopping=reporting.is_stopping,
            )
        )
        _finish(row, outcome, reporting)
    except _Lost:
        return
    except JobStopped:
        row.refresh_from_db(fields=["is_stopping"])
        _give_back(row, kind)
    except Exception as fault:
        sentences = sentences_for(fault, asker)
        # what names things is kept sealed; in clear stands only that it was not done
        _end(row, FAILED, faults=sentences, fault=NOT_DONE)


class _Reporting:
    """Tells progress, not more often than five times a second, and hears of stopping."""

    def __init__(self, row: Job, is_ending: Callable[[], bool]) -> None:
        self._row = row
        self._is_ending = is_ending
        self._next = 0.0
        self._stop = False
        self.last = (0, 0)

    def report(self, done: int, total: int) -> None:
        self.last = (done, total)
        if self.is_stopping():
            raise JobStopped

    def is_stopping(self) -> bool:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + WRITE_EVERY_SECONDS
            self._write()
        return self._stop or self._is_ending()

    def _write(self) -> None:
        done, total = self.last
        held = _held(self._row)
        if not held.update(done=done, total=total, beat_us=clock.wall_us()):
            raise _Lost
        self._stop = bool(held.values_list("is_stopping", flat=True).first())


def _held(row: Job) -> Any:
    """The job, as long as it is in this worker's hand."""
    return Job.objects.filter(id=row.id, state=RUNNING, worker=row.worker)


def _finish(row: Job, outcome: Outcome, reporting: _Reporting) -> None:
    name = sealed_files.put(outcome.file) if outcome.file is not None else ""
    done, total = reporting.last
    is_kept = _end(
        row,
        DONE,
        told=outcome.told,
        file=name,
        file_name=outcome.file_name if name else "",
        done=max(done, total),
        total=total,
    )
    if not is_kept:
        sealed_files.forget(name)


def _end(
    row: Job,
    state: str,
    *,
    told: Mapping[str, Any] | None = None,
    faults: tuple[str, ...] = (),
    **columns: Any,
) -> bool:
    sealed = seal({"told": dict(told or {}), "faults": list(faults)}, of=f"job/{row.id}/told")
    return bool(_held(row).update(state=state, told=sealed, ended_us=clock.now_us(), **columns))
