"""The auditor's page: what was refused, and what the other two administrators did."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from baomi.engine import registry
from baomi.engine.books import ENTRIES, REFUSALS
from baomi.engine.face.reading import books
from baomi.entrypoints.guarding.logged_in import Asking, Who
from baomi.entrypoints.web.entitled import only_for
from baomi.entrypoints.web.panels.panel import narrow_of
from baomi.kernel.words import Post
from baomi.registers import paging
from baomi.registers.listing import Page

SHOWN: Final = 25
DEEDS_SHOWN: Final = 15
AUDITORS: Final = frozenset({Post.AUDITOR})
POWERS: Final = (Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDITOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """One of the three powers: who has it, and what was done by it of late."""

    title: str
    holders: Page
    deeds: Page | None  # None: the auditor's power is to look
    more: str


@require_safe
def refusals(request: Asking) -> HttpResponse:
    """The refusals, a page at a time, below the three powers."""
    who = request.who
    only_for(who, AUDITORS)
    page = paging.page(
        REFUSALS,
        who.person,
        who.terms,
        size=SHOWN,
        after=request.GET.get("after"),
        before=request.GET.get("before"),
    )
    told = {
        "page": page,
        "narrow": narrow_of(REFUSALS),
        "powers": [_power(who, post) for post in POWERS],
        "narrow_deeds": narrow_of(ENTRIES),
        "narrow_posts": narrow_of(books()["office.post"]),
    }
    return render(request, "refusals.html", told)


def _power(who: Who, post: Post) -> Power:
    holders = paging.page(
        books()["office.post"],
        who.person,
        who.terms,
        filters={"post": post.value, "standing": "yes"},
        columns=("person", "from_on", "letter"),
    )
    kinds = [name for name, action in registry.actions().items() if post in action.done_by]
    deeds = None
    if post is not Post.AUDITOR:
        within = replace(ENTRIES, rows=lambda actor: ENTRIES.rows(actor).filter(kind__in=kinds))
        deeds = paging.page(within, who.person, who.terms, size=DEEDS_SHOWN)
    title = who.terms.post_title(post)
    return Power(
        title=title,
        holders=holders,
        deeds=deeds,
        more=reverse("register", args=[ENTRIES.name]),
    )
