"""Papers that are carried out of the office: asked for, agreed to or not, brought back, checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from baomi.engine.demo.approvals import CARRY_OUT, agree, ask, decline
from baomi.engine.demo.days import Life, Slot, When
from baomi.engine.demo.scene import Entered, Scene
from baomi.registers.custody.facts import Occasion

# each of a unit of its own, and each with a copy; nothing else is planned for them
TRAVELLERS = tuple((unit, 3) for unit in ("财经委", "农业委", "研究室", "法制委"))
_FIRST = 6  # the working day from which on somebody travels
_LENGTH = 7  # working days between two journeys of one person, at least
_QUIET = 13  # working days before the last from which on no journey of the year begins
_TRIP = (Occasion.BUSINESS_TRIP,)
_PUBLIC = (Occasion.PUBLIC_PLACE,)
_WHITHER = {
    _TRIP: (
        ("省人大常委会机关", "参加法规草案评审会"),
        ("省财政厅", "核对预算执行数据"),
        ("市辖两县", "执法检查，当面通报问题清单"),
        ("省委党校", "参加专题研讨，会上用原件"),
    ),
    _PUBLIC: (("云澜市会展中心", "现场核对参展项目资料"),),
    _TRIP + _PUBLIC: (("省城，乘高铁往返", "向省人大专委会汇报"),),
}
_MEASURES = "随身携带密码箱保管，途中不离人，住宿存放前台保险柜"
_WHOLE = "份数、页数齐全，封装完好"


@dataclass(frozen=True, slots=True)
class Going:
    """Who wants to carry which copy out, and on what occasions."""

    who: UUID
    unit: str
    copy: UUID
    occasions: tuple[Occasion, ...]


def traveller(scene: Scene, number: int) -> UUID:
    """One of those who travel."""
    unit, place = TRAVELLERS[number]
    return scene.office.readers[unit][place]


def spare(scene: Scene) -> None:
    """Keep the travellers out of every other story."""
    scene.spared.update(traveller(scene, number) for number in range(len(TRAVELLERS)))


def begin_journeys(scene: Scene, paper: Entered) -> None:
    """Let the travellers travel through the year, each with his own copy of the paper."""
    plans: tuple[Plans, ...] = (
        ((0.1, _TRIP, goes), (0.5, _TRIP, goes_when_asked_again)),
        ((0.12, _TRIP, stays_after_all), (0.4, _PUBLIC, goes)),
        ((0.36, _TRIP + _PUBLIC, goes), (0.62, _TRIP, goes_too_late)),
        ((0.35, _TRIP, may_not_go), (0.7, _TRIP, goes)),
    )
    for number, (copy, planned) in enumerate(zip(paper.copies, plans, strict=False)):
        scene.begin(travels(scene, number, copy, planned))


def travels(scene: Scene, number: int, copy: UUID, plans: Plans) -> Life:
    """One journey after another, as far as the year has room for them."""
    day, who = _FIRST, traveller(scene, number)
    for part, occasions, life in plans:
        day = max(day, scene.at(part))
        if day > scene.last - _QUIET:
            return
        yield from life(scene, Going(who, TRAVELLERS[number][0], copy, occasions), day)
        day += _LENGTH


def journey(scene: Scene, going: Going, leaves: int, back: int, **more: Any) -> dict[str, Any]:
    """What is entered for a journey from one working day to another."""
    places = _WHITHER[going.occasions]
    destination, purpose = places[leaves % len(places)]
    return {
        "carrier": going.who,
        "keeper": going.who,
        "occasions": going.occasions,
        "destination": destination,
        "purpose": purpose,
        "measures": _MEASURES,
        "leaves_on": scene.day(leaves),
        "back_until": scene.day(back),
        **more,
    }


def deciders(scene: Scene, going: Going) -> tuple[UUID, ...]:
    """Who decides on it, by the occasions."""
    by = {
        Occasion.BUSINESS_TRIP: scene.office.group_leader,
        Occasion.PUBLIC_PLACE: scene.staff.secrecy_leader,
    }
    return tuple(by[occasion] for occasion in going.occasions)


def receives(scene: Scene, going: Going) -> None:
    """The traveller gets the copy to work on."""
    scene.give(going.copy, going.who, unit=going.unit, purpose="handling")


def request(scene: Scene, going: Going, said: dict[str, Any], **more: Any) -> UUID:
    """The traveller asks for it himself."""
    return ask(scene, going.who, CARRY_OUT, going.copy, str(said["purpose"]), said, **more)


def leave(scene: Scene, going: Going, said: dict[str, Any]) -> None:
    """The registrar records that it is carried out."""
    scene.do(CARRY_OUT, scene.registrar, going.copy, **said)


def _returns(scene: Scene, going: Going, day: int) -> Life:
    yield When(day, Slot.EVENING)
    scene.do("custody.bring_back", scene.registrar, going.copy, findings=_WHOLE)
    yield When(day, Slot.CLOSING)
    scene.take_back(going.copy)


def goes(scene: Scene, going: Going, day: int) -> Life:
    """Not before it is agreed to; then he goes, comes back, and hands it in."""
    yield When(day, Slot.AFTERNOON)
    receives(scene, going)
    said = journey(scene, going, day + 2, day + 3)
    scene.attempt(CARRY_OUT, scene.registrar, going.copy, **said)
    asked = request(scene, going, said)
    yield When(day + 1, Slot.AFTERNOON)
    agree(scene, asked, *deciders(scene, going))
    yield When(day + 2, Slot.MORNING)
    changed = said | {"destination": "省城及周边三市"}
    scene.attempt(CARRY_OUT, scene.registrar, going.copy, **changed)
    leave(scene, going, said)
    yield from _returns(scene, going, day + 3)


def may_not_go(scene: Scene, going: Going, day: int) -> Life:
    """It is refused with a reason, and the copy is handed in."""
    yield When(day, Slot.AFTERNOON)
    receives(scene, going)
    asked = request(scene, going, journey(scene, going, day + 2, day + 4))
    yield When(day + 1, Slot.AFTERNOON)
    reason = "会议由省里提供材料，无须携带密件"
    decline(scene, asked, scene.office.group_leader, reason, verdict="refuse")
    yield When(day + 2, Slot.EVENING)
    scene.take_back(going.copy)


def goes_when_asked_again(scene: Scene, going: Going, day: int) -> Life:
    """It is returned because of the measures, asked for again with better ones, and agreed to."""
    yield When(day, Slot.AFTERNOON)
    receives(scene, going)
    poor = journey(scene, going, day + 3, day + 4, measures="随身携带")
    asked = request(scene, going, poor)
    yield When(day + 1, Slot.AFTERNOON)
    reason = "保密措施写得太笼统，请写明途中和住宿怎样存放"
    decline(scene, asked, scene.office.group_leader, reason, verdict="return")
    yield When(day + 2, Slot.MORNING)
    said = journey(scene, going, day + 3, day + 4)
    again = request(scene, going, said, again_of=asked)
    yield When(day + 2, Slot.AFTERNOON)
    agree(scene, again, *deciders(scene, going))
    yield When(day + 3, Slot.MORNING)
    leave(scene, going, said)
    yield from _returns(scene, going, day + 4)


def stays_after_all(scene: Scene, going: Going, day: int) -> Life:
    """The meeting is called off, and so is the request."""
    yield When(day, Slot.AFTERNOON)
    receives(scene, going)
    asked = request(scene, going, journey(scene, going, day + 2, day + 3))
    yield When(day + 1, Slot.MORNING)
    scene.do("approvals.withdraw", going.who, asked, reason="会议取消，不再外出")
    yield When(day + 1, Slot.EVENING)
    scene.take_back(going.copy)


def goes_too_late(scene: Scene, going: Going, day: int) -> Life:
    """The approval is given for some days, and has run out when he wants to leave."""
    yield When(day, Slot.AFTERNOON)
    receives(scene, going)
    said = journey(scene, going, day + 4, day + 5)
    asked = request(scene, going, said)
    yield When(day + 1, Slot.MORNING)
    agree(scene, asked, *deciders(scene, going), valid_until=scene.day(day + 2))
    yield When(day + 4, Slot.MORNING)
    scene.attempt(CARRY_OUT, scene.registrar, going.copy, **said)
    yield When(day + 4, Slot.EVENING)
    scene.take_back(going.copy)


Plans = tuple[tuple[float, tuple[Occasion, ...], Callable[[Scene, Going, int], Life]], ...]
"""Part of the year, occasions, and what becomes of it, one after another."""
