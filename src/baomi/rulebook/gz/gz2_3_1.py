"""GZ2.3.1 Circulation is strictly registered; the circle of readers is not widened on one's own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from baomi.kernel.approving import Stated
from baomi.kernel.clause import Clause, Owner
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import Refusal
from baomi.kernel.words import Post, Purpose
from baomi.registers.custody.facts import (
    CircleIsSet,
    CircleIsWidened,
    CopyIsGiven,
    CopyReachesPerson,
    CopyReturns,
    DeedIsUndone,
    SlipIsConfirmed,
    SlipIsDrawnUp,
    SlipIsVoid,
    State,
    keeper_through,
    ref_copy,
    ref_paper,
)
from baomi.registers.office.facts import ref_person
from baomi.rulebook.stated import stated_people, stated_text

clause = Clause("GZ2.3.1", "传阅登记", in_force_since=date(2020, 12, 24))

clause.a.register(
    "custody_movement",
    fields=("person",),
    what="每一份编号文件的交接、去向随时可查",
)


@clause.a.guard("登记簿上文件在经手人处")
def giver_has_the_copy_by_the_register(it: CopyIsGiven, deed: Deed[Any]) -> Refusal | None:
    """No hand-over outside the register: only who has it by the register may give it."""
    if it.giver_has_it:
        return None
    if it.copy.state is State.UNSTORED:
        return clause.a.refuse(
            "{copy}还没有登记入柜，不能交出",
            remedy="先把{copy}登记入柜，再办理交接",
            remedy_action="custody.store_copies",
            copy=ref_copy(it.copy),
        )
    return clause.a.refuse(
        "登记簿上{copy}不在经手人处，不能由其交出",
        remedy="先把{copy}收回登记，再办理交接",
        remedy_action="custody.take_back_copy",
        copy=ref_copy(it.copy),
    )


@clause.a.guard("文件交回给交出的人")
def copy_returns_to_who_gave_it(it: CopyReturns, deed: Deed[Any]) -> Refusal | None:
    """It goes back to the unit's keeper who gave it, or to the registrar: never sideways.

    Whoever stands in for the keeper takes it back in his place.
    """
    if Post.REGISTRAR in it.taker.posts or keeper_through(it.copy, it.taker):
        return None
    return clause.a.refuse(
        "{copy}不是由经手人交出的，不能由其收回",
        remedy="请交出{copy}的专人或者保密员收回",
        copy=ref_copy(it.copy),
    )


@clause.a.guard("只撤销本人当天最近的办理")
def undone_deed_is_ones_own_of_today(it: DeedIsUndone, deed: Deed[Any]) -> Refusal | None:
    """Beyond the source: only who did it, the same day, and nothing was done since."""
    if it.newest and it.done_by == deed.actor.id and it.done_on == deed.recorded_on:
        return None
    if not it.newest:
        reason = "{copy}在这以后又办理过，不能越过后面的办理来撤销"
    elif it.done_by != deed.actor.id:
        reason = "对{copy}的最近一次办理不是您本人办的，不能由您撤销"
    else:
        reason = "对{copy}的最近一次办理不在今天，不能撤销"
    return clause.a.refuse(
        reason,
        remedy="照实际情况另行办理交接、收回或更正，登记簿保留原来的记录",
        copy=ref_copy(it.copy),
    )


def _person_on_the_slip(it: SlipIsDrawnUp, deed: Deed[Any]) -> Owner:
    return Owner(person=it.slip.person, post=None, unit=None)


def _in_time(it: SlipIsDrawnUp, deed: Deed[Any]) -> date:
    return deed.recorded_on + timedelta(days=deed.terms.number("slip_signing_days"))


def _waits_for_a_signature(it: SlipIsDrawnUp, deed: Deed[Any]) -> bool:
    return not it.slip.confirmed


# beyond the source; the law (实施条例 27) wants each carrier signed for
clause.a.duty(
    "sign_the_slip",
    title="在交接清单上签字",
    opens_on=SlipIsDrawnUp,
    closes_on=(SlipIsConfirmed, SlipIsVoid),
    owner=_person_on_the_slip,
    due=_in_time,
    when=_waits_for_a_signature,
)


def _what_is_widened(it: CircleIsWidened) -> tuple[Stated, ...]:
    return (
        stated_people("added", "增加的人员", it.named),
        Stated(
            key="grounds",
            title="增加的单位、岗位、职级",
            value="\n".join(it.added_grounds),
            shown=it.grounds_in_words,
        ),
        stated_text("reason", "理由", it.reason),
    )


def _who_is_added(it: CircleIsWidened) -> frozenset[UUID]:
    return frozenset(person.human for person in it.named)


# the source names no post; the law gives it to the head of the body or whom he names
clause.b.approval(
    title="扩大传阅范围",
    by=Post.GROUP_LEADER,
    when=CircleIsWidened,
    terms=_what_is_widened,
    concerns=_who_is_added,
)


@clause.b.guard("阅件人在传阅范围内")
def reader_is_in_the_circle(it: CopyReachesPerson, deed: Deed[Any]) -> Refusal | None:
    """A reader is named, or of a unit, post or rank in it today; a keeper serves his unit."""
    if it.purpose is Purpose.KEEPING:
        if it.person.keeps_for & it.units_in_circle:
            return None
    elif it.person.id in it.copy.paper.circle:
        return None
    return clause.b.refuse(
        "{person}不在{paper}的传阅范围内",
        remedy="先确定传阅范围；已经开始传阅的，报经批准扩大范围后再交阅",
        remedy_action="custody.set_circle",
        person=ref_person(it.person),
        paper=ref_paper(it.copy.paper),
    )


@clause.b.guard("阅件人的涉密等级不低于文件的密级")
def reader_is_cleared_for_the_level(it: CopyReachesPerson, deed: Deed[Any]) -> Refusal | None:
    """Beyond the source: clearance is at least the level."""
    if it.copy.paper.level <= it.person.clearance:
        return None
    return clause.b.refuse(
        "{person}的涉密等级不足，不能接触{copy}",
        remedy="改交涉密等级相符的人员，或先按规定办理涉密人员审查",
        remedy_action="people.clear_person",
        person=ref_person(it.person),
        copy=ref_copy(it.copy),
    )


@clause.b.guard("接收人在岗")
def reader_is_in_service(it: CopyReachesPerson, deed: Deed[Any]) -> Refusal | None:
    """Beyond the source: who has left, or not yet come, is given nothing."""
    if it.person.in_service:
        return None
    return clause.b.refuse(
        "{person}已不在岗，不能接收文件",
        remedy="改交在岗人员",
        person=ref_person(it.person),
    )


@clause.b.guard("不自行扩大传阅范围")
def circle_is_not_widened_on_ones_own(it: CircleIsSet, deed: Deed[Any]) -> Refusal | None:
    """Once a copy was given out, nobody is added without approval: no unit, post or rank either.

    Who joins a unit, post or rank that was in the circle lawfully widens nothing.
    """
    if not it.paper.copies_were_given or not (it.added or it.added_grounds):
        return None
    return clause.b.refuse(
        "{paper}已开始传阅，不得自行扩大传阅范围",
        remedy="报经批准后再扩大传阅范围，批准前不得交阅",
        remedy_action="custody.widen_circle",
        paper=ref_paper(it.paper),
    )
