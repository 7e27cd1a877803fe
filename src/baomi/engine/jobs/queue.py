"""The queue of jobs as their askers see it: ask, look, stop, fetch.

Another person's job is like none. Short writes, each for itself, in ``runtime.db``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from baomi.engine.jobs import sealed_files
from baomi.engine.jobs.kind import Kind, demand, kind_of
from baomi.engine.runtime.models import Job
from baomi.engine.runtime.sealed import Unsealable, seal, unseal
from baomi.kernel.clock import clock
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person
from baomi.registers.office import load as office
from baomi.registers.office.models import Account
from baomi.rulebook.terms import Terms

WAITING, RUNNING, DONE, FAILED, ENDED = "waiting", "running", "done", "failed", "ended"
OPEN = (WAITING, RUNNING)
MOST_OPEN = 10  # of one person
DAY_US = 24 * 3600 * 1_000_000
STATES = {
    WAITING: "排队",
    RUNNING: "正在办理",
    DONE: "已办完",
    FAILED: "没有办成",
    ENDED: "已停止",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSeen:
    """A job as its asker sees it. ``total`` 0: not known yet. Instants in µs since 1970 UTC."""

    id: UUID
    kind: str
    title: str
    state: str
    state_title: str
    done: int
    total: int
    ahead: int  # jobs that are done before it, while it waits
    is_stopping: bool
    asked: Mapping[str, Any]
    told: Mapping[str, Any]
    faults: tuple[str, ...]  # Chinese sentences, worded for the asker
    file_name: str  # empty: no file came of it
    asked_us: int
    ended_us: int

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is kept sealed of the asking: what was asked for, and the file handed in."""

    asked: Mapping[str, Any]
    file: str  # name of a sealed file; empty: none


def asker_of(person: UUID) -> tuple[Person, Terms]:
    """Who asks, with the rights of today. Raises ``BadInput``: unknown, left, suspended."""
    today = clock.today()
    terms = Terms.on(today)
    found = office.person(person, today, terms)
    if not found.in_service or not Account.objects.filter(person=person, state="active").exists():
        raise BadInput("账号已不可用，不能再办理后台作业。")
    return found, terms


def ask(
    kind: str,
    person: UUID,
    asked: Mapping[str, Any],
    *,
    file: bytes | None = None,
    file_of: UUID | None = None,
) -> UUID:
    """Put a job into the queue. Returns its id.

    ``file``: handed in with it (≤ 64 MB). ``file_of``: takes the file of an earlier job of the
    same person, so that a previewed book is not sent twice.
    Raises ``BadInput``: who asks may not, or has ten jobs open, or the file is gone.
    """
    known = kind_of(kind)
    if known is None:
        raise LookupError(f"no job of kind {kind}")
    demand(known, *asker_of(person))
    if Job.objects.filter(person=person, state__in=OPEN).count() >= MOST_OPEN:
        raise BadInput(f"已有 {MOST_OPEN} 项后台作业没有办完：请等其中几项办完，或先停止几项。")
    if file_of is not None:
        file = _file_handed_in(file_of, person)
    return _put(kind, person, asked, sealed_files.put(file) if file is not None else "")


def seen(job_id: UUID, person: UUID) -> JobSeen | None:
    """A job of one's own; None for anything else."""
    row = Job.objects.filter(id=job_id, person=person).first()
    return _seen(row) if row is not None else None


def mine(person: UUID) -> tuple[JobSeen, ...]:
    """One's own jobs of the last day, the newest first."""
    return tuple(map(_seen, Job.objects.filter(person=person).order_by("-asked_us", "-id")))


def how_many_open() -> int:
    """How many jobs of anybody wait or run; whose and what they are is not told."""
    return Job.objects.filter(state__in=OPEN).count()


def stop(job_id: UUID, person: UUID) -> bool:
    """Have a job of one's own stopped. Returns whether there was one that was not over."""
    own = Job.objects.filter(id=job_id, person=person)
    if own.filter(state=WAITING).update(state=ENDED, ended_us=clock.now_us()):
        return True
    return bool(own.filter(state=RUNNING).update(is_stopping=True))


def result_file(job_id: UUID, person: UUID) -> tuple[str, bytes] | None:
    """The file that came of a job of one's own, under its neutral name; None: there is none.

    Raises ``Unsealable``.
    """
    row = Job.objects.filter(id=job_id, person=person, state=DONE).first()
    content = sealed_files.get(row.file) if row is not None and row.file else None
    return (row.file_name, content) if row is not None and content is not None else None


def envelope(row: Job) -> Envelope:
    """What was asked for. Raises ``Unsealable``."""
    held = unseal(bytes(row.asked), of=f"job/{row.id}/asked")
    return Envelope(held["asked"], held["file"])


def title_of(kind: str) -> str:
    """Chinese title of a kind; its name where this program has none of that kind."""
    known: Kind | None = kind_of(kind)
    return known.title if known else kind


def sweep_jobs() -> int:
    """Remove jobs of more than a day ago, and files that no job names. Returns how many jobs."""
    now = clock.now_us()
    # a job from the future belongs to a clock that stepped back: it would never be old
    gone = [
        key
        for key, asked_us in Job.objects.exclude(state=RUNNING).values_list("id", "asked_us")
        if abs(now - asked_us) > DAY_US
    ]
    if gone:
        Job.objects.filter(id__in=gone).exclude(state=RUNNING).delete()
    kept: set[str] = set()
    for row in Job.objects.all():
        try:
            kept.update((row.file, envelope(row).file))
        except Unsealable:
            kept.add(row.file)
    sealed_files.sweep(kept)
    return len(gone)


def _put(kind: str, person: UUID, asked: Mapping[str, Any], name: str) -> UUID:
    key = uuid4()  # an id in an address tells nothing, not even the time
    Job.objects.create(
        id=key,
        kind=kind,
        person=person,
        state=WAITING,
        asked=seal({"asked": dict(asked), "file": name}, of=f"job/{key}/asked"),
        file="",
        file_name="",
        done=0,
        total=0,
        fault="",
        worker="",
        asked_us=clock.now_us(),
        beat_us=clock.wall_us(),
        ended_us=0,
    )
    return key


def _file_handed_in(job_id: UUID, person: UUID) -> bytes:
    row = Job.objects.filter(id=job_id, person=person).first()
    content = sealed_files.get(envelope(row).file) if row is not None else None
    if content is None:
        raise BadInput("上传的文件已清理：请重新上传。")
    return content


def _seen(row: Job) -> JobSeen:
    told, faults = _told(row)
    ahead = 0
    if row.state == WAITING:
        ahead = Job.objects.filter(state__in=OPEN, asked_us__lt=row.asked_us).count()
    return JobSeen(
        id=row.id,
        kind=row.kind,
        title=title_of(row.kind),
        state=row.state,
        state_title=STATES.get(row.state, row.state),
        done=row.done,
        total=row.total,
        ahead=ahead,
        is_stopping=row.is_stopping,
        asked=_asked(row),
        told=told,
        faults=faults,
        file_name=row.file_name,
        asked_us=row.asked_us,
        ended_us=row.ended_us,
    )


def _asked(row: Job) -> Mapping[str, Any]:
    try:
        return envelope(row).asked
    except Unsealable:
        return {}


def _told(row: Job) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    if row.told is None:
        return {}, (row.fault,) if row.fault else ()
    try:
        held = unseal(bytes(row.told), of=f"job/{row.id}/told")
    except Unsealable as fault:
        return {}, (fault.sentence,)
    return held["told"], tuple(held["faults"])
