"""Who may read a paper (传阅范围), as it is shown beside the paper."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet

from baomi.kernel.terms import Terms
from baomi.kernel.words import Person, Post
from baomi.registers.custody import models
from baomi.registers.custody.reads.visible import visible_to
from baomi.registers.listing import Book, Column, Order, Values

# who fixes circles, and who approves that one is widened
SEES_WHOLE_CIRCLES: Final = frozenset({Post.REGISTRAR, Post.OFFICE_DIRECTOR, Post.GROUP_LEADER})


def sees_whole_circles(actor: Person) -> bool:
    """Whether somebody sees who else is in a circle; others see only that they are in it."""
    return actor.in_service and bool(actor.posts & SEES_WHOLE_CIRCLES)


def _members(actor: Person) -> QuerySet[Any]:
    papers = visible_to(actor).papers.values("id")
    rows = models.CircleMember.objects.filter(paper__in=papers)
    return rows if sees_whole_circles(actor) else rows.filter(person=actor.id)


def _ground(row: Values, terms: Terms) -> str:
    """On what ground somebody is in the circle: by name, unit, post or rank."""
    kind, _, of = row["basis"].partition(":")
    if kind == "post":
        return f"按岗位（{terms.post_title(Post(of))}）"
    if kind == "rank":
        return f"按职级（{of}）"
    return "按单位" if kind == "unit" else "按姓名"


CIRCLE: Final = Book(
    name="custody.circle_member",
    title="传阅范围",
    help="可以阅读这份文件的人员。",
    kind="office.person",
    rows=_members,
    columns=(
        Column(
            key="person",
            heading="姓名",
            reads=("person__name",),
            opens="office.person",
            opens_by="person",
            is_narrow=True,
        ),
        Column(key="unit", heading="单位", reads=("person__unit__name",)),
        Column(key="basis", heading="依据", reads=("basis",), word=_ground),
        Column(key="added_on", heading="列入日期", reads=("added_on",), is_narrow=True),
    ),
    orders=(Order(key="entered", heading="按列入先后", by=("id",)),),
)
