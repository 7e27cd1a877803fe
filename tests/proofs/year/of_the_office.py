"""Recipes of the deeds on the office itself: people, posts, places, accounts."""

from uuid import UUID

from django.db.models import Exists, OuterRef
from pydantic import SecretStr

from baomi.kernel.words import Level, PersonnelClass, Post
from baomi.registers.custody.models import Copy
from baomi.registers.office import models
from tests.proofs.year.world import LEFT_OUT, NothingToDo, Wanted, World, recipe

CLASSES = [each.value for each in PersonnelClass]
# posts that somebody may take beside what he is; those of administrators are left as they are
FREE_POSTS = (Post.ARCHIVIST, Post.PERSONNEL, Post.FINANCE, Post.SECRETARIAT, Post.REGISTRAR)
OF_UNITS = (Post.UNIT_HEAD, Post.UNIT_KEEPER, Post.SECTION_HEAD, Post.UNIT_LEADER_IN_CHARGE)
NOT_DEPUTED = {Post.SYSTEM_ADMIN.value, Post.SECURITY_ADMIN.value, Post.AUDITOR.value}
ADMINISTRATORS = (Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDITOR)

LEFT_OUT["office.found"] = "an office is founded once, on an empty ledger: the fixture does it"


@recipe("office.add_unit")
def add_unit(w: World) -> Wanted:
    within = w.unit() if w.by_chance(0.3) else None
    return w.by(w.office.security_admin, name=f"第{w.serial()}处", within=within)


@recipe("office.close_unit")
def close_unit(w: World) -> Wanted:
    rows = models.Unit.objects.filter(closed_on=None, name__startswith="第").order_by("id")
    using = (models.Person, models.Room, models.Cabinet, models.PostHolding)
    made = rows.exclude(id__in=rows.filter(within__isnull=False).values("within"))
    for each in using:
        made = made.filter(~Exists(each.objects.filter(unit=OuterRef("pk"))))
    return w.by(w.office.security_admin, w.one(list(made.values_list("id", flat=True))))


@recipe("office.add_person")
def add_person(w: World) -> Wanted:
    return w.by(
        w.office.security_admin,
        name=w.name()[0],
        unit=w.unit(),
        rank=w.one(("科级", "县处级", "厅局级")),
        personnel_class=w.one(CLASSES),
        class_ground="涉密人员审查",
    )


@recipe("office.change_person")
def change_person(w: World) -> Wanted:
    who = w.one(w.people(leaving=True))["id"]
    changed = w.one(({"unit": w.unit()}, {"rank": "县处级"}, {"name": w.name()[0]}))
    return w.by(w.office.security_admin, who, **changed)


@recipe("office.set_class")
def set_class(w: World) -> Wanted:
    who = w.one(w.people(leaving=True))["id"]
    return w.by(w.office.security_admin, who, personnel_class=w.one(CLASSES), ground="复审")


@recipe("office.end_service")
def end_service(w: World) -> Wanted:
    people = w.people(leaving=True)
    if len(people) < 30:
        raise NothingToDo
    last_day = w.later(5) if w.by_chance(0.3) else None
    return w.by(w.office.security_admin, w.one(people)["id"], ground="调出", last_day=last_day)


@recipe("office.same_human")
def same_human(w: World) -> Wanted:
    joined = w.people(same_as__isnull=False)
    if joined and w.by_chance(0.6):
        return w.by_two(w.office.security_admin, w.one(joined)["id"], ground="认定有误")
    one, other = w.one(w.people(leaving=True))["id"], w.one(w.people(leaving=True))["id"]
    return w.by_two(w.office.security_admin, one, first=other, ground="核对身份证件")


@recipe("office.appoint")
def appoint(w: World) -> Wanted:
    post = w.one(FREE_POSTS + OF_UNITS * 2)
    held = {(row["post"], row["unit_id"]) for row in w.holdings()}
    unit = None
    if post in OF_UNITS:
        vacant = [each for each in w.units() if (post.value, each) not in held]
        unit = w.one(vacant or w.units())
    who = w.one(w.people(leaving=True, unit=unit) if unit else w.people(leaving=True))["id"]
    until = w.later(300, 60) if w.by_chance(0.2) else None
    letter = f"云人发〔{w.day.year}〕{w.serial()}号"
    return w.by_two(
        w.office.security_admin, who, post=post.value, unit=unit, until_on=until, letter=letter
    )


@recipe("office.carry_post")
def carry_post(w: World) -> Wanted:
    """Entailed alone: by whoever is appointed head of a unit. Asked for, it is refused."""
    raise NothingToDo


@recipe("office.end_appointment")
def end_appointment(w: World) -> Wanted:
    held = [row for row in w.holdings(ex_officio=False) if row["person_id"] not in w.staying]
    heads = [row for row in held if row["post"] in (Post.UNIT_HEAD, Post.UNIT_KEEPER)]
    if len(heads) < 9:
        held = [row for row in held if row not in heads]
    last_day = w.later(9) if w.by_chance(0.3) else None
    return w.by(w.office.security_admin, w.one(held)["id"], last_day=last_day)


@recipe("office.depute")
def depute(w: World) -> Wanted:
    held = [row for row in w.holdings(until_on=None) if row["post"] not in NOT_DEPUTED]
    holding = w.one(held)
    deputy = w.one(w.people(leaving=True))["id"]
    return w.by_two(
        w.office.security_admin,
        holding["id"],
        deputy=deputy,
        until_on=w.later(20, 1),
        ground="出差",
    )


