"""Deputations: who is away for some days is stood in for, by dated days, and no longer."""

from __future__ import annotations

from uuid import UUID

from baomi.engine.demo.circulation import EXCHANGE
from baomi.engine.demo.days import Life, Slot, When
from baomi.engine.demo.personnel import holding_of
from baomi.engine.demo.scene import Scene
from baomi.kernel.words import Post

_DAYS = 4  # working days that somebody is away
_UNIT = "教科文卫委"


def begin(scene: Scene) -> None:
    """Let people be away through the year."""
    scene.begin(stands_in_as_director(scene, scene.at(0.25)))
    scene.begin(stands_in_as_keeper(scene, scene.at(0.53)))


def _depute(scene: Scene, principal: UUID, post: Post, deputy: UUID, until: int, why: str) -> UUID:
    office = scene.office
    told = scene.do(
        "office.depute",
        office.security_admin,
        holding_of(scene, principal, post),
        second=office.auditor,
        deputy=deputy,
        until_on=scene.day(min(until, scene.last)).isoformat(),
        ground=why,
    ).told
    return UUID(told["deputation"])


def stands_in_as_registrar(scene: Scene, deputy: UUID) -> Life:
    """The registrar is on leave: before it his deputy can do nothing, during it everything."""
    office, day = scene.office, scene.at(0.37)
    yield When(day, Slot.OPENING)
    scene.attempt(
        "custody.receive_envelope",
        deputy,
        sender=EXCHANGE,
        intact=True,
        papers_stated=1,
        papers=[],
    )
    _depute(scene, office.registrar, Post.REGISTRAR, deputy, day + _DAYS, "保密员年休假")
    scene.staff.registrar = deputy
    yield When(day + _DAYS, Slot.CLOSING)
    scene.staff.registrar = office.registrar


def stands_in_as_director(scene: Scene, day: int) -> Life:
    """The director is at a training course; he comes back a day early."""
    office = scene.office
    yield When(day, Slot.OPENING)
    deputation = _depute(
        scene,
        office.office_director,
        Post.OFFICE_DIRECTOR,
        scene.staff.heads["研究室"],
        day + _DAYS,
        "办公室主任参加培训",
    )
    yield When(day + _DAYS - 1, Slot.CLOSING)
    scene.do("office.end_deputation", office.security_admin, deputation)


def stands_in_as_keeper(scene: Scene, day: int) -> Life:
    """A reader keeps for his unit while the keeper is away; what he kept goes back before."""
    deputy = scene.office.readers[_UNIT][0]
    yield When(day, Slot.OPENING)
    scene.spared[deputy] += 1
    scene.resting.add(_UNIT)
    keeper = scene.staff.keepers[_UNIT]
    while scene.has_copies(keeper):
        day += 1
        yield When(day, Slot.CLOSING)
    yield When(day + 1, Slot.OPENING)
    _depute(scene, keeper, Post.UNIT_KEEPER, deputy, day + _DAYS, "专人外出学习")
    copy = _one_to_keep(scene, deputy)
    if copy is not None:
        scene.give(copy, deputy, purpose="keeping")
        yield When(day + _DAYS - 1, Slot.CLOSING)
        scene.take_back(copy)
    yield When(day + _DAYS, Slot.CLOSING)
    scene.resting.discard(_UNIT)
    scene.spared[deputy] -= 1


def _one_to_keep(scene: Scene, deputy: UUID) -> UUID | None:
    """A copy without a way of its own that somebody of the deputy's unit may read."""
    unit, clearance = scene.people[deputy].unit, scene.people[deputy].clearance
    for at, (paper, copy) in enumerate(scene.spare):
        in_circle = any(scene.people[each].unit == unit for each in scene.in_circle(paper))
        if in_circle and clearance >= paper.described.level:
            del scene.spare[at]
            return copy
    return None
