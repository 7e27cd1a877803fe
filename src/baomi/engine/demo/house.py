"""The house beside the papers: the sections of the office, an unprotected store, duties by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from baomi.engine.demo.days import Life, Slot, When
from baomi.engine.demo.scene import Scene
from baomi.kernel.words import Level, PersonnelClass, Post
from baomi.registers.custody.facts import State
from baomi.registers.custody.models import Copy
from baomi.registers.duties.models import Duty
from baomi.registers.office.actions.found import FIRST_UNIT

SECTIONS = ("秘书科", "档案室", "打印室", "文件交换站", "自动化办公室", "财务室")
STORE = "档案室旧库房"
_LETTER = "云人办发〔2025〕3号"


def begin(scene: Scene, names: Iterator[tuple[str, str]]) -> None:
    """Let the house's month begin."""
    scene.begin(sections(scene, names))
    scene.begin(exclusive_posts(scene))
    scene.begin(duties_by_hand(scene))


def sections(scene: Scene, names: Iterator[tuple[str, str]]) -> Life:
    """The sections of 办公室, each with its head; the archive has a store without measures."""
    yield When(0, Slot.FORENOON)
    office = scene.office
    heads = {name: _section(scene, name, *next(names)) for name in SECTIONS}
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


def _section(scene: Scene, name: str, head: str, login: str) -> UUID:
    office = scene.office
    within = office.units[FIRST_UNIT]
    added = scene.do("office.add_unit", office.security_admin, name=name, within=within)
    unit = UUID(added.told["unit"])
    person = UUID(
        scene.do(
            "office.add_person",
            office.security_admin,
            name=head,
            unit=unit,
            rank="科级",
            personnel_class=PersonnelClass.GENERAL,
            class_ground="涉密人员审查表",
        ).told["person"]
    )
    scene.do(
        "office.appoint",
        office.security_admin,
        person,
        second=office.auditor,
        post=Post.SECTION_HEAD,
        unit=unit,
        letter=_LETTER,
    )
    scene.do("office.grant_account", office.system_admin, person, login=login)
    return person


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
    yield When(6, Slot.AFTERNOON)
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
        letter=_LETTER,
    )


def duties_by_hand(scene: Scene) -> Life:
    """What the director asks for beside the rulebook: one thing done, one still open."""
    office = scene.office
    for day, title in ((4, "清点各委（办）室专人柜钥匙"), (scene.last - 1, "核对下月传阅范围")):
        yield When(day, Slot.FORENOON)
        opened = scene.do(
            "duties.open_by_hand",
            office.office_director,
            title=title,
            owner=office.registrar,
            due_on=(scene.day(day) + timedelta(days=14)).isoformat(),
        )
        if day != scene.last - 1:
            yield When(day + 3, Slot.AFTERNOON)
            duty = UUID(opened.told["duty"])
            scene.do("duties.close_by_hand", office.registrar, duty)
