"""Requests for approval (报批单) as somebody may see them, and what waits for his decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from baomi.kernel.terms import Terms
from baomi.kernel.words import Level, Person
from baomi.registers.approvals import facts, load, models
from baomi.registers.approvals.reads.visible import (
    find_request,
    names,
    open_on,
    visible_to,
    waiting_for,
)
from baomi.registers.approvals.reads.whole import deed_of, needs_of
from baomi.registers.approvals.reads.worded import fill_in
from baomi.registers.filters import between_days, choices, flag, of_row, one_of
from baomi.registers.listing import Book, Column, Filter, Order, Values
from baomi.registers.office import load as office

__all__ = [
    "BOOKS",
    "NAMES",
    "PICKERS",
    "REQUESTS",
    "deed_of",
    "needs_of",
    "open_on",
    "visible_to",
    "waiting_for",
]
Word = Callable[[Values, Terms], Any]


def _filled(key: str) -> Word:
    return lambda row, terms: row[key]


def _decided_by_me(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    steps = models.ApprovalStep.objects.filter(decided_by=actor.id)
    return rows.filter(id__in=steps.values("need__request"))


def _about(key: str, heading: str, kind: str) -> Filter:
    """What was asked for on one thing."""

    def narrow(rows: QuerySet[Any], given: str, actor: Person) -> QuerySet[Any]:
        needs = models.ApprovalNeed.objects.filter(subject=given)
        return rows.filter(id__in=needs.values("request"))

    return Filter(key=key, heading=heading, kind=kind, narrow=narrow)


def _of_clause(rows: QuerySet[Any], text: str, actor: Person) -> QuerySet[Any]:
    """Requests that need something under a clause."""
    needs = models.ApprovalNeed.objects.filter(clause__startswith=text[:2].upper() + text[2:])
    return rows.filter(id__in=needs.values("request"))


def _waits_for_me(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    """What was put to a post of his by others; each row tells whether he may decide on it."""
    put = load.put_to(actor).values("request")
    return rows.filter(id__in=put, state="waiting").exclude(asked_by=actor.id)


REQUESTS: Final = Book(
    name="approvals.request",
    title="报批单",
    help="报请批准的事项和批准的情况。要办须经批准的事，在办理页面填好后点“报请批准”。",
    kind="approvals.request",
    rows=visible_to,
    fill_in=fill_in,
    filled=("clauses", "deciders", "mine", "stands", "until"),
    level="level",
    columns=(
        Column(key="id", heading="编号", reads=("id",), is_shown=False, is_narrow=True),
        Column(
            key="label",
            heading="报批单号",
            reads=("label_serial",),
            word=lambda row, terms: office.label("A", row["label_serial"]),
            opens="approvals.request",
            opens_by="id",
            is_narrow=True,
        ),
        Column(key="title", heading="报批事项", reads=("title",), is_narrow=True),
        Column(
            key="clauses", heading="依据条款", reads=(), word=_filled("clauses"), is_narrow=True
        ),
        Column(
            key="asked_by",
            heading="报批人",
            reads=("asked_by__name", "asked_by"),
            word=lambda row, terms: row["asked_by__name"],
            opens="office.person",
            opens_by="asked_by",
            is_narrow=True,
        ),
        Column(key="asked_on", heading="报批日期", reads=("asked_on",), is_narrow=True),
        Column(key="reason", heading="报批理由", reads=("reason",)),
        Column(key="deciders", heading="审批岗位", reads=(), word=_filled("deciders")),
        Column(
            key="state",
            heading="状态",
            reads=("state", "asked_on"),
            word=_filled("stands"),
            is_narrow=True,
        ),
        Column(key="mine", heading="待我决定", reads=(), word=_filled("mine"), is_narrow=True),
        Column(key="until", heading="批准有效至", reads=(), word=_filled("until"), is_narrow=True),
        Column(key="settled_on", heading="办结日期", reads=("settled_on",), is_shown=False),
        Column(
            key="level",
            heading="密级",
            reads=("level",),
            word=lambda row, terms: Level(row["level"]).title,
            is_shown=False,
            is_narrow=True,
        ),
    ),
    orders=(
        Order(key="newest", heading="最近报批的在前", by=("-id",)),
        Order(key="oldest", heading="最早报批的在前", by=("id",)),
    ),
    filters=(
        one_of("state", "状态", "state", choices(facts.STATES)),
        flag("waits", "待我决定的", _waits_for_me),
        flag("asked", "本人报批的", lambda rows, actor: rows.filter(asked_by=actor.id)),
        flag("decided", "本人审批过的", _decided_by_me),
        Filter(
            key="action",
            heading="报批事项",
            kind="text",
            narrow=lambda rows, text, actor: rows.filter(title__contains=text),
        ),
        Filter(key="clause", heading="依据条款", kind="text", narrow=_of_clause),
        *between_days("asked", "报批日期", "asked_on"),
        of_row("asker", "报批人", "asked_by", "office.person"),
        _about("copy", "文件的一份", "custody.copy"),
        _about("paper", "文件", "custody.paper"),
    ),
)
PICKERS: Final[Mapping[str, Callable[[Person, str], UUID]]] = {"approvals.request": find_request}
NAMES: Final[Mapping[str, Callable[..., Mapping[UUID, str]]]] = {"approvals.request": names}
BOOKS: Final[Mapping[str, Book]] = {REQUESTS.name: REQUESTS}
