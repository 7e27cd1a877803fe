"""The book of deputations (代理): who stands in for whom, and whether it counts today."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet

from baomi.kernel.clock import clock
from baomi.kernel.terms import Terms
from baomi.kernel.words import Person
from baomi.registers.filters import flag, of_row
from baomi.registers.listing import Book, Column, Order
from baomi.registers.office import models
from baomi.registers.office.load.posts import on_day, principal_holds_it
from baomi.registers.office.reads.people import POST, UNIT, person_column
from baomi.registers.office.reads.visible import visible_to

_IN_FORCE: Final = "代理中"
_LAPSED: Final = "原任职已终止，代理失效"
_LATER: Final = "未开始"
_OVER: Final = "已到期"


def _counting(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    today = clock.today()
    return rows.filter(on_day(today), principal_holds_it(today))


def _fill_in(rows: list[dict[str, Any]], actor: Person, terms: Terms) -> None:
    """How each stands today: a deputation counts only while its principal holds the post."""
    today = clock.today()
    found = models.Deputation.objects.filter(id__in=[row["id"] for row in rows])
    held = set(found.filter(principal_holds_it(today)).values_list("id", flat=True))
    for row in rows:
        if row["until_on"] < today:
            row["stands"] = _OVER
        elif row["from_on"] > today:
            row["stands"] = _LATER
        else:
            row["stands"] = _IN_FORCE if row["id"] in held else _LAPSED


DEPUTATIONS: Final = Book(
    name="office.deputation",
    title="代理登记簿",
    help="谁在什么期间代理谁的职务，今天是否有效。在任职的页面上办理委托代理。",
    kind="office.deputation",
    rows=lambda actor: visible_to(actor, "office.deputation"),
    begin_with=(),
    is_counted=True,
    fill_in=_fill_in,
    filled=("stands",),
    columns=(
        person_column("deputy", "代理人"),
        person_column("principal", "被代理人"),
        POST,
        UNIT,
        Column(key="from_on", heading="代理自", reads=("from_on",), is_narrow=True),
        Column(key="until_on", heading="代理至", reads=("until_on",), is_narrow=True),
        Column(
            key="stands",
            heading="今日状态",
            reads=("id", "from_on", "until_on"),
            word=lambda row, terms: row["stands"],
            is_narrow=True,
        ),
        Column(key="ground", heading="事由", reads=("ground",)),
    ),
    orders=(
        Order(key="oldest", heading="按代理日期", by=("from_on", "id")),
        Order(key="newest", heading="新代理的在前", by=("-from_on", "-id")),
    ),
    filters=(
        flag("standing", "正在代理的", _counting),
        of_row("deputy", "代理人", "deputy", "office.person"),
        of_row("principal", "被代理人", "principal", "office.person"),
    ),
)
