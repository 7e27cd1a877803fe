"""GZ2.1.5 Classified persons keep the code of secrecy: no carrier goes into public places."""

from __future__ import annotations

from datetime import date
from typing import Any

from baomi.kernel.clause import Clause, Owner
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import Refusal
from baomi.kernel.words import Post
from baomi.registers.custody.facts import (
    CopyComesBackToPremises,
    CopyIsFound,
    CopyLeavesPremises,
    ref_copy,
)
from baomi.registers.office.facts import ref_person
from baomi.rulebook.outing import concerns_of_outing, is_classified, terms_of_outing

clause = Clause("GZ2.1.5", "涉密人员守则", in_force_since=date(2020, 12, 24))

clause.d.register(
    "custody_outing",
    fields=("keeper",),
    what="带入公共场所或社交活动的涉密载体及其保管人",
)


@clause.d.guard("保管人是携带人本人或同行的专人")
def keeper_goes_along(it: CopyLeavesPremises, deed: Deed[Any]) -> Refusal | None:
    """Kept by oneself or a named person: he keeps nothing who is not there."""
    there = {person.id for person in (it.carrier, *it.companions)}
    if not it.in_public or it.keeper.id in there:
        return None
    return clause.d.refuse(
        "{person}不随同外出，不能保管带入公共场所或社交活动的{copy}",
        remedy="由携带人本人保管，或者指定同行的专人保管",
        person=ref_person(it.keeper),
        copy=ref_copy(it.copy),
    )


def _is_taken_into_public(it: CopyLeavesPremises, deed: Deed[Any]) -> bool:
    return it.in_public


def _needs_the_secrecy_leader(it: CopyLeavesPremises, deed: Deed[Any]) -> bool:
    return it.in_public and is_classified(it)


clause.d.approval(
    title="带入公共场所或社交活动",
    by=Post.SECRECY_LEADER,
    when=CopyLeavesPremises,
    applies=_needs_the_secrecy_leader,
    terms=terms_of_outing,
    concerns=concerns_of_outing,
)


def _carrier(it: CopyLeavesPremises, deed: Deed[Any]) -> Owner:
    return Owner(person=it.carrier.id, post=None, unit=None)


def _as_approved(it: CopyLeavesPremises, deed: Deed[Any]) -> date:
    return it.until


clause.d.duty(
    "bring_back",
    title="带回带入公共场所的涉密载体",
    opens_on=CopyLeavesPremises,
    closes_on=(CopyComesBackToPremises, CopyIsFound),
    owner=_carrier,
    due=_as_approved,
    when=_is_taken_into_public,
)
clause.d.check("不擅自把涉密载体带入公共场所和社交活动")
