"""GZ2.2.1 Every place that keeps papers is protected; secret papers are locked in at all times."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from baomi.kernel.clause import Clause, Owner
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import Refusal
from baomi.registers.custody.facts import CopyEntersCabinet, CopyReturns, keeper_through, ref_copy
from baomi.registers.office.facts import (
    RoomIsProtected,
    RoomIsRegistered,
    ref_cabinet,
    ref_room,
)

clause = Clause("GZ2.2.1", "场所防护与入柜加锁", in_force_since=date(2020, 12, 24))

clause.a.register(
    "office_room",
    fields=("name",),
    what="存放文件的房间及其防护措施",
)


@clause.a.guard("存放处所已有防护措施")
def place_of_keeping_is_protected(it: CopyEntersCabinet, deed: Deed[Any]) -> Refusal | None:
    """Nothing is kept in a room for which no protective measures are recorded."""
    if it.cabinet.room.protected:
        return None
    return clause.a.refuse(
        "{room}没有登记防护措施，不能存放{copy}",
        remedy="先为{room}登记防护措施，或者改存有防护措施的场所",
        remedy_action="office.record_measures",
        room=ref_room(it.cabinet.room),
        copy=ref_copy(it.copy),
    )


def _responsible(it: RoomIsRegistered, deed: Deed[Any]) -> Owner:
    return Owner(person=it.responsible, post=None, unit=None)


def _due(it: RoomIsRegistered, deed: Deed[Any]) -> date:
    return deed.today + timedelta(days=deed.terms.number("room_measures_due_days"))


def _keeps_papers_unprotected(it: RoomIsRegistered, deed: Deed[Any]) -> bool:
    return it.room.keeps_papers and not it.room.protected


clause.a.duty(
    "record_measures",
    title="为存放文件的房间补上防护措施",
    opens_on=RoomIsRegistered,
    closes_on=RoomIsProtected,
    owner=_responsible,
    due=_due,
    when=_keeps_papers_unprotected,
)

clause.b.register(
    "custody_copy",
    fields=("cabinet",),
    what="每一份密件在谁手中或在哪个柜中",
)
clause.b.check("密件随时入柜加锁")


@clause.b.guard("文件柜的等级不低于文件的密级")
def cabinet_is_fit_for_the_level(it: CopyEntersCabinet, deed: Deed[Any]) -> Refusal | None:
    """Beyond the source: the cabinet's level is at least the copy's."""
    if it.copy.paper.level <= it.cabinet.level:
        return None
    return clause.b.refuse(
        "{cabinet}的等级低于{copy}的密级",
        remedy="存入等级相符的文件柜",
        copy=ref_copy(it.copy),
        cabinet=ref_cabinet(it.cabinet),
    )


@clause.b.guard("文件柜在用")
def cabinet_is_in_use(it: CopyEntersCabinet, deed: Deed[Any]) -> Refusal | None:
    """Only a registered cabinet that is in use counts as locked in."""
    if it.cabinet.in_use:
        return None
    return clause.b.refuse(
        "{cabinet}已经停用，不能存放文件",
        remedy="存入在用的文件柜",
        cabinet=ref_cabinet(it.cabinet),
    )


@clause.b.guard("交回的文件锁入文件柜")
def returned_copy_goes_into_a_cabinet(it: CopyReturns, deed: Deed[Any]) -> Refusal | None:
    """Who takes it back locks it in; only the unit's keeper who gave it keeps it himself."""
    if it.cabinet is not None or keeper_through(it.copy, it.taker):
        return None
    return clause.b.refuse(
        "{copy}收回时没有指明文件柜",
        remedy="填写存入的文件柜",
        copy=ref_copy(it.copy),
    )
