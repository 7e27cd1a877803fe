"""What stands on somebody's desk: what he owes and holds, and what the office looks after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from baomi.engine.books import CHECKPOINTS, REFUSALS, is_auditor
from baomi.engine.face.reading import books
from baomi.engine.sealer import last_sealed_us
from baomi.entrypoints.guarding.logged_in import Who
from baomi.entrypoints.web.wanted import PREFIX, is_offered
from baomi.kernel.clock import clock
from baomi.kernel.words import Post
from baomi.registers import paging
from baomi.registers.listing import Link

SOON: Final = 7  # days
MOST: Final = 200
SHOWN: Final = 15
COUNTED: Final = 999
ADMINISTRATORS: Final = frozenset({Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDITOR})
_DUTY: Final = ("title", "clause", "matter", "due_on", "overdue_days")
_HELD: Final = ("registered_number", "copy_number", "title", "level", "purpose", "since")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A duty of his own. ``late``: days by which it is overdue; None: it is not."""

    title: str
    clause: str
    matter: str
    matter_link: Link | None
    duty: UUID
    due_on: date
    late: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A copy in his hands."""

    copy: UUID
    number: str
    copy_number: str
    title: str
    level: str
    purpose: str
    since: date
    due_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A figure that leads to what it counts."""

    title: str
    figure: str
    href: str = ""
    is_late: bool = False


def owed(who: Who) -> tuple[tuple[Owed, ...], tuple[Owed, ...]]:
    """His own open duties, the earliest first: those due by today, and those of the next days."""
    today = clock.today()
    asked = {"state": "open", "mine": "yes"}
    asked["due_until"] = (today + timedelta(days=SOON)).isoformat()
    page = paging.page(
        books()["duties.duty"], who.person, who.terms, filters=asked, columns=_DUTY, size=MOST
    )
    found = [
        Owed(
            title=row[0],
            clause=row[1],
            matter=row[2],
            matter_link=page.links[n].get("matter"),
            duty=page.ids[n],
            due_on=row[3],
            late=row[4],
        )
        for n, row in enumerate(page.rows)
    ]
    return (
        tuple(each for each in found if each.due_on <= today),
        tuple(each for each in found if each.due_on > today),
    )


def held(who: Who, duties: tuple[Owed, ...]) -> tuple[tuple[Held, ...], bool]:
    """The copies in his hands, those longest there first, and whether there are more of them."""
    due: dict[Any, date] = {}
    for each in duties:
        if each.matter_link is not None:
            due.setdefault(each.matter_link[1], each.due_on)
    page = paging.page(
        books()["custody.copy"],
        who.person,
        who.terms,
        filters={"mine": "yes"},
        order="longest",
        columns=_HELD,
        size=SHOWN,
    )
    today = clock.today()
    found = tuple(
        Held(
            copy=key,
            number=row[0],
            copy_number=row[1],
            title=row[2],
            level=row[3],
            purpose=row[4],
            since=row[5],
            due_on=due.get(key),
            is_late=key in due and due[key] < today,
        )
        for key, row in zip(page.ids, page.rows, strict=True)
    )
    return found, page.after is not None


def tiles(who: Who) -> tuple[Tile, ...]:
    """What the office has to look after, for those whose work that is."""
    posts, found = who.person.posts, []
    if Post.REGISTRAR in posts:
        found += [
            _counted(who, "custody.copy", "今日应收回", {"due_today": "yes"}, is_late=True),
            _counted(who, "custody.copy", "逾期未还", {"overdue": "yes"}, is_late=True),
            _counted(who, "custody.copy", "未入柜", {"state": "unstored"}),
            _counted(who, "custody.copy", "下落不明", {"state": "missing"}, is_late=True),
            _counted(who, "custody.slip", "清单未确认", {"unconfirmed": "yes"}),
        ]
    if posts & ADMINISTRATORS:
        found += [
            _counted(who, "office.account", "停用的账号", {"state": "suspended"}),
            _counted(who, "office.account", "一次性口令未改", {"unchanged": "yes"}),
        ]
    if posts & ADMINISTRATORS or Post.REGISTRAR in posts:
        found.append(_sealed(who))
    if is_auditor(who.person):
        since = (clock.today() - timedelta(days=SOON)).isoformat()
        found.append(_counted(who, REFUSALS.name, f"近 {SOON} 日不予办理", {"from": since}))
    return tuple(found)


def _counted(
    who: Who, name: str, title: str, filters: Mapping[str, str], *, is_late: bool = False
) -> Tile:
    count = paging.count_up_to(books()[name], who.person, who.terms, COUNTED, filters=filters)
    query = urlencode({f"{PREFIX}{key}": value for key, value in filters.items()})
    return Tile(
        title=title,
        figure=str(count) if count <= COUNTED else f"{COUNTED} 以上",
        href=f"{reverse('register', args=[name])}?{query}",
        is_late=is_late and count > 0,
    )


def _sealed(who: Who) -> Tile:
    """How old the newest checkpoint is: the longer, the more could be rewritten unseen."""
    href = reverse("register", args=[CHECKPOINTS.name]) if is_offered(CHECKPOINTS, who) else ""
    sealed_us = last_sealed_us()
    if sealed_us is None:
        return Tile(title="上次封存", figure="尚未封存", href=href, is_late=True)
    minutes = max(0, clock.now_us() - sealed_us) // 60_000_000
    hours, days = minutes // 60, minutes // 1440
    told = f"{days} 天前" if days else f"{hours} 小时前" if hours else f"{minutes} 分钟前"
    return Tile(title="上次封存", figure=told, href=href, is_late=days > 0)
