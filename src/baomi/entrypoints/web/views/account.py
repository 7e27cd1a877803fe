"""我的账户: who I am, what I may read, where I am logged in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from baomi.engine import login, sessions
from baomi.engine.face.reading import books, names_of
from baomi.entrypoints.guarding.logged_in import Asking, Who, token_of
from baomi.entrypoints.web.panels.panel import narrow_of
from baomi.kernel.clock import clock
from baomi.kernel.words import Level, Post
from baomi.registers import paging
from baomi.registers.listing import Page
from baomi.registers.office import load as office
from baomi.registers.office.passwords import LONGEST_AGE_DAYS

SET_PIN: Final = "office.set_pin"
_POST: Final = ("post", "unit", "from_on", "until_on", "letter", "ex_officio")
_DEPUTATION: Final = ("principal", "post", "unit", "from_on", "until_on", "stands", "ground")
SEES_ALL: Final = frozenset({Post.REGISTRAR})
ADMINISTRATORS: Final = frozenset({Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDITOR})


@require_safe
def account(request: Asking) -> HttpResponse:
    """The page of whoever asks."""
    who = request.who
    unit = names_of(who.person, "office.unit", [who.person.unit], who.terms)
    told = {
        "login": login.name_of(who.account),
        "unit": unit.get(who.person.unit, ""),
        "badge": office.badge_of(who.id),
        "clearance": who.person.clearance.title if who.person.clearance > Level.NONE else "",
        "reads": _reads(who),
        "posts": _own_rows("office.post", who, Q(person=who.id), _POST),
        "narrow_posts": narrow_of(books()["office.post"]),
        "deputations": _own_rows("office.deputation", who, Q(deputy=who.id), _DEPUTATION),
        "narrow_deputations": narrow_of(books()["office.deputation"]),
        "sessions": sessions.own_sessions(who.account, token_of(request)),
        "idle": who.terms.number("web_idle_minutes"),
        "set_pin": SET_PIN,
        **_password(who),
    }
    return render(request, "account.html", told)


@require_POST
def end_others(request: Asking) -> HttpResponse:
    """End every other session of one's own: one left open elsewhere."""
    sessions.end_other_sessions(request.who.account, token_of(request))
    return HttpResponseRedirect(reverse("account"))


def _own_rows(name: str, who: Who, own: Q, columns: tuple[str, ...]) -> Page:
    """What stands today or is to come."""
    book, today = books()[name], clock.today()
    standing = own & (Q(until_on=None) | Q(until_on__gte=today))
    within = replace(book, rows=lambda actor: book.rows(actor).filter(standing))
    return paging.page(within, who.person, who.terms, size=paging.MOST_ROWS, columns=columns)


def _password(who: Who) -> dict[str, Any]:
    """Since when the password stands, and the day from which it has to be changed."""
    found = office.accounts([who.account])[who.account].password_set_on
    days = min(who.terms.number("password_max_age_days"), LONGEST_AGE_DAYS)
    until = found + timedelta(days=days) if found else None
    left = (until - clock.today()).days if until else None
    return {"password_set_on": found, "password_until": until, "password_days_left": left}


def _reads(who: Who) -> list[str]:
    """What somebody may read, in sentences: his posts decide, then his clearance."""
    posts = who.person.posts
    told = []
    if posts & SEES_ALL:
        told.append("登记、保管本机关全部涉密载体，可以查看全部台账。")
    if posts & ADMINISTRATORS:
        told.append("三员只办理各自职权内的事，看不到任何文件的标题和文号。")
    if who.person.keeps_for:
        told.append("可以查看本单位领用、保管的涉密载体。")
    if who.person.clearance > Level.NONE:
        told.append(f"可以接触{who.person.clearance.title}及以下、已确定本人在知悉范围之内的文件。")
    else:
        told.append("没有确定涉密等级，不能接触涉密文件。")
    return told
