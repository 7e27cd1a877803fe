"""A book's rows as a reader asks for them: filtered, searched, sorted, a page at a time.

Whatever is asked for is looked for among the rows that he may see, never the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level, Person
from baomi.registers.keyset import BROKEN_MARK, Keyset
from baomi.registers.listing import Book, Column, Filter, Link, Listing, Order, Page, Record
from baomi.registers.wording import plain

ROWS: Final = 50
MOST_ROWS: Final = 200
LONGEST_TEXT: Final = 200
_AT_ONCE: Final = 500
_NO_FILTERS: Final[Mapping[str, str]] = MappingProxyType({})


def page(
    book: Book,
    actor: Person,
    terms: Terms,
    *,
    order: str = "",
    filters: Mapping[str, str] = _NO_FILTERS,
    search: str = "",
    columns: Sequence[str] = (),
    after: str | None = None,
    before: str | None = None,
    size: int = ROWS,
) -> Page:
    """Up to ``size`` rows after or before a place. ``columns``: those that he chose, by key.

    Raises ``BadInput``: unknown order, filter or column, a broken place, too many rows.
    """
    if not 1 <= size <= MOST_ROWS:
        raise BadInput(f"每页 1 至 {MOST_ROWS} 行")
    if after is not None and before is not None:
        raise BadInput(BROKEN_MARK)
    rows = _asked_for(book, actor, terms, filters, search)
    keys = Keyset(rows.model, _order(book, order))
    table = _Table(book, _chosen(book, columns), actor, terms, keys)
    backwards, place = before is not None, after if before is None else before
    if place is not None:
        rows = keys.beyond(rows, place, backwards=backwards)
    found = table.read(keys.sort(rows, backwards=backwards)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_before, has_after = (more, True) if backwards else (after is not None, more)
    return table.page(
        found,
        after=keys.mark(found[-1]) if found and has_after else None,
        before=keys.mark(found[0]) if found and has_before else None,
    )


def listing(
    book: Book,
    actor: Person,
    terms: Terms,
    *,
    order: str = "",
    filters: Mapping[str, str] = _NO_FILTERS,
    search: str = "",
    columns: Sequence[str] = (),
) -> Listing:
    """Every row, for an export or a print: all columns unless some were chosen.

    Raises ``BadInput``: unknown order, filter or column.
    """
    rows = _asked_for(book, actor, terms, filters, search)
    keys = Keyset(rows.model, _order(book, order or book.written_in))
    shown = _chosen(book, columns) if columns else book.columns
    table = _Table(book, shown, actor, terms, keys)
    found = table.read(keys.sort(rows))
    for start in range(0, len(found), _AT_ONCE):
        table.fill(found[start : start + _AT_ONCE])
    return Listing(table.heads, tuple(table.cells(row) for row in found), table.level(found))


def one(book: Book, actor: Person, terms: Terms, key: Any) -> Record | None:
    """The row of an id with every column; None where the actor sees no such row."""
    rows = book.rows(actor)
    keys = Keyset(rows.model, book.orders[0])
    table = _Table(book, book.columns, actor, terms, keys)
    found = table.read(rows.filter(pk=key)[:1])
    if not found:
        return None
    table.fill(found)
    return Record(
        id=found[0][table.key],
        columns=table.heads,
        cells=table.cells(found[0]),
        links=table.links(found[0]),
        level=table.level(found),
    )


def count(
    book: Book,
    actor: Person,
    terms: Terms,
    *,
    filters: Mapping[str, str] = _NO_FILTERS,
    search: str = "",
) -> int:
    """How many rows he may see of a book that is small. Raises ``ValueError`` for another one."""
    if not book.is_counted:
        raise ValueError(f"{book.name} is not counted")
    return _asked_for(book, actor, terms, filters, search).count()


def some(
    book: Book,
    actor: Person,
    terms: Terms,
    ids: Sequence[Any],
    *,
    columns: Sequence[str] = (),
) -> Page:
    """The rows of some ids, those that the actor sees, in the book's first order; no neighbours.

    Raises ``BadInput``: unknown column.
    """
    rows = book.rows(actor)
    keys = Keyset(rows.model, book.orders[0])
    table = _Table(book, _chosen(book, columns), actor, terms, keys)
    return table.page(table.read(keys.sort(rows.filter(pk__in=list(ids)))))


def count_up_to(
    book: Book,
    actor: Person,
    terms: Terms,
    most: int,
    *,
    filters: Mapping[str, str] = _NO_FILTERS,
) -> int:
    """How many rows he may see, counted no further than one beyond ``most``.

    Raises ``BadInput``: unknown filter.
    """
    return _asked_for(book, actor, terms, filters, "").order_by()[: most + 1].count()


def usable_filters(book: Book, actor: Person) -> tuple[Filter, ...]:
    """The filters that somebody may use."""
    return tuple(each for each in book.filters if each.only is None or each.only(actor))


def _asked_for(
    book: Book, actor: Person, terms: Terms, filters: Mapping[str, str], search: str
) -> QuerySet[Any]:
    rows = book.rows(actor)
    usable = {each.key: each for each in usable_filters(book, actor)}
    for key, text in filters.items():
        if key not in usable:
            raise BadInput("没有这个筛选条件，请从本台账的筛选条件中选取")
        if text.strip():
            rows = usable[key].narrow(rows, _given(usable[key], text.strip(), terms), actor)
    if not search.strip():
        return rows
    if book.search is None:
        raise BadInput(f"{book.title}不能搜索，请用筛选条件")
    return book.search(rows, _plain(search.strip()), actor)


def _given(wanted: Filter, text: str, terms: Terms) -> str:
    """What was given for a filter, as it takes it. Raises ``BadInput``."""
    if wanted.choices is not None:
        if text not in {each.code for each in wanted.choices(terms)}:
            raise BadInput(f"“{wanted.heading}”没有这个选项，请从列出的选项中选取")
        return text
    try:
        if wanted.kind in ("day_from", "day_until"):
            return date.fromisoformat(text).isoformat()
        return _plain(text) if wanted.kind == "text" else str(UUID(text))
    except ValueError:
        how = "应写成 2025-03-01 这样的日期" if wanted.kind.startswith("day") else "请从列表中选取"
        raise BadInput(f"“{wanted.heading}”{how}") from None


def _plain(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise BadInput(f"要查找的内容最多 {LONGEST_TEXT} 个字")
    try:
        return plain(text)
    except ValueError as unseen:
        raise BadInput(str(unseen)) from None


def _order(book: Book, key: str) -> Order:
    for order in book.orders:
        if key in ("", order.key):
            return order
    raise BadInput("没有这种排序，请从本台账的排序中选取")


def _chosen(book: Book, keys: Sequence[str]) -> tuple[Column, ...]:
    if not keys:
        return tuple(column for column in book.columns if column.is_shown)
    known = {column.key: column for column in book.columns}
    if any(key not in known for key in keys):
        raise BadInput("没有这一栏，请从本台账的栏目中选取")
    return tuple(known[key] for key in dict.fromkeys(keys))


class _Table:
    """How rows are shown to somebody: headings, cells, where they lead, and their level."""

    def __init__(
        self, book: Book, shown: Sequence[Column], actor: Person, terms: Terms, keys: Keyset
    ) -> None:
        self.book, self.actor, self.terms, self.key = book, actor, terms, keys.primary
        self.shown = [(each, each.only is None or each.only(actor)) for each in shown]
        self.heads = tuple((column.key, column.heading) for column in shown)
        # what is filled in may need any column
        needed = shown if book.fill_in is None else book.columns
        names = {self.key, *keys.columns, book.level}
        names.update(name for column in needed for name in (*column.reads, column.opens_by))
        self.names = sorted(names - {"", *book.filled})

    def read(self, rows: QuerySet[Any]) -> list[dict[str, Any]]:
        return list(rows.values(*self.names))

    def fill(self, rows: list[dict[str, Any]]) -> None:
        if rows and self.book.fill_in is not None:
            self.book.fill_in(rows, self.actor, self.terms)

    def page(
        self, rows: list[dict[str, Any]], *, after: str | None = None, before: str | None = None
    ) -> Page:
        self.fill(rows)
        return Page(
            columns=self.heads,
            rows=tuple(self.cells(row) for row in rows),
            ids=tuple(row[self.key] for row in rows),
            links=tuple(self.links(row) for row in rows),
            level=self.level(rows),
            after=after,
            before=before,
        )

    def cells(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(self._cell(column, row) if is_open else "" for column, is_open in self.shown)

    def _cell(self, column: Column, row: Mapping[str, Any]) -> Any:
        return column.word(row, self.terms) if column.word else row[column.reads[0]]

    def links(self, row: Mapping[str, Any]) -> Mapping[str, Link]:
        return {
            column.key: (column.opens, row[column.opens_by])
            for column, is_open in self.shown
            if is_open and column.opens and row[column.opens_by] is not None
        }

    def level(self, rows: Iterable[Mapping[str, Any]]) -> Level:
        if not self.book.level:
            return Level.NONE
        return max((Level(row[self.book.level]) for row in rows), default=Level.NONE)
