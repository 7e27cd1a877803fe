"""The registrar's house: duties by hand, cabinets, exports, numbers, accounts."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from baomi.engine.demo.days import Life, Slot, When
from baomi.engine.demo.office_plan import PROTECTED_ROOM
from baomi.engine.demo.scene import Scene
from baomi.kernel.words import Level
from baomi.registers.custody import load as custody_register
from baomi.registers.custody.facts import State
from baomi.registers.custody.models import Copy
from baomi.registers.custody.series import RECEIVED

_ERRANDS = (
    "清点各委（办）室专人柜钥匙",
    "核对上季度传阅范围",
    "更换保密室门禁卡",
    "检查阅文室监控录像",
    "报送季度文件收发情况",
    "整理上年度收文登记簿",
    "会同档案室核对归档目录",
    "检查各处所防盗报警",
)
_BODIES = (("云澜市国家保密局", "主管部门"), ("云澜市造纸厂", "接收单位"))
_MOST_MOVED = 20


def begin(scene: Scene) -> None:
    """Let the house's year begin."""
    for number, title in enumerate(_ERRANDS):
        day = scene.at((number + 0.6) / (len(_ERRANDS) + 1))
        scene.begin(errand(scene, day, title, number))
    for number in range(4):
        scene.begin(exports(scene, scene.at((number + 1) / 4.2)))
    scene.begin(cabinets(scene, scene.at(0.12), scene.at(0.56)))
    scene.begin(numbers(scene, scene.at(0.28)))
    scene.begin(numbers(scene, scene.at(0.72)))
    scene.begin(account(scene, scene.at(0.42)))
    scene.begin(unfinished(scene, max(1, scene.at(0.48) - 4)))


def errand(scene: Scene, day: int, title: str, number: int) -> Life:
    """What the director asks for beside the rulebook: done in time, passed on, or done late."""
    office = scene.office
    yield When(day, Slot.FORENOON)
    due_on = scene.today + timedelta(days=7)
    opened = scene.do(
        "duties.open_by_hand",
        office.office_director,
        title=title,
        owner=office.registrar,
        due_on=due_on.isoformat(),
    )
    duty, owner = UUID(opened.told["duty"]), office.registrar
    if number % 3 == 1:
        yield When(day + 1, Slot.AFTERNOON)
        owner = scene.staff.keepers["研究室"]
        scene.do("duties.pass_on", office.registrar, duty, person=owner, reason="由专人协助办理")
    yield When(min(day + (9 if number % 4 == 2 else 3), scene.last), Slot.AFTERNOON)
    scene.do("duties.close_by_hand", owner, duty)


def exports(scene: Scene, day: int) -> Life:
    """At the end of a quarter the register is exported, each time for a stated reason."""
    office = scene.office
    yield When(day, Slot.AFTERNOON)
    for by, reason in (
        (office.registrar, "季度核对"),
        (office.auditor, "季度审计抽查"),
        (scene.staff.keepers["财经委"], "与专人柜逐份核对"),
        (office.office_director, "向组长报告季度情况"),
    ):
        scene.do(
            "exports.record_export",
            by,
            book="custody.copy",
            reason=reason,
            rows=Copy.objects.count(),
            level=Level.TOP_SECRET.code,
        )


def cabinets(scene: Scene, day: int, later: int) -> Life:
    """A second cabinet takes what the first one cannot hold; a borrowed one is given up again."""
    office, registrar = scene.office, scene.office.registrar
    yield When(day, Slot.AFTERNOON)
    second, borrowed = (
        UUID(
            scene.do(
                "office.add_cabinet",
                registrar,
                name=name,
                room=office.rooms[PROTECTED_ROOM],
                level=Level.SECRET.code,
            ).told["cabinet"]
        )
        for name in ("机密二柜", "借用铁皮柜")
    )
    scene.do(
        "custody.store_copies", scene.registrar, *_oldest_in(scene, Level.SECRET), cabinet=second
    )
    for name, kind in _BODIES:
        scene.do("office.add_outside_body", registrar, name=name, kind=kind)
    yield When(later, Slot.AFTERNOON)
    scene.do("office.close_cabinet", scene.registrar, borrowed)
    copies = _oldest_in(scene, Level.SECRET)
    scene.attempt("custody.store_copies", scene.registrar, *copies[:1], cabinet=borrowed)


def _oldest_in(scene: Scene, level: Level) -> tuple[UUID, ...]:
    """The copies that have stood longest in the cabinet of a level, not too many of them."""
    stored = Copy.objects.filter(state=State.STORED.value, cabinet=scene.office.cabinets[level])
    return tuple(stored.order_by("label_serial").values_list("id", flat=True)[:_MOST_MOVED])


def numbers(scene: Scene, day: int) -> Life:
    """A number of the series was written on no paper: it is voided, with the reason."""
    yield When(day, Slot.MORNING)
    year = scene.today.year
    scene.do(
        "custody.void_number",
        scene.registrar,
        year=year,
        category=RECEIVED,
        serial=custody_register.next_serial(year, RECEIVED),
        reason="封面编号章误盖于空白页，该号不再使用",
    )


def account(scene: Scene, day: int) -> Life:
    """An account is suspended while its holder is away for long, and resumed."""
    office = scene.office
    key = office.accounts[office.readers["教科文卫委"][2]]
    yield When(day, Slot.AFTERNOON)
    ground = "本人借调三周，期间停用"
    scene.do("office.suspend_account", office.system_admin, key, ground=ground)
    yield When(min(day + 15, scene.last), Slot.AFTERNOON)
    scene.do("office.resume_account", office.security_admin, key, ground="借调期满返岗")


def unfinished(scene: Scene, day: int) -> Life:
    """Somebody who is about to leave is given something to do; it is passed on when he has left."""
    yield When(day, Slot.FORENOON)
    scene.do(
        "duties.open_by_hand",
        scene.office.office_director,
        title="整理研究室历年内部资料目录",
        owner=scene.office.readers["研究室"][4],
        due_on=(scene.today + timedelta(days=45)).isoformat(),
    )
