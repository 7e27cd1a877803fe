"""What somebody wants of a register: filters, search, sorting, columns; kept under an opaque id.

Text that was typed comes by POST alone and is kept sealed. An address may carry what tells
nothing: one of a filter's fixed choices, a day, a row's random id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from baomi.engine.face.reading import books, names_of, pick
from baomi.engine.runtime.searches import open_search, put_search
from baomi.entrypoints.guarding.logged_in import Who
from baomi.kernel.verdict import BadInput
from baomi.registers.listing import Book, Filter
from baomi.registers.paging import usable_filters
from baomi.registers.wording import plain

PREFIX: Final = "f."
ALL: Final = "*"  # every column
DAYS: Final = frozenset({"day_from", "day_until"})
MOST_SHOWN: Final = 200  # characters that are taken of anything typed; the register checks the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of one book. ``typed``: filters that name a row, as they were typed."""

    book: Book
    filters: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    search: str = ""
    order: str = ""
    columns: tuple[str, ...] = ()
    kept: UUID | None = None

    @property
    def asked(self) -> dict[str, Any]:
        """As ``paging`` takes it."""
        return {
            "filters": self.filters,
            "search": self.search,
            "order": self.order,
            "columns": self.columns,
        }

    @property
    def is_narrowed(self) -> bool:
        """Whether rows may be missing that he could see."""
        return bool(self.filters or self.search)

    def address(self, **place: str) -> str:
        """Where these rows are shown; ``place``: where a page of them begins."""
        query = dict(place)
        if self.kept is None:
            query |= {f"{PREFIX}{key}": value for key, value in self.filters.items()}
            query |= {"order": self.order} if self.order else {}
            here = reverse("register", args=[self.book.name])
        else:
            here = reverse("search", args=[self.book.name, self.kept])
        return f"{here}?{urlencode(query)}" if query else here

    def hidden(self) -> list[tuple[str, str]]:
        """The same again as fields of a form that posts it."""
        told = [
            (f"{PREFIX}{key}", self.typed.get(key, value)) for key, value in self.filters.items()
        ]
        told += [("search", self.search), ("order", self.order)]
        return [*told, *(("columns", key) for key in self.columns)]


def book_named(name: str, who: Who) -> Book:
    """The book of a name. Raises ``Http404``: there is none, or he is not offered it."""
    found = books().get(name)
    if found is None or not is_offered(found, who):
        raise Http404
    return found


def is_offered(book: Book, who: Who) -> bool:
    """Whether a book is somebody's business."""
    return book.seen_by is None or book.seen_by(who.person)


def posted(book: Book, who: Who, fields: QueryDict) -> tuple[Wanted, tuple[str, ...]]:
    """What a form asks for, and the sentences on what names nothing."""
    filters: dict[str, str] = {}
    typed: dict[str, str] = {}
    faults: list[str] = []
    for each in usable_filters(book, who.person):
        text = fields.get(f"{PREFIX}{each.key}", "").strip()[:MOST_SHOWN]
        if not text:
            continue
        filters[each.key] = text
        if names_row(each):
            typed[each.key] = text
            try:
                filters[each.key] = str(pick(who.person, each.kind, plain(text)))
            except (BadInput, ValueError) as fault:
                faults.append(f"“{each.heading}”：{fault}")
                del filters[each.key]
    return (
        Wanted(
            book=book,
            filters=filters,
            typed=typed,
            search=fields.get("search", "").strip(),
            order=fields.get("order", ""),
            columns=_columns(book, fields.getlist("columns")),
        ),
        tuple(faults),
    )


def in_address(book: Book, who: Who, query: QueryDict) -> Wanted:
    """What an address asks for: fixed choices, days and ids of rows, nothing that was typed."""
    closed = [each for each in usable_filters(book, who.person) if each.kind != "text"]
    given = {each.key: query.get(f"{PREFIX}{each.key}", "") for each in closed}
    return Wanted(
        book=book,
        filters={key: text for key, text in given.items() if text},
        order=query.get("order", ""),
    )


def found(book: Book, who: Who, key: UUID) -> Wanted:
    """What was kept. Raises ``Http404``: nothing, or somebody else's, or of another book."""
    held = open_search(key, who.id)
    if not isinstance(held, dict) or held.get("book") != book.name:
        raise Http404
    return Wanted(
        book=book,
        filters=held["filters"],
        typed=held["typed"],
        search=held["search"],
        order=held["order"],
        columns=tuple(held["columns"]),
        kept=key,
    )


def keep(wanted: Wanted, who: Who) -> str:
    """Keep it, if there is anything to keep. Returns where it is shown."""
    if not wanted.is_narrowed and not wanted.order and not wanted.columns:
        return reverse("register", args=[wanted.book.name])
    held = {"book": wanted.book.name, "typed": dict(wanted.typed)} | wanted.asked
    return reverse("search", args=[wanted.book.name, put_search(who.id, held)])


def shown_filters(wanted: Wanted, who: Who) -> list[dict[str, Any]]:
    """The filters that he may use, each with what is set."""
    return [
        {
            "key": each.key,
            "name": f"{PREFIX}{each.key}",
            "heading": each.heading,
            "kind": each.kind,
            "widget": _widget(each),
            "choices": offered,
            "is_flag": len(offered) == 1,  # yes, or not asked
            "value": _value(wanted, each, who),
        }
        for each in usable_filters(wanted.book, who.person)
        for offered in (tuple(each.choices(who.terms)) if each.choices else (),)
    ]


def _value(wanted: Wanted, each: Filter, who: Who) -> str:
    value = wanted.filters.get(each.key, "")
    if not names_row(each) or not value:
        return wanted.typed.get(each.key, value)
    if each.key in wanted.typed:
        return wanted.typed[each.key]
    try:
        key = UUID(value)
    except ValueError:
        return ""
    return names_of(who.person, each.kind, [key], who.terms).get(key, "") or value


def names_row(each: Filter) -> bool:
    """Whether a filter names a row of a register."""
    return each.choices is None and each.kind not in DAYS | {"text"}


def _widget(each: Filter) -> str:
    if each.choices is not None:
        return "choice"
    if each.kind in DAYS:
        return "date"
    return "text" if each.kind == "text" else "pick"


def _columns(book: Book, keys: Iterable[str]) -> tuple[str, ...]:
    """Those that were chosen, in the book's order; none where they are the usual ones."""
    wanted = set(keys)
    known = [column.key for column in book.columns]
    if wanted == {ALL}:
        return tuple(known)
    if not wanted <= set(known):
        return tuple(keys)  # the register says what is wrong with them
    usual = {column.key for column in book.columns if column.is_shown}
    return () if wanted == usual else tuple(key for key in known if key in wanted)
