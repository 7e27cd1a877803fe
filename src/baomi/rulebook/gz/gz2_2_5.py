"""GZ2.2.5 Whoever travels carries no secret paper; what must be carried is approved, kept safe."""

from __future__ import annotations

from datetime import date
from typing import Any

from baomi.kernel.clause import Clause, Owner
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import Refusal
from baomi.kernel.words import Level, Post
from baomi.registers.custody.facts import (
    CopyComesBackToPremises,
    CopyIsFound,
    CopyLeavesPremises,
    ref_copy,
)
from baomi.registers.office.facts import ref_person
from baomi.rulebook.outing import concerns_of_outing, is_classified, terms_of_outing

clause = Clause("GZ2.2.5", "携带密件外出", in_force_since=date(2020, 12, 24))

clause.a.register(
    "custody_outing",
    fields=("carrier", "destination"),
    what="携带外出的密件：何人携带、到何处、何时带回",
)


@clause.a.guard("登记簿上密件在携带人手中")
def copy_is_in_the_carriers_hands(it: CopyLeavesPremises, deed: Deed[Any]) -> Refusal | None:
    """Only who has it by the register, and so was entitled to it, carries it out."""
    if it.carrier_has_it:
        return None
    return clause.a.refuse(
        "登记簿上{copy}不在{person}手中，不能由其携带外出",
        remedy="先把{copy}交给携带人承办，再办理携带外出",
        remedy_action="custody.hand_over_copy",
        copy=ref_copy(it.copy),
        person=ref_person(it.carrier),
    )


@clause.a.guard("携带人、保管人、同行人的涉密等级不低于密级")
def travellers_are_cleared_for_the_level(it: CopyLeavesPremises, deed: Deed[Any]) -> Refusal | None:
    """Beyond the source: everybody who keeps it on the way may know it, and is in service."""
    for person in it.travellers:
        if not person.in_service or it.copy.paper.level > person.clearance:
            return clause.a.refuse(
                "{person}的涉密等级不足，或者已不在岗，不能携带、保管{copy}",
                remedy="改由涉密等级相符的在岗人员携带、保管",
                person=ref_person(person),
                copy=ref_copy(it.copy),
            )
    return None


def _is_carried_on_business(it: CopyLeavesPremises, deed: Deed[Any]) -> bool:
    return it.on_business


def _needs_the_group_leader(it: CopyLeavesPremises, deed: Deed[Any]) -> bool:
    return it.on_business and is_classified(it)


clause.a.approval(
    title="因公外出携带密件",
    by=Post.GROUP_LEADER,
    when=CopyLeavesPremises,
    applies=_needs_the_group_leader,
    terms=terms_of_outing,
    concerns=concerns_of_outing,
)


@clause.b.guard("写明外出期间的保密措施")
def measures_are_written_down(it: CopyLeavesPremises, deed: Deed[Any]) -> Refusal | None:
    """Without measures written down it is neither approved nor carried."""
    if it.measures or not is_classified(it):
        return None
    return clause.b.refuse(
        "没有写明{copy}外出期间的保密措施",
        remedy="写明由谁随身保管、住宿和途中怎样存放等保密措施",
        copy=ref_copy(it.copy),
    )


@clause.b.guard("绝密件由两人以上携带")
def top_secret_travels_with_two_persons(it: CopyLeavesPremises, deed: Deed[Any]) -> Refusal | None:
    """Beyond the source; the law (实施条例 29) wants two persons or more for 绝密."""
    humans = {person.human for person in it.travellers}
    if it.copy.paper.level < Level.TOP_SECRET or len(humans) > 1:
        return None
    return clause.b.refuse(
        "{copy}是绝密件，不能由一人单独携带外出",
        remedy="填写同行人员，由两人以上一同携带",
        copy=ref_copy(it.copy),
    )


@clause.b.guard("带回时由携带人以外的人检查")
def returned_copy_is_checked_by_another(
    it: CopyComesBackToPremises, deed: Deed[Any]
) -> Refusal | None:
    """Beyond the source: who carried it does not certify himself that it is whole."""
    if it.checker.human != it.carrier.human:
        return None
    return clause.b.refuse(
        "{copy}由您本人携带外出，不能由您本人检查带回",
        remedy="请保密员检查，办理带回",
        copy=ref_copy(it.copy),
    )


def _carrier(it: CopyLeavesPremises, deed: Deed[Any]) -> Owner:
    return Owner(person=it.carrier.id, post=None, unit=None)


def _as_approved(it: CopyLeavesPremises, deed: Deed[Any]) -> date:
    return it.until


clause.b.duty(
    "bring_back",
    title="带回携带外出的文件",
    opens_on=CopyLeavesPremises,
    closes_on=(CopyComesBackToPremises, CopyIsFound),
    owner=_carrier,
    due=_as_approved,
    when=_is_carried_on_business,
)
clause.b.check("外出期间密件随身保管、不离人")
