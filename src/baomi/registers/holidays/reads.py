"""The notices on holidays: public, so everybody in service sees them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person
from baomi.registers.filters import between_days, choices, of_row, of_year, one_of
from baomi.registers.holidays.facts import DayKind
from baomi.registers.holidays.models import Day, Notice
from baomi.registers.listing import Book, Column, Order

KINDS: Final = {kind.value: kind.word for kind in DayKind}
UNKNOWN_NOTICE: Final = "没有登记过这份放假通知，请核对文号或年份"
_EARLIEST, _LATEST = "earliest", "latest"


def visible_to(actor: Person) -> QuerySet[Notice]:
    """Every notice, for whoever is in service."""
    return Notice.objects.all() if actor.in_service else Notice.objects.none()


def _days_visible_to(actor: Person) -> QuerySet[Day]:
    return Day.objects.all() if actor.in_service else Day.objects.none()


def find_notice(actor: Person, text: str) -> UUID:
    """The notice of an id, a number (文号) or a year. Raises ``BadInput``."""
    typed = text.strip()
    rows = visible_to(actor)
    try:
        found = rows.filter(id=UUID(typed))
    except ValueError:
        found = rows.filter(number=typed)
        if typed.isascii() and typed.isdecimal() and len(typed) == len("2027"):
            found = rows.filter(year=int(typed))
    newest = found.order_by("published_on", "id").values_list("id", flat=True).last()
    if newest is None:
        raise BadInput(UNKNOWN_NOTICE)
    return newest


def _names(actor: Person, ids: Iterable[UUID], terms: Terms) -> Mapping[UUID, str]:
    rows = visible_to(actor).filter(id__in=list(ids)).values_list("id", "year")
    return {key: f"{year} 年放假通知" for key, year in rows}


NOTICES: Final = Book(
    name="holidays.notice",
    title="放假通知登记簿",
    help="国务院办公厅每年公布的放假安排。登记后，以工作日计的期限按新安排重新推算。",
    kind="holidays.notice",
    rows=visible_to,
    begin_with=("holidays.record_notice",),
    columns=(
        Column(
            key="year",
            heading="年份",
            reads=("year",),
            opens="holidays.notice",
            opens_by="id",
            is_narrow=True,
        ),
        Column(key="number", heading="文号", reads=("number",), is_narrow=True),
        Column(key="published_on", heading="公布日期", reads=("published_on",), is_narrow=True),
        Column(
            key="recorded_by",
            heading="登记人",
            reads=("recorded_by__name",),
            opens="office.person",
            opens_by="recorded_by",
            is_narrow=True,
        ),
        Column(key="recorded_on", heading="登记日期", reads=("recorded_on",), is_narrow=True),
        Column(key="text", heading="通知原文", reads=("text",), is_shown=False),
    ),
    orders=(
        Order(key=_LATEST, heading="近的在前", by=("-published_on", "-id")),
        Order(key=_EARLIEST, heading="早的在前", by=("published_on", "id")),
    ),
    written_in=_EARLIEST,
    filters=(
        of_year("year", "年份", "year"),
        *between_days("published", "公布日期", "published_on"),
    ),
)
DAYS: Final = Book(
    name="holidays.day",
    title="放假调休日登记簿",
    help="已登记的放假通知逐日写明的放假日和上班日；程序自带的历年安排见日历。",
    kind="",
    rows=_days_visible_to,
    columns=(
        Column(key="day", heading="日期", reads=("day",), is_narrow=True),
        Column(
            key="kind",
            heading="安排",
            reads=("kind",),
            word=lambda row, terms: KINDS[row["kind"]],
            is_narrow=True,
        ),
        Column(key="name", heading="节日", reads=("name",), is_narrow=True),
        Column(
            key="year",
            heading="所属通知",
            reads=("notice__year",),
            word=lambda row, terms: f"{row['notice__year']} 年放假通知",
            opens="holidays.notice",
            opens_by="notice",
            is_narrow=True,
        ),
    ),
    orders=(
        Order(key=_EARLIEST, heading="早的在前", by=("day", "id")),
        Order(key=_LATEST, heading="近的在前", by=("-day", "-id")),
    ),
    filters=(
        one_of("kind", "安排", "kind", choices(KINDS)),
        of_row("notice", "放假通知", "notice", "holidays.notice"),
        *between_days("day", "日期", "day"),
    ),
)
BOOKS: Final[Mapping[str, Book]] = {NOTICES.name: NOTICES, DAYS.name: DAYS}
PICKERS: Final[Mapping[str, Callable[[Person, str], UUID]]] = {NOTICES.kind: find_notice}
NAMES: Final[Mapping[str, Callable[[Person, Iterable[UUID], Terms], Mapping[UUID, str]]]] = {
    NOTICES.kind: _names
}
