"""GZ2.3.7 A top secret paper is returned at once when its circulation has ended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from baomi.kernel.clause import Clause, Owner
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import Refusal
from baomi.kernel.words import Level, Purpose
from baomi.registers.custody.facts import (
    Copy,
    CopyComesBackToPremises,
    CopyIsFound,
    CopyLeavesPremises,
    CopyReachesPerson,
    CopyReturns,
    keeper_through,
    ref_copy,
)

clause = Clause("GZ2.3.7", "绝密阅毕立即清退", in_force_since=date(2020, 12, 24))


def _is_top_secret(copy: Copy) -> bool:
    return copy.paper.level >= Level.TOP_SECRET


@clause.guard("绝密件传阅完毕不再交阅")
def circulation_goes_on_for_the_reader(it: CopyReachesPerson, deed: Deed[Any]) -> Refusal | None:
    """When everybody in the circle has read it, it is not given out to be read or kept again."""
    if not _is_top_secret(it.copy) or not it.circulation_ended:
        return None
    if it.purpose is Purpose.HANDLING:
        return None
    return clause.refuse(
        "{copy}是绝密件，传阅已经结束，不能再交阅",
        remedy="立即清退{copy}",
        copy=ref_copy(it.copy),
    )


@clause.guard("绝密件传阅完毕立即退回保密员")
def copy_goes_to_the_registrar_after_circulation(
    it: CopyReturns, deed: Deed[Any]
) -> Refusal | None:
    """At the end it comes back into the registrar's cabinet, not to the unit's keeper."""
    if not _is_top_secret(it.copy) or not it.circulation_ended or it.cabinet is not None:
        return None
    return clause.refuse(
        "{copy}是绝密件，传阅已经结束，不能留在专人处",
        remedy="请保密员收回{copy}入柜，立即清退",
        remedy_action="custody.take_back_copy",
        copy=ref_copy(it.copy),
    )


def _receiver(it: CopyReachesPerson, deed: Deed[Any]) -> Owner:
    return Owner(person=it.person.id, post=None, unit=None)


def _keeper(it: CopyReturns, deed: Deed[Any]) -> Owner:
    # a stand-in took it back into the keeper's keeping: both see the duty
    owner = keeper_through(it.copy, it.taker) or it.taker.id
    return Owner(person=owner, post=None, unit=None)


def _carrier(it: CopyComesBackToPremises, deed: Deed[Any]) -> Owner:
    return Owner(person=it.carrier.id, post=None, unit=None)


def _at_once(
    it: CopyReachesPerson | CopyReturns | CopyComesBackToPremises, deed: Deed[Any]
) -> date:
    return deed.today + timedelta(days=deed.terms.number("top_secret_return_days"))


def _is_given(it: CopyReachesPerson | CopyComesBackToPremises, deed: Deed[Any]) -> bool:
    return _is_top_secret(it.copy)


def _stays_with_the_keeper(it: CopyReturns, deed: Deed[Any]) -> bool:
    return _is_top_secret(it.copy) and it.cabinet is None


clause.duty(
    "return_the_copy",
    title="当日交回绝密文件",
    opens_on=CopyReachesPerson,
    closes_on=(CopyReturns, CopyIsFound, CopyLeavesPremises),
    owner=_receiver,
    due=_at_once,
    when=_is_given,
)
clause.duty(
    "return_the_copy",
    title="当日交回带回的绝密文件",
    opens_on=CopyComesBackToPremises,
    closes_on=(CopyReturns, CopyIsFound, CopyLeavesPremises),
    owner=_carrier,
    due=_at_once,
    when=_is_given,
)
clause.duty(
    "return_the_copy",
    title="当日把绝密文件交回保密员",
    opens_on=CopyReturns,
    closes_on=(CopyReturns, CopyIsFound),
    owner=_keeper,
    due=_at_once,
    when=_stays_with_the_keeper,
)
