"""Somebody's home page put together: all his posts in order of urgency, nothing twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.urls import reverse

from baomi.engine.face.reading import books
from baomi.entrypoints.guarding.logged_in import Who
from baomi.entrypoints.web.bell import waiting_for
from baomi.entrypoints.web.home import duties, narrowed
from baomi.entrypoints.web.home.declared import Role, Step, Tile, soon_of
from baomi.entrypoints.web.home.duties import Held, Owed, Reported
from baomi.entrypoints.web.home.panels import Table, table_of
from baomi.entrypoints.web.home.roles import ADMINISTRATORS, DECIDERS, PLAIN_POSTS, roles_of
from baomi.entrypoints.web.home.tiles import TILES, tile_of
from baomi.entrypoints.web.panels.panel import narrow_of
from baomi.kernel.clock import clock
from baomi.kernel.words import Post
from baomi.registers import paging
from baomi.registers.listing import Page
from baomi.registers.seen_once import looking

REQUESTS: Final = "approvals.request"
MOST_WAITING: Final = 8
_NO_POST: Final = frozenset({Post.ANYONE})
_WAITING: Final = ("label", "title", "asked_by", "asked_on", "reason")
_BUILT: Final = ("reported", "vacant")  # tables that no declaration makes


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """The one thing to be done first: said in a line, with the button that opens it."""

    text: str
    button: str
    href: str
    is_late: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """All that stands on a home page."""

    first: First
    posts: tuple[str, ...]
    tiles: tuple[Tile, ...]
    now: tuple[Owed, ...]
    soon: tuple[Owed, ...]
    owes_more: bool
    decides: bool
    waiting: Page | None
    narrow_waiting: frozenset[str]
    reported: tuple[tuple[str, tuple[Reported, ...]], ...] | None
    reports_more: bool
    vacant: tuple[str, ...] | None
    main: tuple[Table, ...]
    beside: tuple[Table, ...]
    holds: bool
    held: tuple[Held, ...]
    holds_more: bool
    remarks: tuple[str, ...]
    days: int


def desk_of(who: Who) -> Desk:
    """What somebody has to do, holds and looks after. A dozen or two queries."""
    with looking():
        return _Made(who).desk()


class _Made:
    """What was read of one person, so that nothing is read twice."""

    def __init__(self, who: Who) -> None:
        self.who, self.roles = who, roles_of(who.person.posts)
        self.waits = waiting_for(who.person, who.terms)
        self.tiles = {key: tile_of(who, key) for key in _keys(self.roles, "tiles")}
        self.owed, self.owes_more = duties.owed(who)

    def desk(self) -> Desk:
        who, today = self.who, clock.today()
        panels = _keys(self.roles, "panels")
        found = [table_of(who, key, self.tiles) for key in panels if key not in _BUILT]
        tables = sorted((each for each in found if each is not None), key=lambda each: each.rank)
        held, holds_more = duties.held(who) if self._holds() else ((), False)
        reported, reports_more = self._reported(panels)
        return Desk(
            first=self._first(),
            posts=tuple(sorted(who.terms.post_title(post) for post in who.person.posts - _NO_POST)),
            tiles=tuple(
                tile
                for key, tile in self.tiles.items()
                if tile.count != 0 or not TILES[key].is_quiet
            ),
            now=tuple(each for each in self.owed if each.due_on <= today),
            soon=tuple(each for each in self.owed if each.due_on > today),
            owes_more=self.owes_more,
            decides=bool(self.waits) or any(role in DECIDERS for role in self.roles),
            waiting=self._waiting() if self.waits else None,
            narrow_waiting=narrow_of(books()[REQUESTS]),
            reported=reported,
            reports_more=reports_more,
            vacant=self._vacant(panels),
            main=tuple(each for each in tables if not each.is_beside),
            beside=tuple(each for each in tables if each.is_beside),
            holds=bool(held) or not any(role in ADMINISTRATORS for role in self.roles),
            held=held,
            holds_more=holds_more,
            remarks=tuple(text for post, text in PLAIN_POSTS.items() if post in who.person.posts),
            days=soon_of(who),
        )

    def _holds(self) -> bool:
        known = self.tiles.get("held")
        return known is None or known.count != 0

    def _waiting(self) -> Page:
        """Those that he can decide on, the oldest first."""
        book, ids = books()[REQUESTS], self.waits[:MOST_WAITING]
        of_his = replace(book, rows=lambda actor: book.rows(actor).filter(id__in=ids))
        return paging.page(
            of_his, self.who.person, self.who.terms, order="oldest", columns=_WAITING
        )

    def _reported(
        self, panels: Sequence[str]
    ) -> tuple[tuple[tuple[str, tuple[Reported, ...]], ...] | None, bool]:
        if "reported" not in panels:
            return None, False
        return duties.reported(self.who)

    def _vacant(self, panels: Sequence[str]) -> tuple[str, ...] | None:
        if "vacant" not in panels:
            return None
        return tuple(title for title, _, _ in narrowed.vacancies(self.who))

    def _first(self) -> First:
        """Overdue of one's own, then a decision, then what is due today, then the post's own."""
        late = next((each for each in self.owed if each.late), None)
        if late is not None:
            return self._of_duty(late, f"已逾期 {late.late} 天", is_late=True)
        if self.waits:
            text = f"有 {len(self.waits)} 件报批等您决定，从最早的一件开始。"
            href = reverse("approval", args=[self.waits[0]])
            return First(text=text, button="开始审批", href=href)
        if self.owed and self.owed[0].due_on == clock.today():
            return self._of_duty(self.owed[0], "今天到期", is_late=False)
        return _first_of(self.roles, self.tiles)

    def _of_duty(self, duty: Owed, when: str, *, is_late: bool) -> First:
        way = duties.way_of(self.who, duty)
        about = f"：{duty.matter}" if duty.matter else ""
        return First(
            text=f"{duty.title}{about}（{when}）",
            button=way.button,
            href=way.href,
            is_late=is_late,
            note=way.note,
        )


def _keys(roles: Sequence[Role], of: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for role in roles for key in getattr(role, of)))


def _first_of(roles: Sequence[Role], tiles: Mapping[str, Tile]) -> First:
    """Of all that his posts have to do, what is late; then the most urgent post's."""
    steps = [step for role in roles for step in role.steps if tiles[step.tile].count]
    steps.sort(key=lambda step: not step.is_late)
    step = steps[0] if steps else roles[0].otherwise
    return _as_first(step, tiles.get(step.tile))


def _as_first(step: Step, tile: Tile | None) -> First:
    href = reverse(step.view, args=list(step.args)) if step.view else ""
    if tile is None:
        return First(text=f"{step.text}。", button=step.button, href=href)
    text = step.text.format(tile.figure)
    return First(text=f"{text}。", button=step.button, href=href or tile.href, is_late=step.is_late)
