"""What ordinarily becomes of a paper: received, locked in, read by its circle, handed back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from baomi.engine.demo.days import Life, Slot, When
from baomi.engine.demo.office_plan import UNITS
from baomi.engine.demo.papers import Described
from baomi.engine.demo.scene import Entered, Scene
from baomi.kernel.words import Level

EXCHANGE = "云澜市机要文件交换站"
UNEXPLAINED = "清单多列一件，已电话核对，系交换站误写"
TORN = "封套一角破损，当面启封清点，文件完好，已通知交换站"
READING_UNITS = UNITS[1:]  # 办公室 itself passes papers on
_LATE = 0.06  # of the times that a careless reader hands back the day after
_TOO_LONG = 0.05  # of the times that a careless handler takes longer than he may
_MOST_DAYS = 4  # working days that a handler ordinarily needs: fewer than he may take
_SPARE = 0.4  # of the papers in several copies: one copy stays in the cabinet


def receive(scene: Scene, papers: Sequence[Described], units: Sequence[str]) -> list[Entered]:
    """Open an envelope, register its papers, lock the copies in; circles are set afterwards."""
    told = register(scene, papers, units)
    for level in dict.fromkeys(_level_of_cabinet(paper) for paper in told):
        alike = [paper for paper in told if _level_of_cabinet(paper) is level]
        store(scene, level, [copy for paper in alike for copy in paper.copies])
    return told


def _level_of_cabinet(paper: Entered) -> Level:
    return max(paper.described.level, Level.INTERNAL)


def register(scene: Scene, papers: Sequence[Described], units: Sequence[str]) -> list[Entered]:
    """Open an envelope and register its papers; nothing is locked in yet."""
    rng = scene.rng
    too_few, torn = rng.random() < 0.1, rng.random() < 0.06
    receipt = scene.do(
        "custody.receive_envelope",
        scene.registrar,
        sender=EXCHANGE,
        sent_number=f"云机交{rng.randint(100, 999)}",
        intact=not torn,
        papers_stated=len(papers) + too_few,
        difference="；".join([UNEXPLAINED] * too_few + [TORN] * torn),
        papers=[
            {**paper.inputs, "handling_unit": scene.office.units[unit]}
            for paper, unit in zip(papers, units, strict=True)
        ],
    )
    told = zip(papers, units, receipt.told["papers"], strict=True)
    return [_entered(paper, unit, each) for paper, unit, each in told]


def _entered(paper: Described, unit: str, told: dict[str, Any]) -> Entered:
    copies = tuple(UUID(copy) for copy in told["copies"])
    return Entered(id=UUID(told["paper"]), described=paper, copies=copies, circle=(), unit=unit)


def store(scene: Scene, level: Level, copies: Sequence[UUID]) -> None:
    """Lock copies into the cabinet of their level."""
    cabinet = scene.office.cabinets[max(level, Level.INTERNAL)]
    scene.do("custody.store_copies", scene.registrar, *copies, cabinet=cabinet)


def set_circle(
    scene: Scene,
    paper: Entered,
    *,
    persons: Sequence[UUID] = (),
    units: Sequence[str] = (),
    posts: Sequence[str] = (),
) -> Entered:
    """Fix the circle. Returns the paper with those of it who are cleared."""
    office = scene.office
    scene.do(
        "custody.set_circle",
        scene.registrar,
        paper.id,
        persons=tuple(persons),
        units=tuple(office.units[unit] for unit in units),
        posts=tuple(posts),
        release_level_checked=bool(paper.described.release_level),
    )
    circle = [*persons, *(each for unit in units for each in scene.readers(unit))]
    if posts:
        circle += scene.staff.heads.values()
    unique = tuple(dict.fromkeys(circle))
    return replace(paper, circle=scene.cleared(unique, paper.described.level))


def envelope(scene: Scene, papers: int, day: int) -> Life:
    """An envelope with papers of the ordinary mix, and what becomes of them."""
    yield When(day, Slot.MORNING)
    described = [scene.mailbag.any_paper(scene.day(day)) for _ in range(papers)]
    units = [scene.rng.choice(READING_UNITS) for _ in described]
    for paper in receive(scene, described, units):
        circulate(scene, _with_a_circle(scene, paper), day)


def _with_a_circle(scene: Scene, paper: Entered) -> Entered:
    level = paper.described.level
    if level >= Level.TOP_SECRET:
        return set_circle(scene, paper, persons=top_secret_circle(scene))
    if paper.described.release_level:
        return set_circle(scene, paper, posts=["unit_head"])
    turn = scene.rng.random()
    if turn < 0.4:
        return set_circle(scene, paper, units=[paper.unit])
    if turn < 0.55:
        return set_circle(scene, paper, posts=["unit_head"])
    named = scene.cleared(scene.readers(paper.unit), level)
    return set_circle(scene, paper, persons=[scene.office.office_director, *named])


def top_secret_circle(scene: Scene) -> tuple[UUID, ...]:
    """Who is cleared for 绝密 and reads it."""
    office = scene.office
    return (office.group_leader, office.office_director, scene.staff.heads["财经委"])


def circulate(scene: Scene, paper: Entered, day: int) -> None:
    """Send each copy on its way, from the day after on; some stay in the cabinet."""
    if paper.described.level >= Level.TOP_SECRET:
        scene.begin(goes_round_once(scene, paper, paper.copies[0], day))
        return
    first, *others = paper.copies
    if others and paper.circle and scene.rng.random() < _SPARE:
        scene.spare.append((paper, others.pop()))
    for copy in (first, *others):
        way = scene.rng.choice((is_read, is_read, goes_to_the_unit, is_handled))
        scene.begin(way(scene, paper, copy, day))


def goes_round_once(scene: Scene, paper: Entered, copy: UUID, day: int) -> Life:
    """Each of the circle reads it on a day of his own and hands it back the same day."""
    for number, reader in enumerate(paper.circle, start=day + 1):
        yield When(number, Slot.FORENOON)
        scene.give(copy, reader)
        yield When(number, Slot.EVENING)
        scene.take_back(copy)


def is_read(scene: Scene, paper: Entered, copy: UUID, day: int) -> Life:
    """Some of the circle read it in the reading room, one after another, a few a day late."""
    for _ in range(scene.rng.randint(1, 3)):
        day += scene.rng.randint(1, 3)
        yield When(day, Slot.FORENOON)
        readers = scene.free(scene.in_circle(paper), paper.described.level)
        if not readers:
            continue
        reader = scene.rng.choice(readers)
        late = day < scene.last and reader in scene.careless and scene.rng.random() < _LATE
        scene.owing[reader] += late
        scene.give(copy, reader)
        day += late
        yield When(day, Slot.FORENOON if late else Slot.EVENING)
        scene.take_back(copy)
        scene.owing[reader] -= late


def goes_to_the_unit(scene: Scene, paper: Entered, copy: UUID, day: int) -> Life:
    """The unit's keeper has it for some days and gives it to the readers of his unit."""
    unit, level = paper.unit, paper.described.level
    day += scene.rng.randint(1, 2)
    yield When(day, Slot.FORENOON)
    if unit in scene.resting or not _readers_there(scene, paper):
        return
    scene.give(copy, scene.staff.keepers[unit], purpose="keeping")
    for _ in range(scene.rng.randint(1, 3)):
        yield When(day, Slot.AFTERNOON)
        if free := scene.free(_readers_there(scene, paper), level):
            scene.lend(copy, scene.rng.choice(free), unit)
            yield When(day, Slot.EVENING)
            scene.take_back(copy, by=scene.staff.keepers[unit])
        day += scene.rng.randint(1, 3)
    yield When(day, Slot.CLOSING)
    scene.take_back(copy)


def _readers_there(scene: Scene, paper: Entered) -> list[UUID]:
    """Who serves in the paper's unit today and may read it."""
    return [each for each in scene.in_circle(paper) if each in scene.readers(paper.unit)]


def is_handled(scene: Scene, paper: Entered, copy: UUID, day: int) -> Life:
    """Somebody of the circle works on it for some days; at the end of the year it is still out."""
    day += scene.rng.randint(1, 4)
    yield When(day, Slot.AFTERNOON)
    handlers = scene.free(scene.in_circle(paper), paper.described.level)
    if not handlers:
        return
    handler, days = scene.rng.choice(handlers), scene.rng.randint(1, _MOST_DAYS)
    if handler in scene.careless and scene.rng.random() < _TOO_LONG and day + 9 <= scene.last:
        days += _MOST_DAYS + 1
        scene.owing[handler] += 1
    scene.give(copy, handler, unit=paper.unit, purpose="handling")
    yield When(day + days, Slot.EVENING)
    scene.take_back(copy)
    scene.owing[handler] -= days > _MOST_DAYS
