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
_LATE = 0.12  # of the times that a careless reader hands back the day after


def receive(scene: Scene, papers: Sequence[Described], units: Sequence[str]) -> list[Entered]:
    """Open an envelope, register its papers, lock the copies in; circles are set afterwards."""
    rng, registrar = scene.rng, scene.office.registrar
    too_few, torn = rng.random() < 0.1, rng.random() < 0.06
    receipt = scene.do(
        "custody.receive_envelope",
        registrar,
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
    return [_store(scene, paper, unit, each) for paper, unit, each in told]


def _store(scene: Scene, paper: Described, unit: str, told: dict[str, Any]) -> Entered:
    copies = tuple(UUID(copy) for copy in told["copies"])
    store(scene, paper.level, copies)
    return Entered(id=UUID(told["paper"]), described=paper, copies=copies, circle=(), unit=unit)


def store(scene: Scene, level: Level, copies: Sequence[UUID]) -> None:
    """Lock copies into the cabinet of their level."""
    cabinet = scene.office.cabinets[max(level, Level.INTERNAL)]
    scene.do("custody.store_copies", scene.office.registrar, *copies, cabinet=cabinet)


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
        office.registrar,
        paper.id,
        persons=tuple(persons),
        units=tuple(office.units[unit] for unit in units),
        posts=tuple(posts),
        release_level_checked=bool(paper.described.release_level),
    )
    circle = [*persons, *(each for unit in units for each in scene.staff(unit))]
    if posts:
        circle += office.heads.values()
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
    office, level = scene.office, paper.described.level
    if level >= Level.TOP_SECRET:
        return set_circle(scene, paper, persons=top_secret_circle(scene))
    if paper.described.release_level:
        return set_circle(scene, paper, posts=["unit_head"])
    turn = scene.rng.random()
    if turn < 0.4:
        return set_circle(scene, paper, units=[paper.unit])
    if turn < 0.55:
        return set_circle(scene, paper, posts=["unit_head"])
    named = scene.cleared(scene.staff(paper.unit), level)
    return set_circle(scene, paper, persons=[office.office_director, *named])


def top_secret_circle(scene: Scene) -> tuple[UUID, ...]:
    """Who is cleared for 绝密 and reads it."""
    office = scene.office
    return (office.group_leader, office.office_director, office.heads["财经委"])


def circulate(scene: Scene, paper: Entered, day: int) -> None:
    """Send each copy on its way, from the day after on; some stay in the cabinet."""
    if paper.described.level >= Level.TOP_SECRET:
        scene.begin(goes_round_once(scene, paper, paper.copies[0], day))
        return
    for copy in paper.copies:
        way = scene.rng.choice((is_read, is_read, goes_to_the_unit, is_handled))
        scene.begin(way(scene, paper, copy, day))


def goes_round_once(scene: Scene, paper: Entered, copy: UUID, day: int) -> Life:
    """Each of the circle reads it on a day of his own and hands it back the same day."""
    for number, reader in enumerate(paper.circle, start=day + 1):
        if number > scene.last:
            return
        yield When(number, Slot.FORENOON)
        scene.give(copy, reader)
        yield When(number, Slot.EVENING)
        scene.take_back(copy)


def is_read(scene: Scene, paper: Entered, copy: UUID, day: int) -> Life:
    """Some of the circle read it in the reading room, one after another, a few a day late."""
    for _ in range(scene.rng.randint(1, 3)):
        day += scene.rng.randint(1, 3)
        if day > scene.last:
            return
        yield When(day, Slot.FORENOON)
        readers = scene.free(paper.circle)
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
    readers = tuple(each for each in paper.circle if each in scene.staff(paper.unit))
    keeper = scene.office.keepers[paper.unit]
    day += scene.rng.randint(1, 2)
    if not readers or day > scene.last:
        return
    yield When(day, Slot.FORENOON)
    scene.give(copy, keeper, purpose="keeping")
    for _ in range(scene.rng.randint(1, 3)):
        yield When(day, Slot.AFTERNOON)
        if free := scene.free(readers):
            scene.do(
                "custody.hand_over_copy",
                keeper,
                copy,
                person=scene.rng.choice(free),
                place=scene.office.rooms[paper.unit],
            )
            yield When(day, Slot.EVENING)
            scene.take_back(copy, by=keeper)
        day += scene.rng.randint(1, 3)
        if day > scene.last:
            return
    yield When(day, Slot.CLOSING)
    scene.take_back(copy)


def is_handled(scene: Scene, paper: Entered, copy: UUID, day: int) -> Life:
    """Somebody of the circle works on it for some days; at the end of the month it is still out."""
    day += scene.rng.randint(1, 4)
    if day > scene.last:
        return
    yield When(day, Slot.AFTERNOON)
    handlers = scene.free(paper.circle)
    if not handlers:
        return
    scene.give(copy, scene.rng.choice(handlers), unit=paper.unit, purpose="handling")
    day += scene.rng.randint(1, 4)
    yield When(day, Slot.EVENING)
    scene.take_back(copy)
