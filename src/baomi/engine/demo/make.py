"""Make the demonstration office: founded a year ago, full of a year's deeds up to now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from random import Random

from baomi.engine.demo import (
    archive,
    ending,
    governing,
    house,
    housekeeping,
    incidents,
    mishaps,
    own_papers,
    personnel,
    rebuffs,
    standing_in,
    this_morning,
    waiting,
)
from baomi.engine.demo.circulation import envelope
from baomi.engine.demo.days import LENGTH_DAYS, Agenda, Slot, When, working_days
from baomi.engine.demo.diary import Diary
from baomi.engine.demo.logins import Login, change_passwords, chosen_password
from baomi.engine.demo.names import invented_names
from baomi.engine.demo.office_plan import make_office
from baomi.engine.demo.papers import Mailbag, arrival_days, envelope_sizes
from baomi.engine.demo.scene import Scene, Staff
from baomi.engine.head import read_head
from baomi.engine.sealer import seal_when_due
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.words import Door
from baomi.registers.custody.models import Copy, Paper
from baomi.registers.duties.models import Duty

FEWEST_PAPERS = sum(
    (incidents.PAPERS, own_papers.COUNT, archive.PAPERS, ending.PAPERS, this_morning.PAPERS)
)
_READERS_PER_UNIT = 5
# a register or a habit that comes later joins here: anything with begin(scene)
_STORIES = (
    house,
    governing,
    incidents,
    archive,
    own_papers,
    personnel,
    standing_in,
    housekeeping,
    mishaps,
    rebuffs,
    ending,
    waiting,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoReport:
    """What was made: the log-ins, and how much of everything."""

    logins: tuple[Login, ...] = field(repr=False)
    entries: int
    papers: int
    copies: int
    open_duties: int
    overdue: int


def make_demo(
    *,
    seed: int = 1,
    papers: int = 300,
    days: int = LENGTH_DAYS,
    password: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> DemoReport:
    """Make the demonstration office on an empty, migrated home; the clock must be the machine's.

    The same seed on the same day tells the same story. ``papers`` counts those that are received
    and those of the office's own, at least ``FEWEST_PAPERS``; ``days`` (calendar days; at least
    ``days.FEWEST_WORKDAYS`` working days) says how long ago the story begins. ``progress`` is told
    the working days lived through and their number. Raises ``BadInput`` for a password that is not
    good enough, and what ``found_office`` raises.
    """
    chosen = chosen_password(password)
    now_us = clock.now_us()
    scene = _opened(seed, now_us, days)
    logins: list[Login] = []
    for story in _STORIES:
        story.begin(scene)
    _begin_envelopes(scene, papers - FEWEST_PAPERS)
    scene.begin(change_passwords(scene, chosen, logins))
    _live(scene, progress)
    this_morning.live(scene)
    scene.diary.move_to(max(now_us, clock.now_us()))
    scene.diary.seal()
    return _report(tuple(logins))


def _opened(seed: int, now_us: int, length: int) -> Scene:
    rng = Random(seed)  # noqa: S311 — chance of a story, not of a key
    days = working_days(now_us, length)
    start_us = instant_on(days[0], *divmod(Slot.OPENING, 60))
    with clock.standing_at(start_us):
        office = make_office(
            readers_per_unit=_READERS_PER_UNIT, door=Door.WORKER, after_commit=seal_when_due
        )
    scene = Scene(
        office=office,
        staff=Staff.of(office),
        diary=Diary(start_us, now_us, rng),
        agenda=Agenda(days),
        rng=rng,
        mailbag=Mailbag(rng),
        names=islice(invented_names(), len(office.logins), None),
        people={},
        logins=dict(office.logins),
    )
    scene.meet(*office.logins)
    return scene


def _begin_envelopes(scene: Scene, papers: int) -> None:
    sizes = list(envelope_sizes(papers, scene.rng))
    days = arrival_days(scene.agenda.days, len(sizes), scene.rng)
    for size, day in zip(sizes, days, strict=True):
        scene.begin(envelope(scene, size, day))


def _live(scene: Scene, progress: Callable[[int, int], None] | None) -> None:
    lived = -1

    def arrive(when: When) -> None:
        nonlocal lived
        if progress is not None and when.day > max(lived, 0):
            progress(when.day, scene.last + 1)
        is_new = when.day > lived
        lived = when.day
        day = scene.day(when.day)
        scene.diary.move_to(instant_on(day, *divmod(when.slot, 60)))
        if is_new:
            scene.diary.open_duties()

    scene.agenda.run(arrive)
    if progress is not None:
        progress(scene.last + 1, scene.last + 1)


def _report(logins: tuple[Login, ...]) -> DemoReport:
    head = read_head()
    still_open = Duty.objects.filter(state="open")
    return DemoReport(
        logins=logins,
        entries=head.size if head else 0,
        papers=Paper.objects.count(),
        copies=Copy.objects.count(),
        open_duties=still_open.count(),
        overdue=still_open.filter(due_on__lt=clock.today()).count(),
    )
