"""The tables that a home page may show, by key, the more urgent the smaller the rank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from baomi.engine.face.reading import books
from baomi.entrypoints.guarding.logged_in import Who
from baomi.entrypoints.web.home import narrowed
from baomi.entrypoints.web.home.declared import Listed, Now, Tile, filters_for
from baomi.entrypoints.web.home.tiles import address
from baomi.entrypoints.web.panels.panel import narrow_of
from baomi.kernel.clock import clock
from baomi.registers import paging
from baomi.registers.duties.reads.desk import due_on_of
from baomi.registers.listing import Page

SHOWN: Final = 8
_DUE: Final = ("due", "应还日期")
_COPY: Final = ("registered_number", "copy_number", "level", "holder", "purpose", "since")

PANELS: Final[Mapping[str, Listed]] = {
    "due_today": Listed(
        title="到期应收回的：今天到期和逾期的",
        rank=20,
        book="custody.copy",
        filters={"due_today": "yes"},
        order="longest",
        columns=_COPY,
        empty="今天没有应收回的文件，也没有逾期未还的。",
        counted="due_today",
        tells_due=True,
    ),
    "granted": Listed(
        title="已批准，等待办理",
        rank=25,
        book="approvals.request",
        filters={"state": "granted"},
        order="oldest",
        columns=("label", "title", "asked_by", "asked_on", "until"),
        empty="没有等待办理的批准。",
        counted="granted",
        hides=True,
    ),
    "outings": Listed(
        title="携带外出，应带回的",
        rank=30,
        book="custody.outing",
        filters={"out": "yes"},
        order="due",
        columns=("number", "state", "carrier", "copies", "level", "destination", "back_until"),
        empty="没有携带外出的文件。",
        counted="outings",
        hides=True,
    ),
    "unsigned": Listed(
        title="没有确认的交接清单",
        rank=35,
        book="custody.slip",
        filters={"unconfirmed": "yes"},
        order="oldest",
        columns=("label", "kind", "person", "copies", "drawn_up_on"),
        empty="交接清单都已确认。",
        counted="unsigned",
        hides=True,
    ),
    "lent": Listed(
        title="我交出还没有收回的",
        rank=20,
        book="custody.copy",
        narrow=narrowed.lent_by_me,
        order="longest",
        columns=_COPY,
        empty="交出的文件都已收回。",
        counted="lent",
        tells_due=True,
    ),
    "standing_in": Listed(
        title="我代理的职务",
        rank=45,
        book="office.deputation",
        filters={"deputy": Now.ME, "standing": "yes"},
        columns=("principal", "post", "unit", "until_on"),
        empty="没有代理的职务。",
        hides=True,
        is_beside=True,
        only=lambda who: bool(who.person.stands_in),
    ),
    "consulted": Listed(
        title="查阅中，没有归还的档案",
        rank=20,
        book="custody.consultation",
        filters={"unended": "yes"},
        order="oldest",
        columns=("began_on", "person", "copies", "level", "place", "state"),
        empty="没有查阅中的档案。",
        counted="consulted",
    ),
    "my_pledges": Listed(
        title="我的保密责任书",
        rank=50,
        book="governance.pledge",
        filters={"mine": "yes"},
        columns=("year", "unit", "head_signed_on", "leader", "leader_signed_on"),
        empty="还没有保密责任书：请办公室拟订、印出，双方签字后登记。",
        is_beside=True,
    ),
    "pledges": Listed(
        title="已拟订，等待签订的责任书",
        rank=45,
        book="governance.pledge",
        filters={"waiting": "yes"},
        columns=("year", "unit", "head", "leader", "drawn_up_on"),
        empty="没有等待签订的责任书。",
        counted="pledges",
        hides=True,
    ),
    "unpledged": Listed(
        title="任职一年内没有签订责任书的委（办）室负责人",
        rank=40,
        book="office.post",
        narrow=narrowed.heads_without_pledge,
        columns=("person", "unit", "from_on"),
        empty="各委（办）室负责人都已签订责任书。",
        counted="unpledged",
    ),
    "leavers": Listed(
        title=f"前后 {narrowed.BACK} 日离岗的人员",
        rank=42,
        book="office.person",
        narrow=narrowed.leavers,
        columns=("name", "unit", "left_on"),
        empty="近期没有人离岗。",
        counted="leavers",
    ),
    "ending": Listed(
        title="快到期的代理",
        rank=40,
        book="office.deputation",
        narrow=narrowed.deputations_ending,
        columns=("deputy", "principal", "post", "unit", "until_on"),
        empty="近期没有到期的代理。",
        counted="ending",
        hides=True,
    ),
    "deputations": Listed(
        title="正在代理的",
        rank=47,
        book="office.deputation",
        filters={"standing": "yes"},
        columns=("deputy", "principal", "post", "until_on"),
        empty="没有人在代理。有人出差、请假时，在任职的页面上办“委托代理”。",
        is_beside=True,
    ),
    "suspended": Listed(
        title="停用的账号",
        rank=45,
        book="office.account",
        filters={"state": "suspended"},
        columns=("login", "person"),
        empty="没有停用的账号。",
        counted="suspended",
        hides=True,
    ),
    "unchanged": Listed(
        title="一次性口令还没有改的账号",
        rank=46,
        book="office.account",
        filters={"unchanged": "yes"},
        columns=("login", "person"),
        empty="各账号都已改过一次性口令。",
        counted="unchanged",
    ),
    "refusals": Listed(
        title="最近不予办理的",
        rank=30,
        book="ledger.refusal",
        filters={"from": Now.LATELY},
        columns=("time", "actor", "action", "clauses"),
        empty="近日没有不予办理的事项。",
        counted="refusals",
    ),
    "exports": Listed(
        title="最近导出和备份的",
        rank=50,
        book="exports.export",
        filters={"exported_from": Now.LATELY},
        columns=("exported_on", "register", "exported_by"),
        empty="近日没有导出。",
        counted="exports",
        is_beside=True,
    ),
    "handled": Listed(
        title="我承办的文件",
        rank=65,
        book="custody.paper",
        filters={"handler": Now.ME},
        columns=("registered_number", "title", "level", "registered_on"),
        empty="没有承办的文件。",
        counted="handled",
        hides=True,
    ),
    "asked": Listed(
        title="我的报批",
        rank=60,
        book="approvals.request",
        filters={"asked": "yes"},
        columns=("label", "title", "state", "deciders"),
        empty="没有报批过。要携带外出、查阅档案等，先在“办理”中填好报批。",
        hides=True,
        is_beside=True,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as it is shown. ``more``: where all its rows are listed; empty: these are all."""

    key: str
    title: str
    rank: int
    page: Page | None
    narrow: frozenset[str]
    empty: str
    more: str
    is_beside: bool


