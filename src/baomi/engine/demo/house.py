"""The house beside the papers: leaders, the sections of the office, an unprotected store."""

from __future__ import annotations

from itertools import islice
from uuid import UUID

from baomi.engine.demo.days import Life, Slot, When
from baomi.engine.demo.office_plan import UNITS
from baomi.engine.demo.personnel import add_person, appoint
from baomi.engine.demo.scene import Scene
from baomi.engine.demo.standing_in import stands_in_as_registrar
from baomi.kernel.words import Level, PersonnelClass, Post
from baomi.registers.custody.facts import State
from baomi.registers.custody.models import Copy
from baomi.registers.duties.models import Duty
from baomi.registers.office.actions.found import FIRST_UNIT

SECTIONS = ("秘书科", "档案室", "打印室", "文件交换站", "自动化办公室", "财务室")
STORE = "档案室旧库房"
_LEADERS = 4
# whose work the sections do: their heads', and one of their people's
_OF_SECTIONS = {
    "秘书科": Post.SECRETARIAT,
    "档案室": Post.ARCHIVIST,
    "财务室": Post.FINANCE,
}
_OF_OTHERS = {"秘书科": Post.PERSONNEL}


def begin(scene: Scene) -> None:
    """Let the house's first days begin."""
    scene.begin(leaders(scene))
    scene.begin(sections(scene))
    scene.begin(exclusive_posts(scene))


def leaders(scene: Scene) -> Life:
    """Deputy chiefs, who are in charge of the units between them; one answers for secrecy."""
    yield When(0, Slot.MORNING)
    office, units = scene.office, iter(UNITS[1:])
    for turn in range(_LEADERS):
        person = office.secrecy_leader
        if turn > 0:
            person = add_person(scene, FIRST_UNIT, PersonnelClass.CORE, rank="厅局级")
        for unit in islice(units, 2):
            appoint(scene, person, Post.UNIT_LEADER_IN_CHARGE, unit=office.units[unit])
            scene.staff.overseers[unit] = person


def sections(scene: Scene) -> Life:
    """The sections of 办公室, each with its head; the archive has a store without measures."""
    yield When(0, Slot.FORENOON)
    office = scene.office
    heads = {name: _section(scene, name) for name in SECTIONS}
    scene.begin(stands_in_as_registrar(scene, heads["秘书科"]))
    yield When(1, Slot.AFTERNOON)
    room = UUID(
        scene.do(
            "office.add_room",
            office.registrar,
            name=STORE,
            unit=office.units[FIRST_UNIT],
            responsible=heads["档案室"],
            keeps_papers=True,
        ).told["room"]
    )
    scene.begin(store_without_measures(scene, room, heads))


def _section(scene: Scene, name: str) -> UUID:
    office = scene.office
    within = office.units[FIRST_UNIT]
    added = scene.do("office.add_unit", office.security_admin, name=name, within=within)
    unit = UUID(added.told["unit"])
    personnel_class = PersonnelClass.IMPORTANT if name == "秘书科" else PersonnelClass.GENERAL
    head = add_person(scene, unit, personnel_class)
    appoint(scene, head, Post.SECTION_HEAD, unit=unit)
    other = add_person(scene, unit, personnel_class)
    for post, person in ((_OF_SECTIONS.get(name), head), (_OF_OTHERS.get(name), other)):
        if post is not None:
            _appoint_by_the_office(scene, person, post)
    return head


def _appoint_by_the_office(scene: Scene, person: UUID, post: Post) -> None:
    """By the letter with which the office was set up: nothing is drawn for it."""
    scene.do(
        "office.appoint",
        scene.office.security_admin,
        person,
        second=scene.office.auditor,
        post=post,
        letter=f"云人办发〔{scene.today.year}〕1号",
    )
    scene.staff.by_post[post] = person


def store_without_measures(scene: Scene, room: UUID, heads: dict[str, UUID]) -> Life:
    """Nothing may be kept there until its measures are recorded; the duty is passed on."""
    office = scene.office
    yield When(1, Slot.EVENING)
    added = scene.do(
        "office.add_cabinet", office.registrar, name="档案柜", room=room, level=Level.SECRET.code
    )
    secret = Copy.objects.filter(state=State.STORED.value, paper__level=Level.SECRET.value)
    copy = secret.order_by("label_serial").values_list("id", flat=True)[0]
    cabinet = UUID(added.told["cabinet"])
    scene.attempt("custody.store_copies", office.registrar, copy, cabinet=cabinet)
    yield When(2, Slot.AFTERNOON)
    duty = Duty.objects.values_list("id", flat=True).get(subject=room, state="open")
    scene.do(
        "duties.pass_on", heads["档案室"], duty, person=heads["秘书科"], reason="由秘书科统一办理"
    )
    yield When(12, Slot.AFTERNOON)
    measures = "更换防盗门，加装红外报警和视频监控"
    scene.do("office.record_measures", office.registrar, room, measures=measures)


def exclusive_posts(scene: Scene) -> Life:
    """An administrator cannot become another one as well, nor be appointed by one person alone."""
    yield When(2, Slot.MORNING)
    office = scene.office
    scene.attempt(
        "office.appoint",
        office.security_admin,
        office.system_admin,
        second=office.group_leader,
        post=Post.AUDITOR,
        letter=f"云人办发〔{scene.today.year}〕3号",
    )
