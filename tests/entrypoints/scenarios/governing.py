"""The leading group's work (GZ1.0, GZ1.1, DM10): vacant posts, plans, versions of the rules."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from baomi.kernel.words import Post
from baomi.registers.duties.models import Duty
from baomi.registers.office.load import holders_between
from tests.entrypoints.asking import Asked, label, name
from tests.entrypoints.scenarios.duties import Life, lives
from tests.entrypoints.scenarios.forms import Printed, prints
from tests.entrypoints.scenarios.outings import PUBLIC, carried
from tests.entrypoints.scenarios.registers import Fact, records
from tests.entrypoints.scenarios.scene import Scene, before_today, shows
from tests.factories.deeds import do
from tests.factories.office import TODAY
from tests.registers.custody.travelling import held

UNIT = "研究室"
NEW_UNIT = "信访办"
LETTER = "云人发〔2025〕9号"
YEAR_LATER = (date(2026, 3, 3) - TODAY).days
SUMMARY = {
    "year": 2025,
    "title": "2025年保密工作总结",
    "body": "全年未发生泄密事件。",
    "done": [{"what": "清点密件两次"}],
}


def new_unit(desk) -> UUID:
    """A unit without a head."""
    told = do("office.add_unit", desk.office.security_admin, name=NEW_UNIT).told
    return UUID(told["unit"])


def appointed(person: UUID, unit: str) -> Asked:
    """The deed that makes somebody the head of a unit."""
    return Asked(
        action="office.appoint",
        post="security_admin",
        targets=[name(person)],
        inputs={"post": "unit_head", "unit": unit, "letter": LETTER},
        confirmed=True,
    )


def adopted(system: str = "LG", issued_on: str = "2025-02-03", **inputs) -> Asked:
    """The deed that records a version of the rulebook."""
    return Asked(
        action="governance.adopt_rulebook_version",
        post="registrar",
        inputs={
            "system": system,
            "issued_on": issued_on,
            "in_force_from": issued_on,
            "adopted_by": "机关保密工作领导小组",
            **inputs,
        },
    )


def reviewed() -> Asked:
    """The deed that records a review of one of the rules."""
    return Asked(
        action="governance.review_rulebook",
        post="registrar",
        targets=["LG"],
        inputs={"needs_revision": "否", "reason": "与现行法律一致"},
    )


def planned(desk, **inputs) -> Asked:
    """The deed that records the plan of the year."""
    goals = [
        {"what": "清点全部密件", "unit": UNIT, "due_on": "2025-11-30"},
        {"what": "组织保密培训", "person": name(desk.registrar)},
    ]
    return Asked(
        action="governance.adopt_plan",
        post="registrar",
        inputs={
            "year": 2025,
            "title": "2025年保密工作计划",
            "drafted_by": name(desk.registrar),
            "goals": goals,
            **inputs,
        },
    )


@shows("GZ1.0a/nobody_is_asked_whose_post_is_vacant")
def approval_of_a_post_that_nobody_holds(desk):
    copy = label(held(desk))
    with before_today():
        holdings = holders_between(Post.SECRECY_LEADER, None, TODAY, TODAY)
        do("office.end_appointment", desk.office.security_admin, holdings[0].id)
    lawful = replace(carried(desk, copy), why="参加评审会")
    return Scene(lawful, replace(carried(desk, copy, PUBLIC), why="参加评审会"))


@shows("DM10/rules_of_classification_hold_from_their_issue")
def rules_of_classification_put_off(desk):
    lawful = adopted("DM")
    return Scene(lawful, lawful.but(in_force_from="2025-03-01"))


@lives("GZ1.0a/fill_the_post/PostFallsVacant")
def unit_without_a_head(desk):
    return Life(
        opens=Asked(action="office.add_unit", post="security_admin", inputs={"name": NEW_UNIT}),
        closes=appointed(desk.reader, NEW_UNIT),
        owner=name(desk.office.office_director),
        days=30,
    )


@lives("GZ1.0b/pass_on_what_is_left/DutiesAreLeft")
def leaver_owes_something(desk):
    do(
        "office.add_room",
        desk.registrar,
        name="东楼 203",
        unit=desk.office.units[UNIT],
        responsible=desk.reader,
        keeps_papers=True,
    )
    owed = Duty.objects.get(owner=desk.reader, state="open")
    return Life(
        opens=Asked(
            action="office.end_service",
            post="security_admin",
            targets=[name(desk.reader)],
            inputs={"ground": "调出"},
        ),
        closes=Asked(
            action="duties.pass_on",
            post="office_director",
            targets=[str(owed.id)],
            inputs={"person": name(desk.registrar), "reason": "原责任人已调出"},
        ),
        owner=name(desk.office.office_director),
        days=3,
    )


@lives("GZ1.1a/draft_the_plan/time")
def plan_of_next_year(desk):
    closes = planned(desk).but(year=2026)
    director = name(desk.office.office_director)
    return Life(opens=None, closes=closes, owner=director, on=date(2025, 12, 30), days=60)


@lives("GZ1.1a/draft_the_summary/time")
def summary_of_the_year(desk):
    inputs = {**SUMMARY, "drafted_by": name(desk.registrar)}
    closes = Asked(action="governance.adopt_summary", post="registrar", inputs=inputs)
    director = name(desk.office.office_director)
    return Life(opens=None, closes=closes, owner=director, on=date(2025, 12, 2), days=60)


@lives("GZ1.1b/review_the_rulebook/RulebookVersionIsAdopted")
def rules_were_adopted(desk):
    director = name(desk.office.office_director)
    return Life(opens=adopted(), closes=reviewed(), owner=director, days=YEAR_LATER)


@lives("GZ1.1b/review_the_rulebook/RulebookIsReviewed")
def rules_were_reviewed(desk):
    do("governance.adopt_rulebook_version", desk.registrar, **adopted().inputs)
    director = name(desk.office.office_director)
    return Life(opens=reviewed(), closes=reviewed(), owner=director, days=YEAR_LATER)


@records("GZ1.0a office_post_holding")
def post_of_the_group_goes_with_the_main_post(desk):
    new_unit(desk)
    return Fact(
        register="office.post",
        deed=appointed(desk.reader, NEW_UNIT),
        fields={"post": "“职务”没有填写", "letter": "“任命文号”没有填写"},
        row={
            "person": name(desk.reader),
            "post": "领导小组成员",
            "letter": LETTER,
            "ex_officio": "是",
        },
    )


@records("GZ1.1a governance_yearly")
def plan_of_the_year(desk):
    return Fact(
        register="governance.yearly",
        deed=planned(desk),
        fields={
            "year": "“年度”没有填写",
            "title": "“标题”没有填写",
            "drafted_by": "“起草人”没有填写",
        },
        row={"kind": "年度计划", "title": "2025年保密工作计划", "drafted_by": name(desk.registrar)},
    )


@records("GZ1.1b governance_rulebook_version")
def version_of_the_rules(desk):
    return Fact(
        register="governance.rulebook_version",
        deed=adopted(),
        fields={"system": "“制度”没有填写", "issued_on": "“发布日期”没有填写"},
        row={"system": "涉密人员离岗离职保密管理制度", "issued_on": "2025-02-03"},
    )


@records("GZ1.1c governance_document")
def notice_of_secrecy_work(desk):
    return Fact(
        register="governance.document",
        deed=Asked(
            action="governance.record_document",
            post="registrar",
            inputs={
                "kind": "通知",
                "title": "关于加强节日期间保密工作的通知",
                "drafted_by": name(desk.registrar),
            },
        ),
        fields={
            "kind": "“种类”没有填写",
            "title": "“标题”没有填写",
            "drafted_by": "“起草人”没有填写",
        },
        row={"kind": "通知", "title": "关于加强节日期间保密工作的通知", "level": "内部"},
    )


@records("DM10 governance_rulebook_version")
def rules_of_classification(desk):
    return Fact(
        register="governance.rulebook_version",
        deed=adopted("DM"),
        fields={"in_force_from": "“施行日期”没有填写"},
        row={"system": "定密工作制度", "in_force_from": "2025-02-03"},
    )


@prints("governance.plan")
def plan_printed(desk):
    goals = [
        {
            "what": "清点全部密件",
            "unit": desk.office.units[UNIT],
            "person": desk.registrar,
            "due_on": "2025-11-30",
        }
    ]
    told = do(
        "governance.adopt_plan",
        desk.registrar,
        year=2025,
        title="2025年保密工作计划",
        drafted_by=desk.registrar,
        level="secret",
        letter="云保〔2025〕1号",
        goals=goals,
    ).told
    return Printed(
        thing=UUID(told["yearly"]),
        post="registrar",
        stranger="system_admin",
        shows={
            "year": "2025年度",
            "heading": "2025年保密工作计划",
            "letter": "云保〔2025〕1号",
            "adopted_on": "2025年3月3日",
            "drafted_by": name(desk.registrar),
            "goals": f"清点全部密件{UNIT}、{name(desk.registrar)}2025年11月30日",
            "mark": "机密",
        },
    )


@prints("governance.summary")
def summary_printed(desk):
    how = {**SUMMARY, "drafted_by": desk.registrar, "level": "secret"}
    told = do("governance.adopt_summary", desk.registrar, **how).told
    return Printed(
        thing=UUID(told["yearly"]),
        post="registrar",
        stranger="system_admin",
        shows={
            "year": "2025年度",
            "heading": SUMMARY["title"],
            "text": SUMMARY["body"],
            "done": "清点密件两次计划外",
        },
    )
