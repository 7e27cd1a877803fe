"""The system administrator's page: accounts and what may be done with each, sessions, backups."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from baomi.engine import sessions
from baomi.engine.face.reading import books
from baomi.engine.jobs import queue
from baomi.entrypoints.guarding.logged_in import Asking, Who
from baomi.entrypoints.web.entitled import beginnings, only_for, row_deeds
from baomi.entrypoints.web.home.declared import Tile
from baomi.entrypoints.web.menu import ACCOUNT_KEEPERS
from baomi.entrypoints.web.panels.panel import narrow_of
from baomi.kernel.clock import clock
from baomi.registers import paging
from baomi.registers.exports.reads import BACKUP
from baomi.registers.office import load as office

BOOK: Final = "office.account"
SHOWN: Final = 25
STATES: Final = {"": "全部", "active": "在用", "suspended": "停用", "closed": "注销"}
DEEDS: Final = ("office.reset_account", "office.suspend_account", "office.resume_account")
BACKUP_DUE_DAYS: Final = 7
# what the form would say when it is sent, said beside the row
UNFIT: Final = {
    "active": {"office.resume_account": "账号在用，无须恢复。"},
    "suspended": {
        "office.suspend_account": "账号已经停用，无须再办。",
        "office.reset_account": "账号已停用：请先恢复账号，再重置口令。",
    },
    "closed": dict.fromkeys(DEEDS, "人员已离岗，账号已注销。"),
}


@require_safe
def accounts(request: Asking) -> HttpResponse:
    """The accounts with their state, a page at a time."""
    who = request.who
    only_for(who, ACCOUNT_KEEPERS)
    book = books()[BOOK]
    state = request.GET.get("state", "")
    filters = {"state": state} if state else {}
    page = paging.page(
        book,
        who.person,
        who.terms,
        filters=filters,
        size=SHOWN,
        after=request.GET.get("after"),
        before=request.GET.get("before"),
    )
    backups = _backups(who)
    told = {
        "tiles": _tiles(who, backups),
        "page": page,
        "narrow": narrow_of(book),
        "deeds": row_deeds(DEEDS, who, page.ids, unfit(page.ids)),
        "begin_with": beginnings(("office.grant_account",), who),
        "states": STATES,
        "state": state,
        "locked": locked(who),
        "backups": backups,
        "narrow_backups": narrow_of(books()["exports.export"]),
    }
    return render(request, "accounts.html", told)


def unfit(ids: Any) -> dict[UUID, dict[str, str]]:
    """By account and deed, why its state does not allow it."""
    return {key: UNFIT[each.state] for key, each in office.accounts(ids).items()}


def locked(who: Who) -> list[tuple[Any, str, int]]:
    """Accounts whose log-in is locked for now: id, log-in name, until when (µs)."""
    until = sessions.locked_logins()
    found = office.accounts(until)
    return sorted((key, found[key].login, until_us) for key, until_us in until.items())


def _backups(who: Who) -> Any:
    return paging.page(
        books()["exports.export"],
        who.person,
        who.terms,
        filters={"register": BACKUP},
        columns=("exported_on", "reason", "level", "exported_by"),
        size=10,
    )


def _tiles(who: Who, backups: Any) -> list[Tile]:
    book, here = books()[BOOK], reverse("accounts")

    def count(**filters: str) -> int:
        return paging.count(book, who.person, who.terms, filters=filters)

    unchanged = count(unchanged="yes")
    newest: date | None = backups.rows[0][0] if backups.rows else None
    age = (clock.today() - newest).days if newest else None
    told = "尚未备份" if age is None else "今天" if age <= 0 else f"{age} 天前"
    return [
        Tile(title="在用账号", figure=str(count(state="active")), href=f"{here}?state=active"),
        Tile(
            title="停用账号", figure=str(count(state="suspended")), href=f"{here}?state=suspended"
        ),
        Tile(
            title="一次性口令未修改",
            figure=str(unchanged),
            href=f"{reverse('register', args=[BOOK])}?f.unchanged=yes",
        ),
        Tile(title="此刻登录", figure=str(sessions.count_open())),
        Tile(title="未办完的后台作业", figure=str(queue.how_many_open()), href=reverse("jobs")),
        Tile(title="上次备份", figure=told, is_late=age is None or age > BACKUP_DUE_DAYS),
    ]
