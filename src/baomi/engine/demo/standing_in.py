"""Deputations: who is away for some days is stood in for, by dated days, and no longer."""

from __future__ import annotations

from uuid import UUID

from baomi.engine.demo.circulation import EXCHANGE
from baomi.engine.demo.days import Life, Slot, When
from baomi.engine.demo.personnel import holding_of
from baomi.engine.demo.scene import Scene
from baomi.kernel.words import Level, Post

_DAYS = 4  # working days that somebody is away
_UNIT = "教科文卫委"


def begin(scene: Scene) -> None:
    """Let people be away through the year."""
    scene.begin(stands_in_as_director(scene, scene.at(0.25)))
    scene.begin(stands_in_as_keeper(scene, scene.at(0.53)))


def _depute(
    scene: Scene,
    principal: UUID,
    post: Post,
    deputy: UUID,
    until: int,
    why: str,
    *,
    by: UUID | None = None,
    second: UUID | None = None,
) -> UUID:
    office = scene.office
    told = scene.do(
        "office.depute",
        by or office.security_admin,
        holding_of(scene, principal, post),
        second=second or office.auditor,
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


def keeper_is_ill(scene: Scene, copy: UUID, unit: str, day: int) -> Life:
    """His head has him stood in for, for a week; what he keeps is lent and taken back meanwhile."""
    keeper, deputy = scene.staff.keepers[unit], scene.office.readers[unit][0]
    yield When(day, Slot.AFTERNOON)
    scene.resting.add(unit)
    scene.give(copy, keeper, purpose="keeping")
    yield When(day + 1, Slot.OPENING)
    head, second = scene.staff.heads[unit], scene.office.office_director
    _depute(
        scene, keeper, Post.UNIT_KEEPER, deputy, day + _DAYS + 1, "专人病假", by=head, second=second
    )
    others = [each for each in scene.staff.readers[unit] if each != deputy]
    if free := scene.free(others, Level.INTERNAL):
        yield When(day + 1, Slot.AFTERNOON)
        place = scene.office.rooms[unit]
        scene.do("custody.hand_over_copy", deputy, copy, person=free[0], place=place)
        yield When(day + 1, Slot.EVENING)
        scene.take_back(copy, by=deputy)
    yield When(min(day + _DAYS + 1, scene.last), Slot.CLOSING)
    scene.take_back(copy)
    scene.resting.discard(unit)


def _one_to_keep(scene: Scene, deputy: UUID) -> UUID | None:
    """A copy without a way of its own that somebody of the deputy's unit may read."""
    unit, clearance = scene.people[deputy].unit, scene.people[deputy].clearance
    for at, (paper, copy) in enumerate(scene.spare):
        in_circle = any(scene.people[each].unit == unit for each in scene.in_circle(paper))
        if in_circle and clearance >= paper.described.level:
            del scene.spare[at]
            return copy
    return None
