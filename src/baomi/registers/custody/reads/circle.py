"""Who may read a paper (传阅范围), as it is shown beside the paper."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from baomi.kernel.clock import clock
from baomi.kernel.terms import Terms
from baomi.kernel.words import Person, Post
from baomi.registers.custody import models
from baomi.registers.custody.load.circle import (
    BY_NAME,
    POST,
    RANK,
    UNIT,
    covered,
    grounds_covering,
)
from baomi.registers.custody.reads.visible import visible_to
from baomi.registers.listing import Book, Column, Order
from baomi.registers.office import load as office

# who fixes circles, and who approves that one is widened
SEES_WHOLE_CIRCLES: Final = frozenset({Post.REGISTRAR, Post.OFFICE_DIRECTOR, Post.GROUP_LEADER})


def sees_whole_circles(actor: Person) -> bool:
    """Whether somebody sees who else is in a circle; others see only that they are in it."""
    return actor.in_service and bool(actor.posts & SEES_WHOLE_CIRCLES)


def _named(actor: Person) -> QuerySet[Any]:
    papers = visible_to(actor).papers.values("id")
    rows = models.CircleMember.objects.filter(paper__in=papers, basis=BY_NAME)
    return rows if sees_whole_circles(actor) else rows.filter(person=actor.id)


def _grounds(actor: Person) -> QuerySet[Any]:
    papers = visible_to(actor).papers.values("id")
    rows = models.CircleGround.objects.filter(paper__in=papers)
    if sees_whole_circles(actor):
        return rows
    return rows.filter(ground__in=grounds_covering(actor, clock.today()))


def _fill_in(rows: list[dict[str, Any]], actor: Person, terms: Terms) -> None:
    """Each ground in words, and who is covered by it today."""
    of = covered({row["ground"] for row in rows}, clock.today())
    people = office.people(frozenset[UUID]().union(*of.values()), clock.today(), terms)
    words = _in_words(of, terms)
    for row in rows:
        row["words"] = words[row["ground"]]
        row["covers"] = "、".join(people[each].name for each in sorted(of[row["ground"]]))


def _in_words(grounds: Collection[str], terms: Terms) -> Mapping[str, str]:
    units = office.units(UUID(each.removeprefix(UNIT)) for each in grounds if each.startswith(UNIT))
    return (
        {f"{UNIT}{key}": f"{unit.name}全体" for key, unit in units.items()}
        | {
            each: terms.post_title(Post(each.removeprefix(POST)))
            for each in grounds
            if each.startswith(POST)
        }
        | {each: each.removeprefix(RANK) for each in grounds if each.startswith(RANK)}
    )


CIRCLE: Final = Book(
    name="custody.circle_member",
    title="传阅范围",
    help="指名可以阅读这份文件的人员。",
    kind="office.person",
    rows=_named,
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
        Column(key="added_on", heading="列入日期", reads=("added_on",), is_narrow=True),
    ),
    orders=(Order(key="entered", heading="按列入先后", by=("id",)),),
)
GROUNDS: Final = Book(
    name="custody.circle_ground",
    title="传阅范围（单位、岗位、职级）",
    help="全体可以阅读这份文件的单位、岗位和职级：调入、接任的随即列入，调出、离任的随即退出。",
    kind="",
    rows=_grounds,
    fill_in=_fill_in,
    filled=("words", "covers"),
    columns=(
        Column(
            key="ground",
            heading="范围",
            reads=("ground",),
            word=lambda row, terms: row["words"],
            is_narrow=True,
        ),
        Column(
            key="covers",
            heading="现有人员",
            reads=(),
            word=lambda row, terms: row["covers"],
            only=sees_whole_circles,
        ),
        Column(key="added_on", heading="列入日期", reads=("added_on",), is_narrow=True),
    ),
    orders=(Order(key="entered", heading="按列入先后", by=("id",)),),
)
