"""People come, go, and change places: what the personnel side of the register sees in a year."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from baomi.engine.demo import governing, travels
from baomi.engine.demo.approvals import CARRY_OUT
from baomi.engine.demo.days import Life, Slot, When
from baomi.engine.demo.scene import Scene
from baomi.kernel.words import PersonnelClass, Post
from baomi.registers.custody.facts import Occasion
from baomi.registers.duties.models import Duty
from baomi.registers.governance.facts import Role
from baomi.registers.office import load as office_register

_GROUND = "涉密人员审查表"
# when, where, in which class
_NEWCOMERS = (
    (0.18, "财经委", PersonnelClass.GENERAL),
    (0.27, "法制委", PersonnelClass.IMPORTANT),
    (0.44, "内务司法委", PersonnelClass.GENERAL),
    (0.58, "教科文卫委", PersonnelClass.NONE),
    (0.79, "研究室", PersonnelClass.GENERAL),
)
# when, whence, who of the readers there, why
_LEAVERS = (
    (0.22, "法制委", 4, "调市委组织部工作"),
    (0.48, "研究室", 4, "辞职"),
    (0.74, "人事代表选举委", 4, "退休"),
)
# when, where, who of the readers there, the class from then on, on what ground
_CLASSED = (
    (0.34, "人事代表选举委", 1, PersonnelClass.IMPORTANT, "岗位调整，经保密审查"),
    (0.68, "教科文卫委", 3, PersonnelClass.GENERAL, "岗位调整，不再接触机密级事项"),
)


def begin(scene: Scene) -> None:
    """Let people come and go through the year."""
    for part, unit, personnel_class in _NEWCOMERS:
        scene.begin(comes(scene, scene.at(part), unit, personnel_class))
    for part, unit, number, ground in _LEAVERS:
        person = scene.office.readers[unit][number]
        scene.begin(leaves(scene, scene.at(part), unit, person, ground))
    for part, unit, number, personnel_class, ground in _CLASSED:
        person = scene.office.readers[unit][number]
        scene.begin(is_classed(scene, scene.at(part), person, personnel_class, ground))
    scene.begin(changes_unit(scene, scene.at(0.4)))
    scene.begin(head_retires(scene, scene.at(0.5)))
    scene.begin(keeper_changes(scene, scene.at(0.62)))
    scene.begin(secrecy_leader_changes(scene, scene.at(0.2)))


def add_person(
    scene: Scene, unit: str | UUID, personnel_class: PersonnelClass, *, rank: str = "科级"
) -> UUID:
    """Enter somebody of a name not used yet, with an account."""
    office = scene.office
    name, login = next(scene.names)
    added = scene.do(
        "office.add_person",
        office.security_admin,
        name=name,
        unit=office.units[unit] if isinstance(unit, str) else unit,
        rank=rank,
        personnel_class=personnel_class,
        class_ground=_GROUND,
    )
    person = UUID(added.told["person"])
    scene.do("office.grant_account", office.system_admin, person, login=login)
    scene.logins[person] = login
    scene.meet(person)
    return person


def appoint(scene: Scene, person: UUID, post: Post, *, unit: UUID | None = None) -> None:
    """Appoint somebody, the auditor being the second person."""
    office = scene.office
    scene.do(
        "office.appoint",
        office.security_admin,
        person,
        second=office.auditor,
        post=post,
        unit=unit,
        letter=f"云人办发〔{scene.today.year}〕{scene.rng.randint(2, 60)}号",
    )


def holding_of(scene: Scene, person: UUID, post: Post) -> UUID:
    """The appointment by which somebody holds a post today."""
    held = office_register.holdings_of(person, scene.today, scene.today)
    return next(each.id for each in held if each.post is post)


def comes(scene: Scene, day: int, unit: str, personnel_class: PersonnelClass) -> Life:
    """A newcomer, who reads like the others from then on."""
    yield When(day, Slot.OPENING)
    person = add_person(scene, unit, personnel_class)
    scene.do(
        "office.seal_personal_data",
        scene.office.security_admin,
        person,
        phone=f"8200{scene.rng.randint(1000, 9999)}",
    )
    scene.staff.joins(person, unit)


def leaves(scene: Scene, day: int, unit: str, person: UUID, ground: str) -> Life:
    """Nothing more is given to who leaves; he goes when he has handed back everything."""
    scene_day = day
    yield When(scene_day, Slot.OPENING)
    scene.spared[person] += 1
    while scene.has_copies(person):
        scene_day += 1
        yield When(scene_day, Slot.CLOSING)
    scene.do("office.end_service", scene.office.security_admin, person, ground=ground)
    scene.staff.leaves(person, unit)
    left = list(Duty.objects.filter(owner=person, state="open").values_list("id", flat=True))
    if left:
        yield When(scene_day + 1, Slot.AFTERNOON)
        keeper, why = scene.staff.keepers[unit], "原承办人已离岗"
        scene.do("duties.pass_on", scene.office.office_director, *left, person=keeper, reason=why)
        yield When(scene_day + 2, Slot.AFTERNOON)
        for duty in left:
            scene.do("duties.close_by_hand", keeper, duty)


def is_classed(
    scene: Scene, day: int, person: UUID, personnel_class: PersonnelClass, ground: str
) -> Life:
    """Somebody is put into another class, not by himself, and not while he has copies."""
    office = scene.office
    yield When(day, Slot.MORNING)
    scene.attempt(
        "office.set_class",
        office.security_admin,
        office.security_admin,
        personnel_class=PersonnelClass.CORE,
        ground=ground,
    )
    scene.spared[person] += 1
    while scene.has_copies(person):
        day += 1
        yield When(day, Slot.CLOSING)
    scene.do(
        "office.set_class",
        office.security_admin,
        person,
        personnel_class=personnel_class,
        ground=ground,
    )
    scene.meet(person)
    scene.spared[person] -= 1


def changes_unit(scene: Scene, day: int) -> Life:
    """A reader changes from one unit to another, and rises in rank."""
    old, new = "内务司法委", "研究室"
    person = scene.office.readers[old][3]
    yield When(day, Slot.OPENING)
    scene.spared[person] += 1
    while scene.has_copies(person):
        day += 1
        yield When(day, Slot.CLOSING)
    scene.do(
        "office.change_person",
        scene.office.security_admin,
        person,
        unit=scene.office.units[new],
        rank="县处级",
    )
    scene.staff.leaves(person, old)
    scene.staff.joins(person, new)
    scene.meet(person)
    scene.spared[person] -= 1


def head_retires(scene: Scene, day: int) -> Life:
    """A unit's head retires; the next working day another one is appointed."""
    unit = "农业委"
    head = scene.staff.heads[unit]
    yield When(day, Slot.OPENING)
    scene.spared[head] += 1
    while scene.has_copies(head):
        day += 1
        yield When(day, Slot.CLOSING)
    yield When(day, Slot.CLOSING)
    scene.do("office.end_service", scene.office.security_admin, head, ground="退休")
    yield When(day + 1, Slot.OPENING)
    successor = add_person(scene, unit, PersonnelClass.IMPORTANT, rank="县处级")
    appoint(scene, successor, Post.UNIT_HEAD, unit=scene.office.units[unit])
    scene.staff.heads[unit] = successor
    yield When(min(day + 7, scene.last), Slot.AFTERNOON)
    leader, year = scene.office.group_leader, scene.today.year
    governing.sign(scene, governing.draw_up(scene, unit, leader, Role.OVERALL, "秘书长", year))


