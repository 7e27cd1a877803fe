"""The security administrator's page: posts, stand-ins, classes, and who gains or loses rights."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from baomi.engine.face.reading import books
from baomi.entrypoints.guarding.logged_in import Asking, Who
from baomi.entrypoints.web.entitled import beginnings, only_for, row_deeds
from baomi.entrypoints.web.home.declared import Tile
from baomi.entrypoints.web.menu import POST_KEEPERS
from baomi.entrypoints.web.panels.panel import narrow_of
from baomi.entrypoints.web.views.accounts import BOOK as ACCOUNTS
from baomi.entrypoints.web.views.accounts import locked, unfit
from baomi.kernel.clock import clock
from baomi.kernel.words import PersonnelClass
from baomi.registers import paging
from baomi.registers.listing import Page

SHOWN: Final = 25
AHEAD_DAYS: Final = 30
_BEGIN: Final = ("office.appoint", "office.depute", "office.set_class", "office.block_badge")
_COLUMNS: Final = ("person", "post", "unit", "from_on", "until_on", "letter")


@require_safe
def posts(request: Asking) -> HttpResponse:
    """Who holds which post now, a page at a time, and all that changes soon."""
    who = request.who
    only_for(who, POST_KEEPERS)
    page = paging.page(
        books()["office.post"],
        who.person,
        who.terms,
        filters={"standing": "yes"},
        columns=_COLUMNS,
        size=SHOWN,
        after=request.GET.get("after"),
        before=request.GET.get("before"),
    )
    gains, losses, deputations = _gains(who), _losses(who), _deputations(who)
    suspended = _suspended(who)
    told = {
        "tiles": _tiles(who, len(gains.ids), len(losses.ids)),
        "page": page,
        "narrow": narrow_of(books()["office.post"]),
        "deeds": row_deeds(("office.end_appointment",), who, page.ids),
        "begin_with": beginnings(_BEGIN, who),
        "gains": gains,
        "losses": losses,
        "days": AHEAD_DAYS,
        "deputations": deputations,
        "narrow_deputations": narrow_of(books()["office.deputation"]),
        "deputation_deeds": row_deeds(("office.end_deputation",), who, deputations.ids),
        "classes": _classes(who),
        "suspended": suspended,
        "narrow_accounts": narrow_of(books()[ACCOUNTS]),
        "account_deeds": row_deeds(
            ("office.resume_account",), who, suspended.ids, unfit(suspended.ids)
        ),
        "locked": locked(who),
    }
    return render(request, "posts.html", told)


def _within(name: str, who: Who, wanted: Q, **asked: Any) -> Page:
    """The rows of a book that are wanted, of those that he may see."""
    book = books()[name]
    within = replace(book, rows=lambda actor: book.rows(actor).filter(wanted))
    return paging.page(within, who.person, who.terms, size=paging.MOST_ROWS, **asked)


def _soon() -> tuple[date, date]:
    today = clock.today()
    return today, today + timedelta(days=AHEAD_DAYS)


def _gains(who: Who) -> Page:
    today, last = _soon()
    wanted = Q(from_on__gt=today, from_on__lte=last)
    return _within("office.post", who, wanted, columns=_COLUMNS)


def _losses(who: Who) -> Page:
    today, last = _soon()
    wanted = Q(until_on__gte=today, until_on__lte=last, from_on__lte=today)
    return _within("office.post", who, wanted, columns=_COLUMNS)


def _deputations(who: Who) -> Page:
    """Those that stand, and those to come."""
    return _within("office.deputation", who, Q(until_on__gte=clock.today()))


def _suspended(who: Who) -> Page:
    return _within(ACCOUNTS, who, Q(state="suspended"))


def _classes(who: Who) -> list[tuple[str, int, str]]:
    """Each class with how many in service have it, and where they are listed."""
    book, told = books()["office.person"], []
    for each in PersonnelClass:
        filters = {"personnel_class": each.value, "in_service": "yes"}
        count = paging.count(book, who.person, who.terms, filters=filters)
        address = f"{reverse('register', args=[book.name])}?f.personnel_class={each.value}"
        told.append((who.terms.class_title(each), count, f"{address}&f.in_service=yes"))
    return told


def _tiles(who: Who, gains: int, losses: int) -> list[Tile]:
    def count(name: str, **filters: str) -> int:
        return paging.count(books()[name], who.person, who.terms, filters=filters)

    return [
        Tile(title="现任职务", figure=str(count("office.post", standing="yes"))),
        Tile(title="正在代理", figure=str(count("office.deputation", standing="yes"))),
        Tile(title=f"近 {AHEAD_DAYS} 日将任职", figure=str(gains)),
        Tile(title=f"近 {AHEAD_DAYS} 日将免职", figure=str(losses)),
        Tile(title="停用账号", figure=str(count(ACCOUNTS, state="suspended"))),
    ]