@recipe("office.end_deputation")
def end_deputation(w: World) -> Wanted:
    rows = models.Deputation.objects.filter(until_on__gt=w.day).order_by("id")
    return w.by(w.office.security_admin, w.one(list(rows.values_list("id", flat=True))))


@recipe("office.add_room")
def add_room(w: World) -> Wanted:
    keeps = w.by_chance(0.7)
    measures = "防盗门、监控" if w.by_chance(0.5) else ""
    return w.by(
        w.office.registrar,
        name=f"{w.serial()}号房间",
        unit=w.unit(),
        responsible=w.person(),
        keeps_papers=keeps,
        measures=measures,
    )


@recipe("office.record_measures")
def record_measures(w: World) -> Wanted:
    bare = list(models.Room.objects.filter(measures="").order_by("id").values_list("id", flat=True))
    others = models.Room.objects.order_by("id").values_list("id", flat=True)
    room = w.one(bare if bare and w.by_chance(0.7) else list(others))
    return w.by(w.office.registrar, room, measures=f"防盗门、铁窗、监控（{w.serial()}）")


@recipe("office.add_cabinet")
def add_cabinet(w: World) -> Wanted:
    level = w.one([each.code for each in (Level.INTERNAL, Level.SECRET, Level.TOP_SECRET)])
    return w.by(w.office.registrar, name=f"{w.serial()}号柜", room=w.room(), level=level)


@recipe("office.close_cabinet")
def close_cabinet(w: World) -> Wanted:
    inside = Copy.objects.filter(cabinet=OuterRef("pk"))
    home = Copy.objects.filter(home_cabinet=OuterRef("pk"))
    rows = models.Cabinet.objects.filter(~Exists(inside), ~Exists(home), closed_on=None)
    made = rows.filter(name__endswith="号柜").order_by("id")
    return w.by(w.office.registrar, w.one(list(made.values_list("id", flat=True))))


@recipe("office.add_outside_body")
def add_outside_body(w: World) -> Wanted:
    return w.by(w.office.registrar, name=f"云澜市第{w.serial()}局", kind="市直机关")


@recipe("office.grant_account")
def grant_account(w: World) -> Wanted:
    granted = set(models.Account.objects.values_list("person_id", flat=True))
    without = [row["id"] for row in w.people() if row["id"] not in granted]
    return w.by(w.office.system_admin, w.one(without), login=f"u{w.serial()}")


def _account(w: World, state: str, *, leaving: bool = True) -> UUID:
    rows = models.Account.objects.filter(state=state)
    if leaving:
        rows = rows.exclude(person__in=w.staying)
    return w.one(list(rows.order_by("id").values_list("id", flat=True)))


@recipe("office.suspend_account")
def suspend_account(w: World) -> Wanted:
    return w.by(w.office.security_admin, _account(w, "active"), ground="长期休假")


@recipe("office.resume_account")
def resume_account(w: World) -> Wanted:
    return w.by_two(w.office.security_admin, _account(w, "suspended"), ground="休假结束")


@recipe("office.reset_account")
def reset_account(w: World) -> Wanted:
    return w.by_two(w.office.system_admin, _account(w, "active"), ground="忘记口令")


@recipe("office.recover")
def recover(w: World) -> Wanted:
    who = w.holder(w.one(ADMINISTRATORS))
    account = w.one(list(models.Account.objects.filter(person=who).values_list("id", flat=True)))
    return w.by_two(w.office.office_director, account, ground="启封第1号密封信封")


@recipe("office.change_password")
def change_password(w: World) -> Wanted:
    rows = models.Account.objects.filter(state="active").order_by("id")
    who = w.one(list(rows.values_list("person_id", flat=True)))
    if who not in {row["id"] for row in w.people()}:
        raise NothingToDo
    return w.by(who, new_password=SecretStr(f"Yunlan-{w.serial()}-Shuiku"))


@recipe("office.set_pin")
def set_pin(w: World) -> Wanted:
    pin = "".join(w.rng.sample("0123456789", 8))
    return w.by(w.person(), pin=SecretStr(pin))


@recipe("office.block_badge")
def block_badge(w: World) -> Wanted:
    return w.by(w.office.registrar, w.person(), ground="遗失")


@recipe("office.seal_personal_data")
def seal_personal_data(w: World) -> Wanted:
    phone = f"1380000{w.serial():04d}"
    return w.by(w.office.security_admin, w.one(w.people(leaving=True))["id"], phone=phone)


@recipe("office.destroy_personal_key")
def destroy_personal_key(w: World) -> Wanted:
    sealed = models.SubjectKey.objects.order_by("subject").values_list("subject", flat=True)
    people = models.Person.objects.filter(id__in=list(sealed)).exclude(id__in=w.staying)
    who = w.one(list(people.order_by("id").values_list("id", flat=True)))
    return w.by_two(
        w.office.security_admin, who, order_letter=f"云密〔{w.day.year}〕{w.serial()}号"
    )


@recipe("exports.record_backup")
def record_backup(w: World) -> Wanted:
    return w.by(w.office.system_admin, reason="每周备份", level="top_secret")


@recipe("exports.record_export")
def record_export(w: World) -> Wanted:
    rows = w.rng.randint(1, 400)
    who = w.one((w.office.registrar, w.office.auditor, w.office.office_director))
    return w.by(who, book="custody.copy", reason="上级检查", rows=rows, level="internal")