def keeper_changes(scene: Scene, day: int) -> Life:
    """A unit's keeper hands on his office when he keeps nothing; a reader follows him."""
    unit, office = "人事代表选举委", scene.office
    old, new = scene.staff.keepers[unit], office.readers[unit][3]
    yield When(day, Slot.OPENING)
    scene.resting.add(unit)
    scene.spared[new] += 1
    while scene.has_copies(old) or scene.has_copies(new):
        day += 1
        yield When(day, Slot.CLOSING)
    yield When(day, Slot.CLOSING)
    holding = holding_of(scene, old, Post.UNIT_KEEPER)
    scene.do("office.end_appointment", office.security_admin, holding)
    yield When(day + 1, Slot.OPENING)
    appoint(scene, new, Post.UNIT_KEEPER, unit=office.units[unit])
    scene.staff.leaves(new, unit)
    scene.staff.joins(old, unit)
    scene.staff.keepers[unit] = new
    scene.spared[new] -= 1
    scene.resting.discard(unit)


def secrecy_leader_changes(scene: Scene, day: int) -> Life:
    """He moves on; for some days nothing is asked of his post; then another leader follows."""
    office, copies = scene.office, scene.kept
    yield When(day, Slot.OPENING)
    holding = holding_of(scene, scene.staff.secrecy_leader, Post.SECRECY_LEADER)
    scene.do("office.end_appointment", office.security_admin, holding)
    yield When(day + 1, Slot.FORENOON)
    number = len(travels.TRAVELLERS) - 1
    who, copy = travels.traveller(scene, number), copies["carried"].copies[number]
    going = travels.Going(who, travels.TRAVELLERS[number][0], copy, (Occasion.PUBLIC_PLACE,))
    travels.receives(scene, going)
    said = travels.journey(scene, going, day + 2, day + 3)
    asked: dict[str, Any] = {
        "deed": CARRY_OUT,
        "things": (copy,),
        "entered": said,
        "reason": "现场核对",
    }
    scene.attempt("approvals.ask", who, **asked)
    yield When(day + 1, Slot.EVENING)
    scene.take_back(copy)
    yield When(day + 3, Slot.OPENING)
    successor = scene.staff.overseers["财经委"]
    appoint(scene, successor, Post.SECRECY_LEADER)
    scene.staff.secrecy_leader = successor
