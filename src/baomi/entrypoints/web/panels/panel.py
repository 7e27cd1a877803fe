"""What the page of one thing is made of: its head, and panels of rows below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from baomi.engine.face.reading import books
from baomi.entrypoints.guarding.logged_in import Who
from baomi.entrypoints.web.wanted import PREFIX
from baomi.registers import paging
from baomi.registers.listing import Book, Page, Record

SHOWN: Final = 20  # rows of a panel; the rest stand in the register
WHOLE: Final = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing as somebody sees it."""

    book: Book
    record: Record
    who: Who

    @property
    def key(self) -> UUID:
        """Its id."""
        return UUID(str(self.record.id))

    def cell(self, column: str) -> Any:
        """What stands in a column."""
        keys = [key for key, _ in self.record.columns]
        return self.record.cells[keys.index(column)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What is seen first: the level's mark, the number, the title, who has it and since when."""

    number: str
    level: str = ""
    title: str = ""
    whereabouts: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A table beside the thing. ``more``: where all of its rows are; empty: these are all."""

    title: str
    page: Page
    narrow: frozenset[str] = frozenset()
    empty: str = "没有。"
    note: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """How things of a kind are shown."""

    head: Callable[[Seen], Head]
    panels: tuple[Callable[[Seen], Panel | None], ...] = ()
    left_out: frozenset[str] = field(default_factory=frozenset)  # columns that the head tells


def rows_of(
    name: str,
    title: str,
    by: str,
    *,
    columns: tuple[str, ...] = (),
    empty: str = "没有。",
    **more_filters: str,
) -> Callable[[Seen], Panel]:
    """A panel of a register's rows that name the thing, by one of the register's filters."""

    def panel(seen: Seen) -> Panel:
        book = books()[name]
        filters = {by: str(seen.key), **more_filters}
        page = paging.page(
            book,
            seen.who.person,
            seen.who.terms,
            filters=filters,
            columns=columns,
            size=SHOWN,
        )
        query = urlencode({f"{PREFIX}{key}": value for key, value in filters.items()})
        more = f"{reverse('register', args=[name])}?{query}" if page.after else ""
        return Panel(title=title, page=page, narrow=narrow_of(book), empty=empty, more=more)

    return panel


def rows_within(
    book: Book, seen: Seen, title: str, *, columns: tuple[str, ...] = (), **cells: Any
) -> Panel:
    """A panel of those rows of a book whose columns of the table hold what is given."""
    within = replace(book, rows=lambda actor: book.rows(actor).filter(**cells))
    page = paging.page(within, seen.who.person, seen.who.terms, columns=columns, size=WHOLE)
    return Panel(title=title, page=page, narrow=narrow_of(book))


def narrow_of(book: Book) -> frozenset[str]:
    """The columns that are never broken."""
    return frozenset(column.key for column in book.columns if column.is_narrow)