def table_of(who: Who, key: str, tiles: Mapping[str, Tile]) -> Table | None:
    """The table of a key; None where there is nothing to show and no need to say so."""
    each = PANELS[key]
    known = tiles.get(each.counted)
    is_none = known is not None and known.count == 0
    is_for_him = each.only is None or each.only(who)
    page = _read(who, each) if is_for_him and not is_none else None
    has_rows = page is not None and bool(page.rows)
    if each.hides and not has_rows:
        return None
    more = ""
    if page is not None and page.after is not None and each.narrow is None:
        more = address(each.book, filters_for(who, each.filters))
    return Table(
        key=key,
        title=each.title,
        rank=each.rank,
        page=page if has_rows else None,
        narrow=narrow_of(books()[each.book]) | {_DUE[0]},
        empty=each.empty,
        more=more,
        is_beside=each.is_beside,
    )


def _read(who: Who, each: Listed) -> Page:
    book, narrow = books()[each.book], each.narrow
    if narrow is not None:
        book = replace(book, rows=lambda actor: narrow(books()[each.book].rows(actor), who))
    page = paging.page(
        book,
        who.person,
        who.terms,
        filters=filters_for(who, each.filters),
        order=each.order,
        columns=each.columns,
        size=SHOWN if each.narrow is None else paging.MOST_ROWS,
    )
    return _with_due(who, page) if each.tells_due else page


def _with_due(who: Who, page: Page) -> Page:
    """The page with a column more: until when each copy is to be back."""
    due, today = due_on_of(who.person, page.ids), clock.today()

    def told(key: Any) -> str:
        day = due.get(key)
        if day is None:
            return ""
        late = (today - day).days
        return f"{day.isoformat()}，逾期 {late} 天" if late > 0 else day.isoformat()

    rows = tuple((*row, told(key)) for key, row in zip(page.ids, page.rows, strict=True))
    return replace(page, columns=(*page.columns, _DUE), rows=rows)
