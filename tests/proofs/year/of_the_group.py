"""Recipes of the leading group's deeds, of duties, of the calendar, and of the past."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from baomi.kernel.words import Post
from baomi.registers.duties.models import Duty
from baomi.registers.governance import models
from baomi.registers.governance.facts import System
from baomi.registers.holidays.models import Day
from baomi.rulebook.terms import Terms
from tests.proofs.year.of_custody import described
from tests.proofs.year.world import LEFT_OUT, NothingToDo, Wanted, World, recipe
from tests.registers.holidays.notices import PUBLISHED

LEFT_OUT["duties.recount"] = "entailed alone: by the notice of a year's days off"
LEFT_OUT["duties.open_by_time"] = "done by the worker alone: the ticks of the year do it"
LEFT_OUT["office.carry_post"] = "entailed alone: by the appointment to a main post"
WAIVABLE = {"fill_the_post", "sign_the_pledge", "review_the_rulebook", "pass_on_what_is_left"}


def _yearly(w: World, kind: str, year: int) -> dict[str, Any]:
    standing = models.Yearly.objects.filter(kind=kind, year=year).exists()
    return {
        "year": year,
        "title": f"{year}年保密工作",
        "drafted_by": w.person(),
        "ground": "有补充" if standing else "",
    }


@recipe("governance.adopt_plan")
def adopt_plan(w: World) -> Wanted:
    said = _yearly(w, "plan", w.day.year + w.one((0, 0, 1)))
    goals = [{"what": "清点全部密件", "unit": w.unit()}]
    return w.by(w.office.office_director, **said, goals=goals)


@recipe("governance.adopt_summary")
def adopt_summary(w: World) -> Wanted:
    said = _yearly(w, "summary", w.day.year - w.one((0, 1)))
    return w.by(w.office.registrar, **said, done=[{"what": "清点密件两次"}])


@recipe("governance.adopt_rulebook_version")
def adopt_rulebook_version(w: World) -> Wanted:
    system = w.one([each.value for each in System])
    said = {"system": system, "issued_on": w.day, "in_force_from": w.day}
    return w.by(w.office.registrar, **said, adopted_by="机关保密工作领导小组")


@recipe("governance.review_rulebook")
def review_rulebook(w: World) -> Wanted:
    rows = models.RulebookVersion.objects.filter(repealed_on=None).order_by("id")
    version = w.one(list(rows.values_list("id", flat=True)))
    return w.by(w.office.registrar, version, needs_revision=w.by_chance(0.3), reason="年度复核")


@recipe("governance.record_document")
def record_document(w: World) -> Wanted:
    said = {"kind": "通知", "title": "节日保密通知", "drafted_by": w.person()}
    return w.by(w.office.registrar, **said)


@recipe("governance.assign_oversight")
def assign_oversight(w: World) -> Wanted:
    leader = w.one((w.office.group_leader, w.office.secrecy_leader))
    rows = models.Oversight.objects.exclude(until_on__lt=w.day).values_list("unit_id", flat=True)
    free = [each for each in w.units() if each not in set(rows)]
    return w.by(w.office.registrar, leader=leader, unit=w.one(free), letter=f"分工{w.serial()}号")


@recipe("governance.end_oversight")
def end_oversight(w: World) -> Wanted:
    rows = models.Oversight.objects.filter(until_on=None).order_by("id")
    return w.by(w.office.registrar, w.one(list(rows.values_list("id", flat=True))))


@recipe("governance.draw_up_pledge")
def draw_up_pledge(w: World) -> Wanted:
    """The secrecy leader or the group leader, with the head of a unit."""
    pledged = models.Pledge.objects.filter(year=w.day.year, cancelled_on=None)
    taken = set(pledged.values_list("leader_id", "unit_id", "head_id"))
    leaders = [("overall", each) for each in w.holders(Post.GROUP_LEADER)]
    leaders += [("direct", each) for each in w.holders(Post.SECRECY_LEADER)]
    role, leader = w.one(leaders)
    heads = w.holdings(post=Post.UNIT_HEAD.value)
    free = [
        row
        for row in heads
        if (leader, row["unit_id"], row["person_id"]) not in taken and row["person_id"] != leader
    ]
    head = w.one(free)
    return w.by(
        w.office.registrar,
        year=w.day.year,
        role=role,
        leader=leader,
        leader_post="领导",
        unit=head["unit_id"],
        head=head["person_id"],
    )


def _drawn_up(w: World) -> UUID:
    rows = models.Pledge.objects.filter(leader_signed_on=None, cancelled_on=None).order_by("id")
    return w.one(list(rows.values_list("id", flat=True)))


@recipe("governance.sign_pledge")
def sign_pledge(w: World) -> Wanted:
    said = {"leader_signed_on": w.day, "head_signed_on": w.day, "place": "保密室"}
    return w.by(w.office.registrar, _drawn_up(w), **said)


@recipe("governance.cancel_pledge")
def cancel_pledge(w: World) -> Wanted:
    return w.by(w.office.registrar, _drawn_up(w), reason="换一位领导")


@recipe("holidays.record_notice")
def record_notice(w: World) -> Wanted:
    """News of one more day off, in a year whose notice the program brings with it."""
    year = w.one([each for each in (w.day.year, w.day.year + 1) if each in PUBLISHED])
    known = set(Day.objects.values_list("day", flat=True))
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(364)]
    calendar = Terms.on(w.day).calendar
    day = w.one([each for each in days if calendar.is_workday(each) and each not in known])
    row = {"day": day, "kind": "off", "name": "临时放假"}
    number = f"云政办发〔{w.day.year}〕{w.serial()}号"
    said = {"year": year, "number": number, "published_on": w.day, "text": "临时放假一天"}
    if w.day.year < year - 1:
        raise NothingToDo
    return w.by(w.office.registrar, **said, days=[row])


@recipe("duties.open_by_hand")
def open_by_hand(w: World) -> Wanted:
    said = {"title": "整理柜内文件", "owner": w.person(), "due_on": w.later(30)}
    return w.by(w.office.registrar, **said)


def _open(w: World, **only: Any) -> dict[str, Any]:
    rows = Duty.objects.filter(state="open", **only).order_by("-id")
    return w.one(list(rows.values()[:40]))


@recipe("duties.close_by_hand")
def close_by_hand(w: World) -> Wanted:
    duty = _open(w, name="by_hand")
    here = {row["id"] for row in w.people()}
    who = duty["owner"] if duty["owner"] in here and w.by_chance(0.5) else w.office.registrar
    return w.by(who, duty["id"])


@recipe("duties.pass_on")
def pass_on(w: World) -> Wanted:
    names = ("by_hand", "record_measures", "fill_the_post", "sign_the_slip")
    duty = _open(w, name__in=names)
    others = [row["id"] for row in w.people() if row["id"] != duty["owner"]]
    return w.by(w.office.registrar, duty["id"], person=w.one(others), reason="统一办理")


@recipe("duties.waive")
def waive(w: World) -> Wanted:
    duty = _open(w, name__in=WAIVABLE)
    leader = w.office.group_leader
    director = duty["name"] in {"sign_the_pledge", "pass_on_what_is_left"}
    return w.by(w.office.office_director if director else leader, duty["id"], reason="已无必要")


def _past(w: World) -> date:
    return w.day - timedelta(days=w.rng.randint(200, 900))


@recipe("custody.record_past_receipt")
def record_past_receipt(w: World) -> Wanted:
    paper = described(w)
    return w.by(w.office.registrar, **paper, received_on=_past(w))


@recipe("custody.record_past_issue")
def record_past_issue(w: World) -> Wanted:
    serial = w.serial()
    said = {"title": f"往年文件（{serial}）", "level": "秘密", "term": "10年"}
    return w.by(w.office.registrar, copies=1, issued_on=_past(w), **said)


@recipe("custody.record_past_hand_over")
def record_past_hand_over(w: World) -> Wanted:
    from baomi.registers.custody.models import Movement

    moved = set(Movement.objects.values_list("copy_id", flat=True))
    rows = [row for row in w.copies("unstored") if row["id"] not in moved]
    went = w.day - timedelta(days=w.rng.randint(1, 100))
    return w.by(w.office.registrar, w.one(rows)["id"], person=w.person(), went_out_on=went)


@recipe("custody.record_past_return")
def record_past_return(w: World) -> Wanted:
    from baomi.registers.custody.models import Movement

    out = set(
        Movement.objects.filter(kind="past_out", voided_by=None).values_list("copy_id", flat=True)
    )
    copy = w.one([row for row in w.copies("held", purpose="reading") if row["id"] in out])
    return w.by(w.office.registrar, copy["id"], back_on=w.day)
