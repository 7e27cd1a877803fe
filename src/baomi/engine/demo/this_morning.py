"""Today, as far as it has gone: an envelope, readers who have a copy, a keeper who lends.

It is lived whatever the hour and the day: a demonstration made on a Sunday shows its duty officer.
"""

from __future__ import annotations

from uuid import UUID

from baomi.engine.demo.circulation import register, set_circle, store
from baomi.engine.demo.office_plan import READING_ROOM
from baomi.engine.demo.papers import CITY, CITY_GOVERNMENT, PROVINCE
from baomi.engine.demo.scene import Entered, Scene
from baomi.engine.demo.waiting import ask_this_morning
from baomi.kernel.clock import instant_on
from baomi.kernel.words import Level
from baomi.registers.custody.facts import State
from baomi.registers.custody.models import Copy

PAPERS = 3
_OPENING_HOUR = 9
_AT_LEAST_US = 25 * 60 * 1_000_000  # how long before now the day begins, if it was made so early
_UNIT = "财经委"
_LENT = 2
_READ = 4


def live(scene: Scene) -> None:
    """Let the day begin; what is given out is still out when the story ends."""
    opening_us = instant_on(scene.now, _OPENING_HOUR)
    latest_us = max(scene.diary.now_us - _AT_LEAST_US, instant_on(scene.now))
    scene.diary.move_to(min(opening_us, latest_us))
    scene.diary.open_duties()
    fresh = _envelope(scene)
    _keeper_lends(scene)
    _readers_read(scene, fresh)
    _late_one_is_refused(scene, fresh)
    ask_this_morning(scene, fresh, scene.staff.heads["研究室"])


def _envelope(scene: Scene) -> Entered:
    """One paper goes out at once; one waits for its circle, one has yet to be locked in."""
    bag, on = scene.mailbag, scene.now
    described = [
        bag.paper(on, CITY, "秘密★10年", Level.CONFIDENTIAL, copies=4),
        bag.paper(on, CITY_GOVERNMENT, "机密★10年", Level.SECRET, copies=2),
        bag.paper(on, PROVINCE, "", Level.NONE, copies=2, numbered=False),
    ]
    fresh, waiting, _ = register(scene, described, ["内务司法委", _UNIT, "农业委"])
    for paper in (fresh, waiting):
        store(scene, paper.described.level, paper.copies)
    return set_circle(scene, fresh, units=["内务司法委", "农业委"])


def _keeper_lends(scene: Scene) -> None:
    """The unit's keeper gives some of what he keeps to the readers of his unit."""
    keeper = scene.staff.keepers[_UNIT]
    kept = Copy.objects.filter(state=State.HELD.value, holder=keeper, paper__level=Level.SECRET)
    copies = kept.order_by("-label_serial").values_list("id", flat=True)[:_LENT]
    readers = scene.free(scene.readers(_UNIT), Level.SECRET)
    for copy, reader in zip(copies, readers, strict=False):
        scene.lend(copy, reader, _UNIT)


def _readers_read(scene: Scene, fresh: Entered) -> None:
    """Some readers have a copy since this morning; somebody begins to work on one."""
    copies = list(fresh.copies)
    taken: set[UUID] = set()
    for paper, copy in [(fresh, copies.pop()), (fresh, copies.pop()), *scene.spare[-_READ:]]:
        free = scene.free(scene.in_circle(paper), paper.described.level)
        if readers := [each for each in free if each not in taken]:
            reader = scene.rng.choice(readers)
            taken.add(reader)
            scene.give(copy, reader)
    head = scene.staff.heads[fresh.unit]
    scene.give(copies.pop(), head, unit=fresh.unit, purpose="handling")


def _late_one_is_refused(scene: Scene, fresh: Entered) -> None:
    """Whoever owes a copy gets no other one."""
    scene.attempt(
        "custody.hand_over_copy",
        scene.registrar,
        fresh.copies[0],
        person=scene.office.readers["农业委"][0],
        place=scene.office.rooms[READING_ROOM],
    )
