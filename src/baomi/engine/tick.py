"""What time alone brings: done each minute by the worker, each by itself, each repeatable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from baomi.engine.attachments.store import sweep_uploads
from baomi.engine.jobs.queue import sweep_jobs
from baomi.engine.pen import take_pen
from baomi.engine.perform import do_under
from baomi.engine.request import Request
from baomi.engine.runtime.drafts import sweep_drafts
from baomi.engine.runtime.models import Session
from baomi.engine.runtime.searches import sweep_searches
from baomi.engine.timing import missing_on
from baomi.kernel.clock import clock
from baomi.kernel.ids import new_id
from baomi.kernel.words import Door, Level, Person, Post
from baomi.registers.office import load as office
from baomi.rulebook.terms import Terms

OPEN_BY_TIME: Final = "duties.open_by_time"


def sweep_runtime() -> None:
    """Remove sessions that have ended, and drafts, searches and jobs of more than a day ago."""
    Session.objects.filter(expires_us__lte=clock.now_us()).delete()
    sweep_drafts()
    sweep_searches()
    sweep_jobs()


def open_duties() -> int:
    """Open the duties that time alone brings, as the office itself. Returns how many.

    Repeatable, for any stretch of days that was missed; writes nothing where nothing is missing.
    """
    day, opened = clock.today(), 0
    while missing_on(day, Terms.on(day)):
        founded = office.founded()
        if founded is None:
            return opened
        request = Request(
            action=OPEN_BY_TIME,
            actor=founded[0],
            targets=(),
            inputs={},
            op_id=new_id(),
            door=Door.WORKER,
        )
        with take_pen() as pen:
            opened += do_under(pen, request, actor=_itself(founded[0])).told["opened"]
    return opened


def _itself(key: UUID) -> Person:
    """The office as an actor: it does what nobody has to decide."""
    return Person(
        id=key,
        name="本机关",
        unit=key,
        clearance=Level.NONE,
        posts=frozenset({Post.OFFICE_ITSELF}),
        keeps_for=frozenset(),
        in_service=True,
        human=key,
        stands_in=(),
    )


def duties_of_the_day() -> None:
    """As a step of the minute."""
    open_duties()


EACH_MINUTE: list[Callable[[], object]] = [sweep_runtime, sweep_uploads, duties_of_the_day]


def tick() -> None:
    """Do what is due this minute. Raises what a step raises; the next minute does it again."""
    for step in EACH_MINUTE:
        step()
