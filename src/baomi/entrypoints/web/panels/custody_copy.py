"""The page of one numbered copy: who has it, its whole history, its paper and the other copies."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from baomi.engine.books import sees_positions
from baomi.engine.face.reading import books
from baomi.engine.receipts import receipts_of
from baomi.entrypoints.web.panels.panel import (
    WHOLE,
    Face,
    Head,
    Panel,
    Seen,
    narrow_of,
    rows_of,
    rows_within,
)
from baomi.entrypoints.web.panels.requests import requests_on
from baomi.kernel.clock import clock
from baomi.registers import paging
from baomi.registers.listing import Column, Order, Page

_HISTORY: Final = (
    *("kind", "happened_on", "actor", "from_holder", "from_cabinet", "to_holder", "to_cabinet"),
    *("purpose", "place", "remark", "voided", "notes"),
)
# read for the receipts, and not shown
_OPERATION: Final = Column(key="op", heading="", reads=("op",))
_DOER: Final = Column(key="doer", heading="", reads=("actor",))
_TURNS: Final = Order(key="turns", heading="先后", by=("turn",))


def _head(seen: Seen) -> Head:
    number = f"{seen.cell('registered_number')}　第 {seen.cell('copy_number')} 份"
    return Head(
        number=number,
        level=seen.cell("level"),
        title=seen.cell("title"),
        whereabouts=_whereabouts(seen),
        is_late=seen.cell("state") == "下落不明" or _is_late(seen),
    )


def _whereabouts(seen: Seen) -> str:
    state, since = seen.cell("state"), seen.cell("since").isoformat()
    if state.startswith("外出"):
        return f"由 {seen.cell('holder')} 携带外出，自 {since} 起，{_until(seen)}"
    if state == "在手":
        purpose, keeper = seen.cell("purpose"), seen.cell("kept_by")
        holder = seen.cell("holder")
        kept = f"，保管专人 {keeper}" if keeper and keeper != holder else ""
        return f"在 {holder} 手中（{purpose}），自 {since} 起{kept}"
    if state in ("在柜", "已归档"):
        archived = "已归档，" if state == "已归档" else ""
        return f"{archived}在文件柜“{seen.cell('cabinet')}”，自 {since} 起"
    return f"{state}，自 {since} 起"


def _is_late(seen: Seen) -> bool:
    until = seen.cell("back_until")
    return bool(until) and until < clock.today()


def _until(seen: Seen) -> str:
    until = seen.cell("back_until")
    late = "，已经逾期" if until and until < clock.today() else ""
    return f"应在 {until.isoformat()} 前带回{late}" if until else "带回日期不详"


def _history(seen: Seen) -> Panel:
    """Everything that befell it, in order; receipts for those to whom places in the ledger are."""
    movements = books()["custody.movement"]
    key = seen.key
    book = replace(
        movements,
        rows=lambda actor: movements.rows(actor).filter(copy=key),
        columns=(*movements.columns, _OPERATION, _DOER),
        orders=(_TURNS,),
    )
    person = seen.who.person
    columns = (*_HISTORY, _OPERATION.key, _DOER.key)
    page = paging.page(book, person, seen.who.terms, columns=columns, size=WHOLE)
    sees_all = sees_positions(person)
    shown = {row[-2] for row in page.rows if sees_all or row[-1] == person.id}
    receipts = receipts_of(shown) if shown else {}
    rows = tuple((*row[:-2], receipts.get(row[-2], "")) for row in page.rows)
    columns_shown = (*page.columns[:-2], ("receipt", "回执"))
    return Panel(
        title="流转经过",
        page=_without_blanks(replace(page, columns=columns_shown, rows=rows)),
        narrow=narrow_of(movements) | {"receipt"},
        empty="还没有交接记录。" if sees_all else "没有与您有关的交接记录。",
        note="" if sees_all else "只列与您本人有关的交接。",
    )


def _without_blanks(page: Page) -> Page:
    """Without the columns in which nothing stands."""
    kept = [n for n in range(len(page.columns)) if any(row[n] for row in page.rows)]
    return replace(
        page,
        columns=tuple(page.columns[n] for n in kept),
        rows=tuple(tuple(row[n] for n in kept) for row in page.rows),
    )


def _siblings(seen: Seen) -> Panel | None:
    """The other copies of the same paper that he may see."""
    link = seen.record.links.get("registered_number")
    if link is None:
        return None
    paper = replace(seen, record=replace(seen.record, id=link[1]))
    panel = _OF_PAPER(paper)
    others = [n for n, each in enumerate(panel.page.ids) if each != seen.key]
    page = replace(
        panel.page,
        rows=tuple(panel.page.rows[n] for n in others),
        ids=tuple(panel.page.ids[n] for n in others),
        links=tuple(panel.page.links[n] for n in others),
    )
    return replace(panel, page=page)


def _archived(seen: Seen) -> Panel | None:
    columns = ("archive_number", "box", "cabinet", "archived_on", "handed_over_by", "voided")
    book = books()["custody.archiving"]
    panel = rows_within(book, seen, "归档", columns=columns, copy=seen.key)
    return panel if panel.page.rows else None


_OF_PAPER: Final = rows_of(
    "custody.copy",
    "同一文件的其他各份",
    "paper",
    columns=("copy_number", "state", "holder", "kept_by", "cabinet", "since"),
    empty="没有其他份，或者您无权查看。",
)
FACE: Final = Face(
    head=_head,
    left_out=frozenset({"title", "level"}),
    panels=(
        rows_of(
            "duties.duty",
            "应办事项",
            "copy",
            columns=("title", "clause", "owner", "due_on", "overdue_days"),
            empty="没有未办的事项。",
            state="open",
        ),
        requests_on("copy"),
        _history,
        _archived,
        _siblings,
    ),
)
