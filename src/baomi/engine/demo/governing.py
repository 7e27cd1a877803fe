"""The leading group's year: the rules, plans and summaries, pledges, and who oversees what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from baomi.engine.demo.days import Life, Slot, When
from baomi.engine.demo.notices import NOTICES, Published
from baomi.engine.demo.office_plan import PROTECTED_ROOM, UNITS
from baomi.engine.demo.scene import Scene
from baomi.kernel.schedule import yearly
from baomi.registers.duties.models import Duty
from baomi.registers.governance.facts import Role, System, system_id
from baomi.registers.governance.first_versions import first_versions
from baomi.registers.governance.models import Item, Pledge
from baomi.rulebook.terms import Terms

_GROUP = "机关保密工作领导小组"
_LETTER = "云人办发〔{year}〕{number}号"
_IN_TIME = timedelta(days=5)  # before the last day
_LATE = 2  # working days after the last day
_A_YEARS_PLEDGE = 300  # days, after which it is time to sign the next one
_OVERSEEN = (3, 5)  # of the units, those whose heads sign with their leader as well
_GOALS = (
    ("清点全部涉密载体，账物逐份核对", "办公室"),
    ("组织全员保密教育一次、骨干培训一次", "研究室"),
    ("逐室检查专人柜和阅办处所", "法制委"),
)
_REVIEWED = {
    System.GZ: (False, "对照现行法律逐条核对，主要措施仍然适用"),
    System.JZ: (False, "移动介质管理要求没有变化"),
    System.DM: (True, "原文所引法律已经修订，定密程序须按现行法律修改"),
    System.LG: (False, "脱密期限与现行规定一致"),
}


def begin(scene: Scene) -> None:
    """Let the leading group's year begin."""
    scene.begin(rules(scene))
    scene.begin(oversight(scene))
    for due in _dues(scene, "annual_summary_due"):
        scene.begin(summary(scene, due))
    for due in _dues(scene, "annual_plan_due"):
        scene.begin(plan(scene, due))
    scene.begin(pledges_again(scene, scene.at(0.88)))
    for year, notice in NOTICES.items():
        scene.begin(notice_recorded(scene, year, notice))


def _dues(scene: Scene, setting: str) -> Iterator[date]:
    first, last = scene.day(0), scene.now
    return yearly(Terms.on(first).words(setting), first, last)


def rules(scene: Scene) -> Life:
    """The five 制度 are entered at the founding, and reviewed before a year is over."""
    office = scene.office
    yield When(0, Slot.OPENING)
    versions: dict[System, UUID] = {}
    for inputs in first_versions(_GROUP):
        told = scene.do("governance.adopt_rulebook_version", office.registrar, **inputs).told
        versions[inputs["system"]] = UUID(told["version"])
    yield When(scene.at(0.9), Slot.AFTERNOON)
    for system, (needs_revision, reason) in _REVIEWED.items():
        scene.do(
            "governance.review_rulebook",
            office.office_director,
            versions[system],
            needs_revision=needs_revision,
            reason=reason,
        )
    rest = next(system for system in System if system not in _REVIEWED)
    duty = Duty.objects.get(name="review_the_rulebook", subject=system_id(rest), state="open")
    reason = "主管部门本月刚评审过财务室制度，本年不再复核"
    scene.do("duties.waive", office.group_leader, duty.id, reason=reason)


def oversight(scene: Scene) -> Life:
    """Each leader oversees his units; some heads sign a pledge with him as well."""
    office = scene.office
    yield When(0, Slot.FORENOON)
    for unit, leader in scene.staff.overseers.items():
        scene.do(
            "governance.assign_oversight",
            office.registrar,
            leader=leader,
            unit=office.units[unit],
            scope=f"{unit}的业务工作和人员",
            letter=_LETTER.format(year=scene.today.year, number=1),
        )
    yield When(3, Slot.AFTERNOON)
    for number in _OVERSEEN:
        unit = UNITS[number]
        leader = scene.staff.overseers[unit]
        sign(scene, draw_up(scene, unit, leader, Role.OVERSEEING, "副主任", scene.today.year))


