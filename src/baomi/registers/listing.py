"""A register as it is shown, searched, printed and exported: declared once, read by every door."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from baomi.kernel.terms import Terms
from baomi.kernel.words import Level, Person

Values = Mapping[str, Any]
"""One row of the query, by the database's column names."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows that an actor may see. ``columns``: key and Chinese heading, in the rows' order."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Any, ...], ...]
    level: Level = Level.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: what it is called, which columns of the table it reads, and how it is worded.

    ``word`` gets the row's values and the day's terms; None: the one column read, as it stands.
    ``only`` says who sees its cells; others see empty ones. ``opens`` is the kind of object that
    the cell leads to, by the id in the column ``opens_by``.
    """

    key: str
    heading: str
    reads: tuple[str, ...]
    word: Callable[[Values, Terms], Any] | None = None
    only: Callable[[Person], bool] | None = None
    opens: str = ""
    opens_by: str = ""
    is_shown: bool = True  # unless the reader chose his own columns
    is_narrow: bool = False  # dates, numbers, codes: never broken into two lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the values that a filter takes."""

    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Narrows a register by one thing. ``choices`` None: a text, a day or a row's id is given.

    ``kind``: choice, day_from, day_until, text, or the kind of row (``office.person``). ``only``
    says who may use it: what narrows by a cell that one may not see would tell what stands in it.
    """

    key: str
    heading: str
    kind: str
    narrow: Callable[[QuerySet[Any], str, Person], QuerySet[Any]]
    choices: Callable[[Terms], Sequence[Choice]] | None = None
    only: Callable[[Person], bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A way to sort: the table's columns, all of them up or all down (``-``); the last is unique.

    Numbers, days and ids only: their values stand in the address of a page.
    """

    key: str
    heading: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """One register (台账) as people read it.

    ``rows`` is what an actor may see, and the only source. ``fill_in`` adds to a page's rows what
    takes a further query, all rows at once, under the keys in ``filled``. ``level`` names the
    column that holds a row's level.
    """

    name: str  # "custody.copy"
    title: str  # 涉密载体台账
    help: str  # what it is for; shown where it is empty: what to do first
    kind: str  # kind of the object that a row is ("" : a row has no page of its own)
    rows: Callable[[Person], QuerySet[Any]]
    columns: tuple[Column, ...]
    orders: tuple[Order, ...]  # the first one unless another is asked for
    written_in: str = ""  # the order in which the whole book is exported; empty: the first one
    filters: tuple[Filter, ...] = ()
    search: Callable[[QuerySet[Any], str, Person], QuerySet[Any]] | None = None
    level: str = ""
    fill_in: Callable[[list[dict[str, Any]], Person, Terms], None] | None = None
    filled: tuple[str, ...] = ()
    begin_with: tuple[str, ...] = ()  # actions without a target that make its rows
    is_counted: bool = False  # small enough to count on every page
    seen_by: Callable[[Person], bool] | None = None  # None: offered to everybody


Link = tuple[str, Any]
"""Kind and id of the object that a cell leads to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some rows of a book. ``after`` and ``before`` are where its neighbours begin; None: none."""

    columns: tuple[tuple[str, str], ...]  # key and heading, in the rows' order
    rows: tuple[tuple[Any, ...], ...]
    ids: tuple[Any, ...]
    links: tuple[Mapping[str, Link], ...]  # by column key
    level: Level
    after: str | None
    before: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row of a book with every column, also those that a list leaves out."""

    id: Any
    columns: tuple[tuple[str, str], ...]
    cells: tuple[Any, ...]
    links: Mapping[str, Link]
    level: Level
