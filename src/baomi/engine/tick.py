"""What time alone brings: done each minute by the worker, each by itself, each repeatable."""

from __future__ import annotations

from collections.abc import Callable

from baomi.engine.jobs.queue import sweep_jobs
from baomi.engine.runtime.drafts import sweep_drafts
from baomi.engine.runtime.models import Session
from baomi.engine.runtime.searches import sweep_searches
from baomi.kernel.clock import clock


def sweep_runtime() -> None:
    """Remove sessions that have ended, and drafts, searches and jobs of more than a day ago."""
    Session.objects.filter(expires_us__lte=clock.now_us()).delete()
    sweep_drafts()
    sweep_searches()
    sweep_jobs()


EACH_MINUTE: list[Callable[[], None]] = [sweep_runtime]


def tick() -> None:
    """Do what is due this minute. Raises what a step raises; the next minute does it again."""
    for step in EACH_MINUTE:
        step()
