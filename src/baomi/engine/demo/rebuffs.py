"""What is asked for through the year and refused: each time the clause says why."""

from __future__ import annotations

from uuid import UUID

from baomi.engine.demo.days import Life, Slot, When
from baomi.engine.demo.office_plan import BARE_ROOM, READING_ROOM, UNITS
from baomi.engine.demo.scene import Entered, Scene
from baomi.kernel.words import Level, Post

_EVERY = 6  # working days between two of them, about


def begin(scene: Scene) -> None:
    """Spread them over the year."""
    for day in range(8, scene.last, _EVERY):
        scene.begin(rebuff(scene, day + scene.rng.randint(0, 4)))
    scene.begin(rights_alone(scene, scene.at(0.31)))


def rebuff(scene: Scene, day: int) -> Life:
    """Somebody asks for what may not be done with one of the copies at hand."""
    yield When(day, scene.rng.choice((Slot.FORENOON, Slot.AFTERNOON)))
    if not scene.spare:
        return
    paper, copy = scene.rng.choice(scene.spare)
    kinds = [outside_the_circle, in_a_bare_room, by_a_reader]
    if paper.described.level > Level.INTERNAL:
        kinds += [too_low_a_cabinet, not_cleared]
    scene.rng.choice(kinds)(scene, paper, copy)


def outside_the_circle(scene: Scene, paper: Entered, copy: UUID) -> None:
    """The copy is wanted by a head to whom the paper was not sent."""
    circle = scene.circle(paper)
    others = [head for head in scene.staff.heads.values() if head not in circle]
    if others:
        _try_to_give(scene, copy, scene.rng.choice(others), READING_ROOM)


def not_cleared(scene: Scene, paper: Entered, copy: UUID) -> None:
    """The copy is wanted by somebody of the unit who is not cleared for its level."""
    _try_to_give(scene, copy, scene.office.readers[paper.unit][2], READING_ROOM)


def in_a_bare_room(scene: Scene, paper: Entered, copy: UUID) -> None:
    """It is to be read in a room without protective measures."""
    person = next(iter(scene.in_circle(paper)), scene.office.office_director)
    _try_to_give(scene, copy, person, BARE_ROOM)


def too_low_a_cabinet(scene: Scene, paper: Entered, copy: UUID) -> None:
    """It is to be locked into a cabinet for internal papers."""
    cabinet = scene.office.cabinets[Level.INTERNAL]
    scene.attempt("custody.store_copies", scene.registrar, copy, cabinet=cabinet)


def by_a_reader(scene: Scene, paper: Entered, copy: UUID) -> None:
    """A reader wants to take back or to store what only the registrar may."""
    reader = scene.office.readers[scene.rng.choice(UNITS)][0]
    cabinet = scene.office.cabinets[Level.TOP_SECRET]
    scene.attempt("custody.store_copies", reader, copy, cabinet=cabinet)


def rights_alone(scene: Scene, day: int) -> Life:
    """A post is not given by one person alone, nor an account reopened."""
    office = scene.office
    yield When(day, Slot.AFTERNOON)
    person = office.readers["法制委"][0]
    unit = office.units["法制委"]
    letter = f"云人办发〔{scene.today.year}〕7号"
    scene.attempt(
        "office.appoint",
        office.security_admin,
        person,
        post=Post.UNIT_KEEPER,
        unit=unit,
        letter=letter,
    )
    account, ground = office.accounts[person], "本人忘记口令"
    scene.attempt("office.reset_account", office.system_admin, account, ground=ground)
    scene.do(
        "office.reset_account",
        office.system_admin,
        account,
        second=office.auditor,
        ground=ground,
    )


def _try_to_give(scene: Scene, copy: UUID, person: UUID, room: str) -> None:
    place = scene.office.rooms[room]
    scene.attempt("custody.hand_over_copy", scene.registrar, copy, person=person, place=place)
