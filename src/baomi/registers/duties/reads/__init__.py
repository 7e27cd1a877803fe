"""Duties (应办事项) as somebody may see them. Whether one is overdue is computed here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from baomi.kernel.clock import clock
from baomi.kernel.terms import Terms
from baomi.kernel.words import Person
from baomi.registers.duties.reads.visible import (
    find_duty,
    overdue_days,
    own,
    reported_to,
    visible_to,
)
from baomi.registers.duties.reads.worded import STATES, VACANT, fill_in
from baomi.registers.filters import between_days, choices, flag, of_row, one_of
from baomi.registers.in_force import terms_on
from baomi.registers.listing import Book, Column, Filter, Order, Values

__all__ = ["BOOKS", "DUTIES", "PICKERS", "VACANT", "find_duty", "overdue_days", "visible_to"]
Word = Callable[[Values, Terms], Any]


def _filled(key: str) -> Word:
    return lambda row, terms: row[key]


def _clause(rows: QuerySet[Any], text: str, actor: Person) -> QuerySet[Any]:
    """A clause and what stands under it: GZ2.3.2, GZ2.3.2b or GZ2."""
    clause = text[:2].upper() + text[2:]
    return rows.filter(clause__startswith=clause)


def _is_overdue(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    return rows.filter(state="open", due_on__lt=clock.today())


def _is_soon(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    today = clock.today()
    last = today + timedelta(days=terms_on(today).number("duty_lead_days"))
    return rows.filter(state="open", due_on__gte=today, due_on__lte=last)


def _is_reported(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    today = clock.today()
    return rows.filter(id__in=reported_to(actor, today, terms_on(today)).values("id"))


DUTIES: Final = Book(
    name="duties.duty",
    title="应办事项",
    help="依制度应当办理的事项和办理期限。办理业务时自动产生，也可以人工交办。",
    kind="duties.duty",
    rows=visible_to,
    fill_in=fill_in,
    filled=("names", "matter", "copy", "mine", "overdue", "stands", "reported", "uncertain"),
    begin_with=("duties.open_by_hand",),
    columns=(
        Column(key="id", heading="编号", reads=("id",), is_shown=False, is_narrow=True),
        Column(
            key="title",
            heading="应办事项",
            reads=("title",),
            opens="duties.duty",
            opens_by="id",
        ),
        Column(key="clause", heading="依据条款", reads=("clause",), is_narrow=True),
        Column(
            key="matter",
            heading="事项",
            reads=("subject", "about"),
            word=_filled("matter"),
            opens="custody.copy",
            opens_by="copy",
        ),
        Column(
            key="owner",
            heading="责任人",
            reads=("owner", "owner_post", "owner_unit"),
            word=_filled("names"),
            opens="office.person",
            opens_by="owner",
        ),
        Column(key="mine", heading="本人应办", reads=(), word=_filled("mine"), is_narrow=True),
        Column(key="opened_on", heading="开始日期", reads=("opened_on",), is_narrow=True),
        Column(key="due_on", heading="应办日期", reads=("due_on",), is_narrow=True),
        Column(
            key="state",
            heading="状态",
            reads=("state",),
            word=lambda row, terms: STATES[row["state"]],
            is_narrow=True,
        ),
        Column(
            key="stands",
            heading="办理情况",
            reads=("closed_on",),
            word=_filled("stands"),
            is_narrow=True,
        ),
        Column(
            key="overdue_days",
            heading="逾期天数",
            reads=(),
            word=_filled("overdue"),
            is_narrow=True,
        ),
        Column(
            key="reported", heading="已上报至", reads=(), word=_filled("reported"), is_narrow=True
        ),
        Column(key="closed_on", heading="办结日期", reads=("closed_on",), is_narrow=True),
        Column(
            key="uncertain",
            heading="日期说明",
            reads=("counted_from", "due_workdays"),
            word=_filled("uncertain"),
            is_shown=False,
        ),
        Column(key="remark", heading="转办、免办理由", reads=("remark",), is_shown=False),
        Column(
            key="waived_under",
            heading="免办依据",
            reads=("waived_under",),
            is_shown=False,
            is_narrow=True,
        ),
    ),
    orders=(
        Order(key="due", heading="最先到期的在前", by=("due_on", "id")),
        Order(key="due_last", heading="最后到期的在前", by=("-due_on", "-id")),
        Order(key="newest", heading="新产生的在前", by=("-id",)),
    ),
    filters=(
        one_of("state", "状态", "state", choices(STATES)),
        flag("overdue", "逾期的", _is_overdue),
        flag("soon", "近期到期的", _is_soon),
        flag("mine", "本人应办的", lambda rows, actor: rows.filter(id__in=own(actor))),
        flag("reported", "上报给我的", _is_reported),
        Filter(key="clause", heading="依据条款", kind="text", narrow=_clause),
        *between_days("due", "应办日期", "due_on"),
        of_row("owner", "责任人", "owner", "office.person"),
        of_row("copy", "载体", "subject", "custody.copy"),
    ),
)
PICKERS: Final[Mapping[str, Callable[[Person, str], UUID]]] = {"duties.duty": find_duty}
BOOKS: Final[Mapping[str, Book]] = {DUTIES.name: DUTIES}
