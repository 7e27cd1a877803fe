"""The figures that a home page may show, by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.http import urlencode

from baomi.engine.books import CHECKPOINTS, REFUSALS
from baomi.engine.face.reading import books
from baomi.engine.jobs import queue
from baomi.engine.sealer import last_sealed_us
from baomi.entrypoints.guarding.logged_in import Who
from baomi.entrypoints.web.bell import waiting_for
from baomi.entrypoints.web.home import duties, narrowed
from baomi.entrypoints.web.home.declared import (
    LATELY,
    Counted,
    Figured,
    Filters,
    Narrow,
    Now,
    Tile,
    filters_for,
)
from baomi.entrypoints.web.wanted import PREFIX, is_offered
from baomi.kernel.clock import clock
from baomi.registers import paging
from baomi.registers.exports.reads import BACKUP

COUNTED: Final = 999
BACKUP_DUE_DAYS: Final = 7
_VERIFY: Final = "verify"
_DUTIES: Final = "duties.duty"
ANCHOR: Final = "#panel-"


def told(count: int) -> str:
    """A count that was broken off where nobody reads on."""
    return str(count) if count <= COUNTED else f"{COUNTED} 以上"


def address(name: str, filters: Mapping[str, str]) -> str:
    """Where the rows of a book are listed."""
    query = urlencode({f"{PREFIX}{key}": value for key, value in filters.items()})
    return f"{reverse('register', args=[name])}{'?' if query else ''}{query}"


def counted(who: Who, each: Counted) -> Tile:
    """How many there are, and where they are listed."""
    filters = filters_for(who, each.filters)
    count = paging.count_up_to(books()[each.book], who.person, who.terms, COUNTED, filters=filters)
    return Tile(
        title=each.title,
        figure=told(count),
        href=address(each.book, filters),
        is_late=each.is_late and count > 0,
        count=count,
    )


def _on_the_page(
    panel: str, title: str, name: str, narrow: Narrow, *, is_late: bool = False
) -> Figured:
    """How many rows a table of the same page has: no filter of the book says the same."""

    def tell(who: Who) -> Tile:
        book = books()[name]
        within = replace(book, rows=lambda actor: narrow(book.rows(actor), who))
        count = paging.count_up_to(within, who.person, who.terms, COUNTED)
        late = is_late and count > 0
        href = f"{ANCHOR}{panel}" if count else ""
        return Tile(title=title, figure=told(count), href=href, is_late=late, count=count)

    return Figured(tell=tell)


def _reported(who: Who) -> Tile:
    """As many as the table has, which is read anyway; further ones are not counted."""
    by_unit, has_more = duties.reported(who)
    count = sum(len(rows) for _, rows in by_unit)
    return Tile(
        title="上报给我的逾期",
        figure=f"{count} 以上" if has_more else str(count),
        href=address(_DUTIES, {"state": "open", "reported": "yes"}),
        is_late=count > 0,
        count=count,
    )


def _decisions(who: Who) -> Tile:
    count = len(waiting_for(who.person, who.terms))
    return Tile(title="待我审批", figure=str(count), href=reverse("approvals"), count=count)


def _vacant(who: Who) -> Tile:
    count = len(narrowed.vacancies(who))
    return Tile(
        title="空缺的职务",
        figure=str(count),
        href=f"{ANCHOR}vacant" if count else "",
        is_late=count > 0,
        count=count,
    )


def _sealed(who: Who) -> Tile:
    """How old the newest checkpoint is: the longer, the more could be rewritten unseen."""
    href = reverse("register", args=[CHECKPOINTS.name]) if is_offered(CHECKPOINTS, who) else ""
    sealed_us = last_sealed_us()
    if sealed_us is None:
        return Tile(title="上次封存", figure="尚未封存", href=href, is_late=True)
    late = clock.now_us() - sealed_us >= 86_400_000_000
    return Tile(title="上次封存", figure=ago(sealed_us), href=href, is_late=late)


def ago(instant_us: int) -> str:
    """How long ago an instant is, in the largest unit."""
    minutes = max(0, clock.now_us() - instant_us) // 60_000_000
    hours, days = minutes // 60, minutes // 1440
    return f"{days} 天前" if days else f"{hours} 小时前" if hours else f"{minutes} 分钟前"


def _verified(who: Who) -> Tile:
    """When he last had the whole ledger verified; what came of it stands on its page."""
    done = [job for job in queue.mine(who.id) if job.kind == _VERIFY and job.state == "done"]
    figure = ago(done[0].ended_us) if done else "近日没有"
    count = 0 if done else 1  # that there is none is what speaks for doing it
    return Tile(
        title="我上次校验", figure=figure, href=reverse("ledger"), is_late=not done, count=count
    )


def _backup(who: Who) -> Tile:
    filters = {"register": BACKUP}
    page = paging.page(
        books()["exports.export"],
        who.person,
        who.terms,
        filters=filters,
        columns=("exported_on",),
        size=1,
    )
    newest: date | None = page.rows[0][0] if page.rows else None
    age = (clock.today() - newest).days if newest else None
    figure = "尚未备份" if age is None else "今天" if age <= 0 else f"{age} 天前"
    late = age is None or age > BACKUP_DUE_DAYS
    return Tile(
        title="上次备份",
        figure=figure,
        href=address("exports.export", filters),
        is_late=late,
        count=int(late),
    )


def _jobs(who: Who) -> Tile:
    count = queue.how_many_open()
    href = reverse("jobs")
    return Tile(title="未办完的后台作业", figure=str(count), href=href, count=count)


def _plan(kind: str, title: str) -> Figured:
    """Whether this year's plan, or last year's summary, is recorded."""

    def tell(who: Who) -> Tile:
        year = clock.today().year - (kind == "summary")
        filters = {"kind": kind, "standing": "yes"}
        is_there = (kind, year) in narrowed.yearly_work(who.person)
        return Tile(
            title=f"{year} 年{title}",
            figure="已登记" if is_there else "未登记",
            href=address("governance.yearly", filters),
            is_late=not is_there,
        )

    return Figured(tell=tell)


def _of(
    title: str, book: str, filters: Filters, *, is_late: bool = False, is_quiet: bool = False
) -> Counted:
    return Counted(title=title, book=book, filters=filters, is_late=is_late, is_quiet=is_quiet)


_COPY, _SLIP, _REQUEST = "custody.copy", "custody.slip", "approvals.request"
_OUT_TOO_LONG: Final = {"overdue": "yes"}
TILES: Final[Mapping[str, Counted | Figured]] = {
    "decisions": Figured(tell=_decisions),
    "reported": Figured(tell=_reported),
    "held": _of("我手中的文件", _COPY, {"mine": "yes"}, is_quiet=True),
    "handled": _of("我承办的文件", "custody.paper", {"handler": Now.ME}, is_quiet=True),
    "asked": _of("我的报批待审", _REQUEST, {"asked": "yes", "state": "waiting"}, is_quiet=True),
    "due_today": _of("到期应收回", _COPY, {"due_today": "yes"}, is_late=True),
    "overdue": _of("逾期未还", _COPY, _OUT_TOO_LONG, is_late=True),
    "unsigned": _of("清单未确认", _SLIP, {"unconfirmed": "yes"}),
    "granted": _of("批准待办理", _REQUEST, {"state": "granted"}),
    "outings": _of("外出未带回", "custody.outing", {"out": "yes"}),
    "outings_late": _of("外出逾期", "custody.outing", _OUT_TOO_LONG, is_late=True, is_quiet=True),
    "unstored": _of("未入柜", _COPY, {"state": "unstored"}, is_quiet=True),
    "missing": _of("下落不明", _COPY, {"state": "missing"}, is_late=True, is_quiet=True),
    "lent": _on_the_page("lent", "我交出未还", _COPY, narrowed.lent_by_me),
    "archived": _of("在档文件", _COPY, {"state": "archived"}),
    "consulted": _of("查阅未归还", "custody.consultation", {"unended": "yes"}),
    "consulted_late": _of("查阅逾期", "custody.consultation", _OUT_TOO_LONG, is_late=True),
    "pledges": _of("责任书未签", "governance.pledge", {"waiting": "yes"}),
    "my_pledges": _of(
        "我的责任书未签",
        "governance.pledge",
        {"mine": "yes", "waiting": "yes"},
        is_late=True,
        is_quiet=True,
    ),
    "unpledged": _on_the_page(
        "unpledged",
        "没有责任书的负责人",
        "office.post",
        narrowed.heads_without_pledge,
        is_late=True,
    ),
    "leavers": _on_the_page("leavers", "近期离岗", "office.person", narrowed.leavers),
    "plan": _plan("plan", "工作计划"),
    "summary": _plan("summary", "工作总结"),
    "vacant": Figured(tell=_vacant),
    "ending": _on_the_page(
        "ending", "快到期的代理", "office.deputation", narrowed.deputations_ending
    ),
    "accounts": _of("在用账号", "office.account", {"state": "active"}),
    "suspended": _of("停用的账号", "office.account", {"state": "suspended"}),
    "unchanged": _of("一次性口令未改", "office.account", {"unchanged": "yes"}),
    "sealed": Figured(tell=_sealed),
    "verified": Figured(tell=_verified),
    "backup": Figured(tell=_backup),
    "jobs": Figured(tell=_jobs),
    "refusals": _of(f"近 {LATELY} 日不予办理", REFUSALS.name, {"from": Now.LATELY}),
    "exports": _of(f"近 {LATELY} 日导出", "exports.export", {"exported_from": Now.LATELY}),
}


def tile_of(who: Who, key: str) -> Tile:
    """The figure of a key, as it stands."""
    each = TILES[key]
    return each.tell(who) if isinstance(each, Figured) else counted(who, each)
