"""What a home page is made of: figures, tables and first steps, declared as data per post."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from baomi.kernel.clock import clock

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from baomi.entrypoints.guarding.logged_in import Who

LATELY: Final = 7  # days that a look back goes


class Now(Enum):
    """A filter's value that is known when the page is read."""

    TODAY = "today"
    SOON = "soon"  # the last day of what is listed ahead
    LATELY = "lately"
    ME = "me"


Filters = Mapping[str, str | Now]
Narrow = Callable[["QuerySet[Any]", "Who"], "QuerySet[Any]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A figure that leads to what it counts. ``count`` None: it is no number of rows."""

    title: str
    figure: str
    href: str = ""
    is_late: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many rows of a book there are by some filters; leads to these rows."""

    title: str
    book: str
    filters: Filters
    is_late: bool = False  # any of them is one too many
    is_quiet: bool = False  # not shown where there are none


@dataclass(frozen=True, slots=True, kw_only=True)
class Figured:
    """A figure that no book's filters tell."""

    tell: Callable[[Who], Tile]
    is_quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Rows of a book in a table. ``rank``: what is more urgent stands higher.

    ``narrow`` for what no filter of the book says: then the table holds all that it counts.
    ``counted``: the tile that tells how many; where it says none, nothing is read.
    """

    title: str
    rank: int
    book: str
    columns: tuple[str, ...]
    empty: str
    filters: Filters = field(default_factory=dict)
    narrow: Narrow | None = None
    order: str = ""
    counted: str = ""
    hides: bool = False  # no table at all where there is nothing
    is_beside: bool = False  # in the narrow column
    tells_due: bool = False  # of copies: until when each is to be back
    only: Callable[[Who], bool] | None = None  # for whom there may be rows; None: for everybody


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What to do first while a figure is not nought. ``text`` holds ``{}`` for it.

    ``view`` names the page that the button opens, with ``args``; empty: what the tile leads to.
    """

    tile: str
    text: str
    button: str
    view: str = ""
    args: tuple[str, ...] = ()
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What the holders of some posts see: figures and tables by key, and what they do first.

    ``steps``: the first whose figure is not nought; ``otherwise``: where there is none of these.
    """

    tiles: tuple[str, ...] = ()
    panels: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    otherwise: Step


def filters_for(who: Who, filters: Filters) -> dict[str, str]:
    """The filters with what is known now."""
    today = clock.today()
    known = {
        Now.TODAY: today.isoformat(),
        Now.SOON: (today + timedelta(days=soon_of(who))).isoformat(),
        Now.LATELY: (today - timedelta(days=LATELY)).isoformat(),
        Now.ME: str(who.id),
    }
    return {key: known[each] if isinstance(each, Now) else each for key, each in filters.items()}


def soon_of(who: Who) -> int:
    """By how many days duties are listed ahead."""
    return who.terms.number("duty_lead_days")
