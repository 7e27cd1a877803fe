"""GZ3.1 Leaders answer for secrecy, and sign pledges (责任书) with the heads of the units."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from baomi.kernel.clause import Clause, Owner
from baomi.kernel.happening import Deed
from baomi.kernel.schedule import months_later
from baomi.kernel.verdict import Refusal
from baomi.kernel.words import Post
from baomi.registers.governance.facts import (
    LEADERSHIP,
    MAIN_LEADERS,
    OfPledge,
    OversightIsAssigned,
    PledgeIsSigned,
    Role,
)
from baomi.registers.office.facts import (
    PersonTakesPost,
    PostIsDeputed,
    UnitHeadLeaves,
    ref_person,
)

clause = Clause("GZ3.1", "保密工作责任制", in_force_since=date(2020, 12, 24))

clause.a.register(
    "governance_pledge",
    fields=("leader_signed_on", "head_signed_on", "place"),
    what="登记所签的责任书",
)
clause.a.form("governance.pledge", what="印制责任书，双方签字")


@clause.a.guard("责任书由领导与委（办）室负责人两人签订")
def two_different_persons_sign(it: OfPledge, deed: Deed[Any]) -> Refusal | None:
    """Nobody signs a pledge with himself."""
    if it.leader.human != it.head.human:
        return None
    return clause.a.refuse(
        "{person}不能与本人签订责任书",
        remedy="由另一位领导与其签订",
        person=ref_person(it.head),
    )


def _head_of_unit(it: PersonTakesPost, deed: Deed[Any]) -> Owner:
    return Owner(person=None, post=Post.UNIT_HEAD, unit=it.unit)


def _after_appointment(it: PersonTakesPost, deed: Deed[Any]) -> date:
    return it.from_on + timedelta(days=deed.terms.number("pledge_after_appointment_days"))


def _becomes_head(it: PersonTakesPost, deed: Deed[Any]) -> bool:
    """Who only stands in for the head signs nothing: the head's own pledge goes on."""
    stands_in = any(isinstance(each, PostIsDeputed) for each in deed.happenings)
    return it.post is Post.UNIT_HEAD and not stands_in


def _head_who_signed(it: PledgeIsSigned, deed: Deed[Any]) -> Owner:
    return Owner(person=None, post=Post.UNIT_HEAD, unit=it.unit)


def _a_year_later(it: PledgeIsSigned, deed: Deed[Any]) -> date:
    return months_later(it.signed_on, deed.terms.number("pledge_interval_months"))


clause.a.duty(
    "sign_the_pledge",
    title="任职后签订保密责任书",
    opens_on=PersonTakesPost,
    closes_on=(PledgeIsSigned, UnitHeadLeaves),
    owner=_head_of_unit,
    due=_after_appointment,
    about=lambda it, deed: it.person.name,
    when=_becomes_head,
    waived_by=Post.OFFICE_DIRECTOR,
)
clause.a.duty(
    "sign_the_pledge",
    title="责任书到期后重新签订",
    opens_on=PledgeIsSigned,
    closes_on=(PledgeIsSigned, UnitHeadLeaves),
    owner=_head_who_signed,
    due=_a_year_later,
    about=lambda it, deed: f"{it.unit_name} {it.head.name}",
    waived_by=Post.OFFICE_DIRECTOR,
)

clause.b.register(
    "governance_pledge",
    fields=("role", "leader"),
    what="登记主要领导及其责任",
)
clause.b.form("governance.pledge", what="责任书载明总责")


@clause.b.guard("负总责的是主要领导")
def the_main_leader_answers_for_all(it: OfPledge, deed: Deed[Any]) -> Refusal | None:
    """Who signs as the main leader held such a post on the day on which he signed."""
    if it.role is not Role.OVERALL or it.leader_posts & MAIN_LEADERS:
        return None
    return clause.b.refuse(
        "{person}签字之日不是主要领导，不能以主要领导的身份签订",
        remedy="改填与其职务相符的责任，或改由主要领导签订",
        person=ref_person(it.leader),
    )


clause.c.register(
    "governance_pledge",
    fields=("role", "leader"),
    what="登记分管领导及其责任",
)
clause.c.form("governance.pledge", what="责任书载明直接领导责任")


@clause.c.guard("负直接领导责任的是分管保密工作领导")
def the_secrecy_leader_answers_directly(it: OfPledge, deed: Deed[Any]) -> Refusal | None:
    """Who signs as the secrecy leader held that post on the day on which he signed."""
    if it.role is not Role.DIRECT or Post.SECRECY_LEADER in it.leader_posts:
        return None
    return clause.c.refuse(
        "{person}签字之日不是分管保密工作领导，不能以其身份签订",
        remedy="改填与其职务相符的责任，或改由分管保密工作领导签订",
        person=ref_person(it.leader),
    )


clause.d.register(
    "governance_oversight",
    fields=("leader", "unit"),
    what="登记各成员主管的委（办）室",
)
clause.d.form("governance.pledge", what="责任书载明主管范围")


@clause.d.guard("班子其他成员只与其主管的委（办）室签订")
def leader_oversees_the_unit(it: OfPledge, deed: Deed[Any]) -> Refusal | None:
    """A member of the leadership answers within his own field of duty, and not beyond it."""
    if it.role is not Role.OVERSEEING or it.oversees_the_unit:
        return None
    return clause.d.refuse(
        f"{{person}}签字之日没有分管{it.unit_name}",
        remedy="先登记领导分管，或改由主管该室的领导签订",
        remedy_action="governance.assign_oversight",
        person=ref_person(it.leader),
    )


@clause.d.guard("分管委（办）室的是领导班子成员")
def overseer_belongs_to_the_leadership(it: OversightIsAssigned, deed: Deed[Any]) -> Refusal | None:
    """Only a member of the leadership oversees a unit."""
    if it.leader_posts & LEADERSHIP:
        return None
    return clause.d.refuse(
        "{person}不是领导班子成员，不能分管委（办）室",
        remedy="改填领导班子成员，或先登记其任职",
        remedy_action="office.appoint",
        person=ref_person(it.leader),
    )


clause.e.register(
    "governance_pledge",
    fields=("unit", "head"),
    what="登记委（办）室负责人及其责任",
)
clause.e.form("governance.pledge", what="责任书载明本委（办）室责任")


@clause.e.guard("签订人是该委（办）室的负责人")
def head_heads_the_unit(it: OfPledge, deed: Deed[Any]) -> Refusal | None:
    """Who signs for a unit was its head on the day on which he signed."""
    if it.head_heads_the_unit:
        return None
    return clause.e.refuse(
        f"{{person}}签字之日不是{it.unit_name}的主要负责人",
        remedy="改由该室负责人签订，或先登记其任职",
        remedy_action="office.appoint",
        person=ref_person(it.head),
    )
