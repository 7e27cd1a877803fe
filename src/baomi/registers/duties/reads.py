"""Duties (应办事项) as somebody may see them. Whether one is overdue is computed here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet

from baomi.kernel.clock import clock
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.custody import load as custody
from baomi.registers.duties.models import Duty
from baomi.registers.listing import Listing
from baomi.registers.office import load as office

UNKNOWN_DUTY: Final = "没有这项应办事项，请核对编号"
STATES: Final = {"open": "未办", "done": "已办", "void": "已撤销"}
_READ = (
    "id",
    "title",
    "clause",
    "subject",
    "owner",
    "owner_post",
    "owner_unit",
    "opened_on",
    "due_on",
    "state",
    "closed_on",
)
_SEES_ALL = frozenset({Post.REGISTRAR, Post.OFFICE_DIRECTOR})
_COLUMNS = (
    ("id", "编号"),
    ("title", "应办事项"),
    ("clause", "依据条款"),
    ("matter", "事项"),
    ("owner", "责任人"),
    ("mine", "本人应办"),
    ("opened_on", "开始日期"),
    ("due_on", "应办日期"),
    ("state", "状态"),
    ("overdue_days", "逾期天数"),
    ("closed_on", "办结日期"),
)


def visible_to(actor: Person) -> QuerySet[Duty]:
    """One's own, those of one's posts; the registrar and the office director see all."""
    if not actor.in_service:
        return Duty.objects.none()
    if actor.posts & _SEES_ALL:
        return Duty.objects.all()
    posts = [post.value for post in actor.posts]
    for_unit = Q(owner_unit=None) | Q(owner_unit=actor.unit) | Q(owner_unit__in=actor.keeps_for)
    return Duty.objects.filter(Q(owner=actor.id) | (Q(owner_post__in=posts) & for_unit))


def list_duties(actor: Person, *, today: date | None = None) -> Listing:
    """The duties that the actor may see, the nearest first, with the days that each is overdue."""
    day = today or clock.today()
    rows = list(visible_to(actor).order_by("due_on", "id").values(*_READ))
    names = _names({row["owner"] for row in rows if row["owner"]})
    matters = custody.references({row["subject"] for row in rows})
    cells = tuple(_cells(row, actor, names, matters, day) for row in rows)
    return Listing(_COLUMNS, cells)


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


def _cells(
    row: Mapping[str, Any],
    actor: Person,
    names: Mapping[UUID, str],
    matters: Mapping[UUID, str],
    day: date,
) -> tuple[Any, ...]:
    return (
        row["id"],
        row["title"],
        row["clause"],
        matters.get(row["subject"], ""),
        names.get(row["owner"], "") if row["owner"] else _holders(row, day),
        _is_own(row, actor),
        row["opened_on"],
        row["due_on"],
        STATES[row["state"]],
        overdue_days(row["due_on"], row["state"], day),
        row["closed_on"],
    )


def _is_own(row: Mapping[str, Any], actor: Person) -> bool:
    if row["owner"]:
        return bool(row["owner"] == actor.id)
    units = actor.keeps_for | {actor.unit}
    return row["owner_post"] in actor.posts and row["owner_unit"] in (None, *units)


def _holders(row: Mapping[str, Any], day: date) -> str:
    """Who holds the post to which the duty falls; a vacant post says so."""
    held = office.holders(Post(row["owner_post"]), day, unit=row["owner_unit"])
    return "、".join(sorted(_names(set(held)).values())) or "（岗位空缺）"


def _names(people: set[UUID]) -> Mapping[UUID, str]:
    rows = apps.get_model("office", "Person").objects.filter(id__in=people)
    return dict(rows.values_list("id", "name"))


PICKERS: Final[Mapping[str, Callable[[Person, str], UUID]]] = {"duties.duty": find_duty}
LISTS: Final[Mapping[str, Callable[[Person], Listing]]] = {"duties.duty": list_duties}
