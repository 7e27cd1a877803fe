"""GZ2.3.2 Secret papers are read in the office, handed back promptly and locked in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from baomi.kernel.calendar import Workdays
from baomi.kernel.clause import Clause, Due, Owner
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import Refusal
from baomi.kernel.words import Level, Purpose
from baomi.registers.custody.facts import (
    CopyComesBackToPremises,
    CopyIsFound,
    CopyLeavesPremises,
    CopyReachesPerson,
    CopyReturns,
    PastCopyCameBack,
    PastCopyWentOut,
    ref_copy,
)
from baomi.registers.office.facts import ref_person, ref_room

clause = Clause("GZ2.3.2", "在办公室阅办、阅后交回", in_force_since=date(2020, 12, 24))

clause.a.check("密件只在办公室阅办")


@clause.a.guard("在登记过、有防护措施的处所阅办")
def place_of_reading_is_registered_and_protected(
    it: CopyReachesPerson, deed: Deed[Any]
) -> Refusal | None:
    """A reader or handler is given a copy for a named, protected room; a keeper locks it in."""
    if it.purpose is Purpose.KEEPING:
        return None
    if it.place is None:
        return clause.a.refuse(
            "没有写明{copy}的阅办处所",
            remedy="填写登记过、有防护措施的阅办处所",
            copy=ref_copy(it.copy),
        )
    if it.place.protected:
        return None
    return clause.a.refuse(
        "{room}没有登记防护措施，不能在那里阅办密件",
        remedy="改在有防护措施的处所阅办，或先为{room}登记防护措施",
        remedy_action="office.record_measures",
        room=ref_room(it.place),
    )


clause.b.register(
    "custody_movement",
    fields=("cabinet",),
    what="交回的时间和存入的文件柜",
)


@clause.b.guard("阅件人没有逾期未还的文件")
def reader_has_nothing_overdue(it: CopyReachesPerson, deed: Deed[Any]) -> Refusal | None:
    """Beyond the source: who has not handed back what was due is given nothing more."""
    if it.purpose is Purpose.KEEPING or not it.overdue:
        return None
    return clause.b.refuse(
        f"{{person}}有 {len(it.overdue)} 份文件逾期没有交回",
        remedy="先收回{person}逾期的文件，再交阅",
        remedy_action="custody.take_back_copy",
        person=ref_person(it.person),
    )


def _reader(it: CopyReachesPerson, deed: Deed[Any]) -> Owner:
    return Owner(person=it.person.id, post=None, unit=None)


def _by_purpose(it: CopyReachesPerson | CopyComesBackToPremises, deed: Deed[Any]) -> Due:
    terms = deed.terms
    if isinstance(it, CopyComesBackToPremises) and not it.carrier.in_service:
        return deed.today  # who left while he was away with it hands it back at once
    if it.purpose is Purpose.HANDLING:
        return Workdays(deed.today, terms.number("handling_due_workdays"))
    return deed.today + timedelta(days=terms.number("reading_due_days"))


def _is_read_or_handled(it: CopyReachesPerson | CopyComesBackToPremises, deed: Deed[Any]) -> bool:
    # 绝密 has a shorter term of its own: GZ2.3.7
    return it.purpose is not Purpose.KEEPING and it.copy.paper.level < Level.TOP_SECRET


clause.b.duty(
    "return_the_copy",
    title="交回借阅的文件",
    opens_on=CopyReachesPerson,
    closes_on=(CopyReturns, CopyIsFound, CopyLeavesPremises),
    owner=_reader,
    due=_by_purpose,
    when=_is_read_or_handled,
)


def _who_carried_it(it: CopyComesBackToPremises, deed: Deed[Any]) -> Owner:
    return Owner(person=it.carrier.id, post=None, unit=None)


# while it is carried out with approval, the day of its coming back is owed, and no other
clause.b.duty(
    "return_the_copy",
    title="交回带回的文件",
    opens_on=CopyComesBackToPremises,
    closes_on=(CopyReturns, CopyIsFound, CopyLeavesPremises),
    owner=_who_carried_it,
    due=_by_purpose,
    when=_is_read_or_handled,
)


def _past_holder(it: PastCopyWentOut, deed: Deed[Any]) -> Owner:
    return Owner(person=it.holder, post=None, unit=None)


def _after_the_import(it: PastCopyWentOut, deed: Deed[Any]) -> date:
    return deed.recorded_on + timedelta(days=deed.terms.number("imported_out_due_days"))


def _is_still_out(it: PastCopyWentOut, deed: Deed[Any]) -> bool:
    return it.still_out


clause.b.duty(
    "return_the_copy",
    title="交回补录的在外文件",
    opens_on=PastCopyWentOut,
    closes_on=(CopyReturns, CopyIsFound, PastCopyCameBack),
    owner=_past_holder,
    due=_after_the_import,
    when=_is_still_out,
)

clause.c.check("办公桌上不放密件")
