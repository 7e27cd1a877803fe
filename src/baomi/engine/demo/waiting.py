"""What waits today: requests to decide on, one agreed to, a paper that is out for too long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from baomi.engine.demo.approvals import CONSULT, WIDEN, agree, ask
from baomi.engine.demo.archive import consultation
from baomi.engine.demo.days import Life, Slot, When
from baomi.engine.demo.scene import Entered, Scene
from baomi.engine.demo.travels import (
    TRAVELLERS,
    Going,
    deciders,
    journey,
    leave,
    receives,
    request,
    traveller,
)
from baomi.registers.custody.facts import Occasion

OVERDUE_OUTINGS = 1
OVERDUE_DECISIONS = 1
_TRIP = (Occasion.BUSINESS_TRIP,)
_BOTH = (Occasion.BUSINESS_TRIP, Occasion.PUBLIC_PLACE)


def begin(scene: Scene) -> None:
    """Let the last days of it begin."""
    scene.begin(is_not_brought_back(scene))
    scene.begin(may_leave_tomorrow(scene))
    scene.begin(waits_for_the_leader_too_long(scene))
    scene.begin(waits_for_two(scene))
    scene.begin(waits_for_the_director(scene))


def _going(scene: Scene, number: int, occasions: tuple[Occasion, ...]) -> Going:
    copy = scene.kept["carried"].copies[number]
    return Going(traveller(scene, number), TRAVELLERS[number][0], copy, occasions)


def is_not_brought_back(scene: Scene) -> Life:
    """It was to be brought back some days ago."""
    yield When(scene.last - 6, Slot.FORENOON)
    going = _going(scene, 0, _TRIP)
    receives(scene, going)
    said = journey(scene, going, scene.last - 5, scene.last - 3)
    asked = request(scene, going, said)
    yield When(scene.last - 6, Slot.AFTERNOON)
    agree(scene, asked, *deciders(scene, going))
    yield When(scene.last - 5, Slot.MORNING)
    leave(scene, going, said)


def may_leave_tomorrow(scene: Scene) -> Life:
    """It is agreed to, and not yet carried out."""
    yield When(scene.last - 2, Slot.AFTERNOON)
    going = _going(scene, 1, _TRIP)
    receives(scene, going)
    asked = request(scene, going, _soon(scene, going))
    yield When(scene.last - 1, Slot.AFTERNOON)
    agree(scene, asked, *deciders(scene, going))


def waits_for_the_leader_too_long(scene: Scene) -> Life:
    """Asked for days ago: the decision is overdue."""
    yield When(scene.last - 4, Slot.FORENOON)
    going = _going(scene, 2, _TRIP)
    receives(scene, going)
    request(scene, going, _soon(scene, going))


def waits_for_two(scene: Scene) -> Life:
    """A trip through public places: the group's leader and the secrecy leader decide."""
    yield When(scene.last, Slot.FORENOON)
    going = _going(scene, 3, _BOTH)
    receives(scene, going)
    request(scene, going, _soon(scene, going))


def waits_for_the_director(scene: Scene) -> Life:
    """A consultation with excerpts, and one of the day without."""
    yield When(scene.last, Slot.AFTERNOON)
    who = scene.staff.heads["法制委"]
    said = consultation(scene, who, "修改立法规划", "立法规划说明")
    ask(scene, who, CONSULT, scene.kept["archived"].copies[1], "说明须引用原文", said)


def _soon(scene: Scene, going: Going) -> dict[str, Any]:
    days: dict[str, Any] = {
        "leaves_on": scene.now + timedelta(days=1),
        "back_until": scene.now + timedelta(days=4),
    }
    return journey(scene, going, scene.last, scene.last, **days)


def ask_this_morning(scene: Scene, fresh: Entered, added: UUID) -> None:
    """What came in since the office opened: a wider circle, and a consultation."""
    said: dict[str, Any] = {"persons": (added,), "reason": "参与承办"}
    ask(scene, scene.registrar, WIDEN, fresh.id, "牵头单位提出增加承办人", said)
    who = scene.office.readers["研究室"][0]
    consulted = consultation(scene, who, "核对年鉴校样")
    ask(scene, who, CONSULT, scene.kept["archived"].copies[2], "年鉴付印前核对", consulted)
