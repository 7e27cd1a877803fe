"""Duties (应办事项) as somebody may see them. Whether one is overdue is computed here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet

from baomi.kernel.clock import clock
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.custody import load as custody
from baomi.registers.duties.models import Duty
from baomi.registers.filters import between_days, choices, flag, of_row, one_of
from baomi.registers.listing import Book, Column, Filter, Order, Values

UNKNOWN_DUTY: Final = "没有这项应办事项，请核对编号"
VACANT: Final = "（岗位空缺）"
STATES: Final = {"open": "未办", "done": "已办", "void": "已撤销"}
Word = Callable[[Values, Terms], Any]
_SEES_ALL = frozenset({Post.REGISTRAR, Post.OFFICE_DIRECTOR})


def visible_to(actor: Person) -> QuerySet[Duty]:
    """One's own, those of one's posts; the registrar and the office director see all."""
    if not actor.in_service:
        return Duty.objects.none()
    if actor.posts & _SEES_ALL:
        return Duty.objects.all()
    return Duty.objects.filter(id__in=_own(actor))


def _own(actor: Person) -> QuerySet[Any]:
    """Ids of one's own duties and of those of one's posts, each from its own index."""
    duties = Duty.objects
    units = [actor.unit, *actor.keeps_for]
    of_posts = duties.filter(owner=None, owner_post__in=[post.value for post in actor.posts])
    for_all, for_unit = of_posts.filter(owner_unit=None), of_posts.filter(owner_unit__in=units)
    own = duties.filter(owner=actor.id).values("id")
    return own.union(for_all.values("id"), for_unit.values("id"))


def overdue_days(due_on: date, state: str, today: date) -> int | None:
    """Days by which an open duty is overdue; None for one that is not."""
    late = (today - due_on).days
    return late if state == "open" and late > 0 else None


def find_duty(actor: Person, text: str) -> UUID:
    """The duty of an id, if the actor may see it. Raises ``BadInput``."""
    try:
        key = UUID(text.strip())
    except ValueError:
        raise BadInput(UNKNOWN_DUTY) from None
    if not visible_to(actor).filter(id=key).exists():
        raise BadInput(UNKNOWN_DUTY)
    return key


def _fill_in(rows: list[dict[str, Any]], actor: Person, terms: Terms) -> None:
    """Who owes each, what it speaks of, whether it is the reader's own, how long it is overdue."""
    day = clock.today()
    holders = _holders({row["owner_post"] for row in rows if not row["owner"]}, day)
    names = _names({row["owner"] for row in rows if row["owner"]})
    matters = custody.references({row["subject"] for row in rows})
    sees_copies = actor.in_service and Post.REGISTRAR in actor.posts
    for row in rows:
        is_own = _is_own(row, actor)
        is_seen = sees_copies or (is_own and row["state"] == "open")
        row["names"] = names.get(row["owner"], "") if row["owner"] else _held_by(row, holders)
        row["matter"] = matters.get(row["subject"], "")
        row["copy"] = row["subject"] if row["matter"] and is_seen else None
        row["mine"] = is_own
        row["overdue"] = overdue_days(row["due_on"], row["state"], day)


def _holders(posts: set[str], day: date) -> list[tuple[str, UUID | None, str]]:
    """Post, unit and name of whoever holds one of some posts."""
    if not posts:
        return []
    on_day = Q(from_on__lte=day) & (Q(until_on=None) | Q(until_on__gte=day))
    rows = apps.get_model("office", "PostHolding").objects.filter(on_day, post__in=posts)
    return list(rows.values_list("post", "unit", "person__name"))


def _held_by(row: Mapping[str, Any], holders: list[tuple[str, UUID | None, str]]) -> str:
    """Who holds the post to which the duty falls; a vacant post says so."""
    names = {
        name
        for post, unit, name in holders
        if post == row["owner_post"] and row["owner_unit"] in (None, unit)
    }
    return "、".join(sorted(names)) or VACANT


def _is_own(row: Mapping[str, Any], actor: Person) -> bool:
    if row["owner"]:
        return bool(row["owner"] == actor.id)
    units = actor.keeps_for | {actor.unit}
    return row["owner_post"] in actor.posts and row["owner_unit"] in (None, *units)


def _names(people: set[UUID]) -> Mapping[UUID, str]:
    rows = apps.get_model("office", "Person").objects.filter(id__in=people)
    return dict(rows.values_list("id", "name"))


def _filled(key: str) -> Word:
    return lambda row, terms: row[key]


def _clause(rows: QuerySet[Any], text: str, actor: Person) -> QuerySet[Any]:
    return rows.filter(clause__startswith=text.upper())


def _is_overdue(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    return rows.filter(state="open", due_on__lt=clock.today())


DUTIES: Final = Book(
    name="duties.duty",
    title="应办事项",
    help="依制度应当办理的事项和办理期限。办理业务时自动产生，也可以人工交办。",
    kind="duties.duty",
    rows=visible_to,
    fill_in=_fill_in,
    filled=("names", "matter", "copy", "mine", "overdue"),
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
            reads=("subject",),
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
            key="overdue_days",
            heading="逾期天数",
            reads=(),
            word=_filled("overdue"),
            is_narrow=True,
        ),
        Column(key="closed_on", heading="办结日期", reads=("closed_on",), is_narrow=True),
    ),
    orders=(
        Order(key="due", heading="最先到期的在前", by=("due_on", "id")),
        Order(key="due_last", heading="最后到期的在前", by=("-due_on", "-id")),
        Order(key="newest", heading="新产生的在前", by=("-id",)),
    ),
    filters=(
        one_of("state", "状态", "state", choices(STATES)),
        flag("overdue", "逾期的", _is_overdue),
        flag("mine", "本人应办的", lambda rows, actor: rows.filter(id__in=_own(actor))),
        Filter(key="clause", heading="依据条款", kind="text", narrow=_clause),
        *between_days("due", "应办日期", "due_on"),
        of_row("owner", "责任人", "owner", "office.person"),
        of_row("copy", "载体", "subject", "custody.copy"),
    ),
)
PICKERS: Final[Mapping[str, Callable[[Person, str], UUID]]] = {"duties.duty": find_duty}
BOOKS: Final[Mapping[str, Book]] = {DUTIES.name: DUTIES}
