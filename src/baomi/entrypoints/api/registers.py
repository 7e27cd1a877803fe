"""The registers through the API: which there are, and their rows, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from ninja import Query, Router
from pydantic import Field

from baomi.engine.face.listed import DUTIES, rows_as_data, witness
from baomi.engine.face.reading import books, pick
from baomi.engine.inputs import Fault
from baomi.engine.jobs import queue
from baomi.engine.snapshot import snapshot
from baomi.entrypoints.api.answers import (
    JobAsked,
    RowsTold,
    faulty,
    posting,
    reading,
    told,
)
from baomi.entrypoints.api.asking import Sent
from baomi.entrypoints.guarding.logged_in import Asking, Who
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Door
from baomi.registers import paging
from baomi.registers.filters import YES
from baomi.registers.listing import Book, Filter, Page

router = Router(tags=["台账"])
_GIVEN_AS_TYPED = frozenset({"choice", "day_from", "day_until", "text"})


class RowsSent(Sent):
    """What is wanted of a register, without a place in it."""

    filters: dict[str, str] = Field(
        default={}, title="筛选条件", description="按筛选条件的名称给出代码、日期、文字或名称"
    )
    search: str = Field(default="", title="查找", max_length=1000)
    order: str = Field(default="", title="排序", max_length=60)
    columns: list[str] = Field(default=[], title="栏目", description="不给：全部", max_length=100)


class PageSent(RowsSent):
    """One page of it."""

    after: str | None = Field(default=None, title="从此之后", max_length=2000)
    before: str | None = Field(default=None, title="到此之前", max_length=2000)
    size: int = Field(default=paging.ROWS, title="行数", ge=1, le=paging.MOST_ROWS)


class ExportSent(RowsSent):
    """A file of it."""

    reason: str = Field(title="导出理由", min_length=1, max_length=200)
    format: str = Field(default=".xlsx", title="格式", pattern=r"^\.(xlsx|csv)$")


class DutiesAsked(Sent):
    """Which duties, in the address: nothing that tells of a paper."""

    all: bool = Field(default=False, title="本人有权看到的全部", description="默认只看本人应办的")
    overdue: bool = Field(default=False, title="只看逾期的")
    after: str | None = Field(default=None, title="从此之后", max_length=2000)
    size: int = Field(default=paging.MOST_ROWS, title="行数", ge=1, le=paging.MOST_ROWS)


@router.get(
    "/registers",
    response=reading(list[dict[str, Any]]),
    summary="可查看的台账",
    description="每本台账的名称、栏目、筛选条件和排序。",
)
def registers(request: Asking) -> HttpResponse:
    """Every book that he is offered."""
    who = request.who
    return told([_described(book, who) for book in books().values() if _is_offered(book, who)])


@router.post(
    "/registers/{book}",
    response=posting(RowsTold),
    summary="查看一本台账",
    description="筛选、查找、排序后的一页；只有自己有权看到的内容。",
)
def rows(request: Asking, book: str, sent: PageSent) -> HttpResponse:
    """A page of a book."""
    found = book_named(book, request.who)
    place = {"after": sent.after, "before": sent.before, "size": sent.size}
    try:
        asked = _asked(found, sent, request.who)
        return page_told(found, request.who, **asked, **place)
    except BadInput as fault:
        return faulty((Fault(fault.field or "", fault.sentence),))


@router.post(
    "/registers/{book}/export",
    response=posting(JobAsked, status=202),
    summary="导出一本台账",
    description="先登记理由，由后台写成文件；作业办完后从 /api/jobs/{id}/file 取。",
)
def export(request: Asking, book: str, sent: ExportSent) -> HttpResponse:
    """Ask for a file of a book."""
    found = book_named(book, request.who)
    try:
        asked = _asked(found, sent, request.who)
        paging.page(found, request.who.person, request.who.terms, size=1, **asked)
        job = queue.ask(
            "export",
            request.who.id,
            {
                "book": found.name,
                "reason": sent.reason,
                "format": sent.format,
                "door": Door.API.value,
                **asked,
            },
        )
    except BadInput as fault:
        return faulty((Fault(fault.field or "", fault.sentence),))
    return told({"job": str(job)}, status=202)


@router.get(
    "/duties",
    response=reading(RowsTold),
    summary="应办事项",
    description="未办的应办事项，逾期的写明逾期几天。",
)
def duties(request: Asking, sent: Query[DutiesAsked]) -> HttpResponse:
    """What is owed, by himself or by all whose duties he may see."""
    filters = {"state": "open"}
    filters |= {} if sent.all else {"mine": YES}
    filters |= {"overdue": YES} if sent.overdue else {}
    book = book_named(DUTIES, request.who)
    columns = [column.key for column in book.columns]
    place = {"after": sent.after, "size": sent.size}
    try:
        return page_told(book, request.who, filters=filters, columns=columns, **place)
    except BadInput as fault:
        return faulty((Fault(fault.field or "", fault.sentence),))


def book_named(name: str, who: Who) -> Book:
    """The book of a name. Raises ``Http404``: there is none, or he is not offered it."""
    found = books().get(name)
    if found is None or not _is_offered(found, who):
        raise Http404
    return found


def page_told(book: Book, who: Who, **asked: Any) -> HttpResponse:
    """Some rows. Raises ``BadInput``."""
    with snapshot():
        page: Page = paging.page(book, who.person, who.terms, **asked)
    listed = rows_as_data(page.columns, page.rows)
    witness(book.name, "listed", listed, door=Door.API)
    return told(
        {
            "rows": listed,
            "ids": [str(each) for each in page.ids],
            "level": page.level.code,
            "after": page.after,
            "before": page.before,
        }
    )


def _is_offered(book: Book, who: Who) -> bool:
    return book.seen_by is None or book.seen_by(who.person)


def _asked(book: Book, sent: RowsSent, who: Who) -> dict[str, Any]:
    """As ``paging`` takes it: every column unless some were chosen, names resolved."""
    usable = {each.key: each for each in paging.usable_filters(book, who.person)}
    filters = {
        key: _given(usable[key], text, who) if key in usable else text
        for key, text in sent.filters.items()
    }
    return {
        "filters": filters,
        "search": sent.search,
        "order": sent.order,
        "columns": sent.columns or [column.key for column in book.columns],
    }


def _given(wanted: Filter, text: str, who: Who) -> str:
    """The code of a choice's word, the id of a row that is called so. Raises ``BadInput``."""
    if not text.strip():
        return text
    if wanted.choices is not None:
        titled = {each.title: each.code for each in wanted.choices(who.terms)}
        return titled.get(text.strip(), text)
    if wanted.kind in _GIVEN_AS_TYPED:
        return text
    return str(pick(who.person, wanted.kind, text))


def _described(book: Book, who: Who) -> Mapping[str, Any]:
    return {
        "name": book.name,
        "title": book.title,
        "help": book.help,
        "kind": book.kind,
        "is_searchable": book.search is not None,
        "columns": [{"key": each.key, "heading": each.heading} for each in book.columns],
        "filters": [
            {
                "key": each.key,
                "heading": each.heading,
                "kind": each.kind,
                "choices": [
                    {"code": one.code, "title": one.title}
                    for one in (each.choices(who.terms) if each.choices else ())
                ],
            }
            for each in paging.usable_filters(book, who.person)
        ],
        "orders": [{"key": each.key, "heading": each.heading} for each in book.orders],
    }
