"""Make the demonstration office: founded a month ago, full of a month's deeds up to now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from random import Random

from baomi.engine.demo import house, incidents
from baomi.engine.demo.circulation import envelope
from baomi.engine.demo.days import Agenda, Slot, When, working_days
from baomi.engine.demo.diary import Diary
from baomi.engine.demo.logins import Login, chosen_password, set_passwords
from baomi.engine.demo.names import invented_names
from baomi.engine.demo.office_plan import make_office
from baomi.engine.demo.papers import Mailbag, envelope_sizes
from baomi.engine.demo.scene import Scene, people_of
from baomi.engine.head import read_head
from baomi.engine.sealer import seal_when_due
from baomi.kernel.clock import clock, instant_on
from baomi.kernel.words import Door
from baomi.registers.custody.models import Copy, Paper
from baomi.registers.duties.models import Duty

_READERS_PER_UNIT = 2
_QUIET_END = 2  # working days at the end without new papers: what was received is still read


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
    papers: int = 60,
    password: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> DemoReport:
    """Make the demonstration office on an empty, migrated home; the clock must be the machine's.

    The same seed on the same day tells the same story. ``papers`` counts those that are received
    and one of the office's own, at least ``incidents.FEWEST_PAPERS``. ``progress`` is told the
    working days lived through and their number. Raises ``BadInput`` for a password that is not
    good enough, and what ``found_office`` raises.
    """
    chosen = chosen_password(password)
    now_us = clock.now_us()
    scene = _opened(seed, working_days(now_us))
    logins = set_passwords(scene, chosen)
    house.begin(scene, islice(invented_names(), len(scene.office.logins), None))
    incidents.begin(scene)
    _begin_envelopes(scene, papers - incidents.FEWEST_PAPERS)
    _live(scene, progress)
    scene.diary.move_to(max(now_us, clock.now_us()))
    scene.diary.seal()
    return _report(logins)


def _opened(seed: int, days: tuple[date, ...]) -> Scene:
    rng = Random(seed)  # noqa: S311 — chance of a story, not of a key
    start_us = instant_on(days[0], *divmod(Slot.OPENING, 60))
    with clock.standing_at(start_us):
        office = make_office(
            readers_per_unit=_READERS_PER_UNIT, door=Door.WORKER, after_commit=seal_when_due
        )
    return Scene(
        office=office,
        diary=Diary(start_us, rng),
        agenda=Agenda(days),
        rng=rng,
        mailbag=Mailbag(rng),
        people=people_of(office, days[0]),
    )


def _begin_envelopes(scene: Scene, papers: int) -> None:
    sizes = list(envelope_sizes(papers, scene.rng))
    days = sorted(scene.rng.randint(1, scene.last - _QUIET_END) for _ in sizes)
    for size, day in zip(sizes, days, strict=True):
        scene.begin(envelope(scene, size, day))


def _live(scene: Scene, progress: Callable[[int, int], None] | None) -> None:
    lived = 0

    def arrive(when: When) -> None:
        nonlocal lived
        if progress is not None and when.day > lived:
            progress(when.day, scene.last + 1)
        lived = when.day
        day = scene.day(when.day)
        scene.diary.move_to(instant_on(day, *divmod(when.slot, 60)))

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