def draw_up(scene: Scene, unit: str, leader: UUID, role: Role, post: str, year: int) -> UUID:
    """Draw up a pledge with the head of a unit."""
    told = scene.do(
        "governance.draw_up_pledge",
        scene.office.registrar,
        year=year,
        role=role,
        leader=leader,
        leader_post=post,
        unit=scene.office.units[unit],
        head=scene.staff.heads[unit],
    ).told
    return UUID(told["pledge"])


def sign(scene: Scene, pledge: UUID) -> None:
    """Both sign it today, and it is kept."""
    today = scene.today
    signed: dict[str, Any] = {
        "leader_signed_on": today,
        "head_signed_on": today,
        "place": PROTECTED_ROOM,
    }
    scene.do("governance.sign_pledge", scene.office.registrar, pledge, **signed)


def pledges_again(scene: Scene, day: int) -> Life:
    """Before a year is over each head signs with the main leader again, on the day after."""
    founded = scene.day(0)
    if (scene.day(day) - founded).days < _A_YEARS_PLEDGE:
        return
    yield When(day, Slot.AFTERNOON)
    year = max(scene.today.year, founded.year + 1)
    leader = scene.office.group_leader
    signed = set(Pledge.objects.filter(year=year, leader=leader).values_list("unit", flat=True))
    units = [unit for unit in UNITS if scene.office.units[unit] not in signed]
    pledges = [draw_up(scene, unit, leader, Role.OVERALL, "秘书长", year) for unit in units]
    yield When(min(day + 1, scene.last), Slot.AFTERNOON)
    for pledge in pledges:
        sign(scene, pledge)


def summary(scene: Scene, due: date) -> Life:
    """The summary of the year before, in time."""
    day, year = max(2, scene.number(due - _IN_TIME)), due.year - 1
    yield When(day, Slot.AFTERNOON)
    goals = Item.objects.filter(yearly__kind="plan", yearly__year=year, yearly__replaced_on=None)
    planned = list(goals.order_by("ordinal").values_list("id", flat=True))
    done: list[dict[str, Any]] = [
        {"what": f"{what}，已经完成", "goal": planned[number] if planned else None}
        for number, (what, _) in enumerate(_GOALS)
    ]
    done.append({"what": "处理上级临时部署的专项检查一次"})
    _adopt(scene, "governance.adopt_summary", year, "总结", done=done)


def plan(scene: Scene, due: date) -> Life:
    """The plan of the year, somewhat late unless the story ends before."""
    day = scene.number(due) + _LATE
    if day > scene.last:
        day = scene.number(due - _IN_TIME)
    yield When(max(2, day), Slot.AFTERNOON)
    units, year = scene.office.units, due.year
    goals = [
        {"what": what, "unit": units[unit], "due_on": date(year, 11, 30)} for what, unit in _GOALS
    ]
    _adopt(scene, "governance.adopt_plan", year, "计划", goals=goals)


def _adopt(scene: Scene, action: str, year: int, what: str, **items: Any) -> None:
    director = scene.office.office_director
    scene.do(
        action,
        director,
        year=year,
        title=f"{year}年保密工作{what}",
        body="全文另附纸质件，由领导小组会议审定。",
        drafted_by=scene.office.registrar,
        letter=_LETTER.format(year=scene.today.year, number=3 if what == "总结" else 6),
        **items,
    )


def notice_recorded(scene: Scene, year: int, notice: Published) -> Life:
    """The notice on a year's holidays, soon after it is published, or after the founding."""
    founded = scene.day(0)
    if not founded - timedelta(days=60) <= notice.published_on <= scene.now:
        return
    yield When(max(2, scene.number(notice.published_on) + 1), Slot.MORNING)
    scene.do(
        "holidays.record_notice",
        scene.office.registrar,
        year=year,
        number=notice.number,
        published_on=notice.published_on,
        text=notice.text,
    )
