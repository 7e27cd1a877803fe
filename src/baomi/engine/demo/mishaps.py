"""What goes wrong and is put right through the year: lost and found, mistaken, entered late.

Each befalls a copy that has no way of its own; where there is none, nothing befalls.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from baomi.engine.demo.days import Life, Slot, When
from baomi.engine.demo.diary import Late
from baomi.engine.demo.office_plan import PROTECTED_ROOM
from baomi.engine.demo.scene import Entered, Scene
from baomi.kernel.words import Level

_EVERY = 9  # working days between two of them, about
_MOST_DAYS_LOST = 2  # working days until it is found
_LATE_REASONS = ("停电未能登记", "会议晚间散会，次日补登", "保密员外出送件，回来补登")


def begin(scene: Scene) -> None:
    """Spread them over the year."""
    kinds = [lost_and_found, mistaken, entered_late, corrected, conveyed, numbered_anew]
    scene.rng.shuffle(kinds)
    for turn, day in enumerate(range(10, scene.last - 2, _EVERY)):
        scene.begin(mishap(scene, day + scene.rng.randint(0, 3), kinds[turn % len(kinds)]))


def mishap(scene: Scene, day: int, kind: Callable[[Scene, Entered, UUID, int], Life]) -> Life:
    """On a day something befalls one of the copies at hand."""
    yield When(day, Slot.MORNING)
    if scene.spare:
        paper, copy = scene.spare.pop(scene.rng.randrange(len(scene.spare)))
        yield from kind(scene, paper, copy, day)
        scene.spare.append((paper, copy))


def _reader(scene: Scene, paper: Entered) -> UUID | None:
    free = scene.free(scene.in_circle(paper), paper.described.level)
    return scene.rng.choice(free) if free else None


def lost_and_found(scene: Scene, paper: Entered, copy: UUID, day: int) -> Life:
    """A reader cannot find it in the evening; it is found a day or two later."""
    yield When(day, Slot.FORENOON)
    reader = _reader(scene, paper)
    if reader is None or day + _MOST_DAYS_LOST > scene.last:
        return
    scene.owing[reader] += 1
    scene.give(copy, reader)
    yield When(day, Slot.CLOSING)
    circumstances = "下班交件时不见，已会同保密员在阅文室查找一遍"
    scene.do("custody.report_missing", reader, copy, circumstances=circumstances)
    yield When(day + scene.rng.randint(1, _MOST_DAYS_LOST), Slot.FORENOON)
    scene.do(
        "custody.report_found",
        scene.registrar,
        copy,
        cabinet=scene.office.cabinets[max(paper.described.level, Level.INTERNAL)],
        circumstances="误夹在其他退件中，逐件核对时找到，文件完好",
    )
    scene.owing[reader] -= 1


def mistaken(scene: Scene, paper: Entered, copy: UUID, day: int) -> Life:
    """Entered for the wrong reader and undone; the circle is not widened for the wrong one."""
    yield When(day, Slot.FORENOON)
    reader = _reader(scene, paper)
    if reader is None:
        return
    registrar = scene.registrar
    scene.give(copy, reader)
    outsider = scene.office.readers["财经委" if paper.unit != "财经委" else "法制委"][2]
    if outsider not in (circle := scene.circle(paper)):
        wider = tuple(sorted({*circle, outsider}))
        scene.attempt("custody.set_circle", registrar, paper.id, persons=wider)
    scene.do("custody.undo", registrar, copy, reason="扫错标签，应交另一份")


def entered_late(scene: Scene, paper: Entered, copy: UUID, day: int) -> Life:
    """Read and handed back one day, entered the next (补记)."""
    yield When(day, Slot.FORENOON)
    reader = _reader(scene, paper)
    if reader is None:
        return
    scene.spared[reader] += 1
    registrar, room = scene.registrar, scene.office.rooms[paper.unit]
    yield When(day + 1, Slot.MORNING)
    late = Late(on=scene.day(day), reason=scene.rng.choice(_LATE_REASONS))
    scene.do("custody.hand_over_copy", registrar, copy, late=late, person=reader, place=room)
    scene.do("custody.take_back_copy", registrar, copy, late=late)
    scene.spared[reader] -= 1


def corrected(scene: Scene, paper: Entered, copy: UUID, day: int) -> Life:
    """The number of pages or the date was entered wrong."""
    yield When(day, Slot.AFTERNOON)
    pages = paper.described.inputs["pages"] + scene.rng.randint(1, 3)
    reason = "漏计附件，经复点更正"
    scene.do("custody.correct_paper", scene.registrar, paper.id, pages=pages, reason=reason)


def numbered_anew(scene: Scene, paper: Entered, copy: UUID, day: int) -> Life:
    """The copy number was read wrong."""
    yield When(day, Slot.AFTERNOON)
    scene.do(
        "custody.correct_copy_number",
        scene.registrar,
        copy,
        copy_number=scene.mailbag.another_copy_number(),
        reason="份号看错，照文件上的份号更正",
    )


def conveyed(scene: Scene, paper: Entered, copy: UUID, day: int) -> Life:
    """Its content is conveyed to the heads of the units."""
    yield When(day, Slot.AFTERNOON)
    scene.do(
        "custody.convey_paper",
        scene.office.office_director,
        paper.id,
        audience="各委（办）室主要负责人",
        audience_level="县处级",
        manner="集中学习传达",
        place=scene.office.rooms[PROTECTED_ROOM],
        release_level_checked=True,
        demands_kept=True,
    )
