"""How clauses stand today, as far as the reader sees: duties, refusals, approvals, rows, deeds.

Every number is counted among the rows that he may see, and is not there where they are none of
his business: what he may not see changes nothing here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db.models import Count, Q

from baomi.engine import registry
from baomi.engine.books import ENTRIES, sees_positions
from baomi.engine.clauses.listed import Listed
from baomi.engine.face.reading import books
from baomi.engine.head import read_row
from baomi.engine.models import LedgerRefusal
from baomi.kernel.clause import Part
from baomi.kernel.clock import clock
from baomi.kernel.words import Person, Post
from baomi.registers.listing import Book

SEES_REFUSALS: Final = frozenset(
    {Post.REGISTRAR, Post.AUDITOR, Post.OFFICE_DIRECTOR, Post.GROUP_LEADER}
)
DUTIES: Final = "duties.duty"
REQUESTS: Final = "approvals.request"
MOST: Final = 1000  # rows of a register that are counted: nobody waits for more
NEWEST: Final = 5000  # entries of the ledger among which deeds are counted
MONTH: Final = 30
YEAR: Final = 365
_DAY_US: Final = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Duties:
    """What is owed under a clause: not done yet, and of that what is overdue today."""

    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Refusals:
    """Deeds that a clause refused."""

    month: int  # in the last 30 days
    year: int  # in the last 365


@dataclass(frozen=True, slots=True)
class Approvals:
    """What was asked under a clause."""

    waiting: int
    granted: int


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a register in which a clause's facts stand; ``more``: than are counted."""

    book: str
    title: str
    count: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one clause stands. None: none of the reader's business, or not there yet."""

    duties: Duties
    refusals: Refusals | None
    approvals: Approvals | None
    rows: tuple[Rows, ...]
    deeds: int | None  # among the newest entries, those of actions that its controls bind


NOTHING_OWED: Final = Duties(0, 0)


def duties_by_clause(actor: Person) -> Mapping[str, Duties]:
    """Open duties that he sees, by clause."""
    late = Q(due_on__lt=clock.today())
    rows = books()[DUTIES].rows(actor).filter(state="open").values_list("clause")
    counted = rows.annotate(open=Count("id"), late=Count("id", filter=late)).order_by("clause")
    return {clause: Duties(found, overdue) for clause, found, overdue in counted}


def refusals_by_clause(actor: Person) -> Mapping[str, Refusals] | None:
    """Refused deeds by clause; None for whom it is no business of."""
    if not actor.in_service or not actor.posts & SEES_REFUSALS:
        return None
    now = clock.now_us()
    recent = Q(at_us__gte=now - MONTH * _DAY_US)
    rows = LedgerRefusal.objects.filter(at_us__gte=now - YEAR * _DAY_US).values_list("clauses")
    year: Counter[str] = Counter()
    month: Counter[str] = Counter()
    counted = rows.annotate(all=Count("n"), recent=Count("n", filter=recent)).order_by("clauses")
    for named, found, lately in counted:
        for clause in set(named.split()):
            year[clause] += found
            month[clause] += lately
    return {clause: Refusals(month[clause], found) for clause, found in year.items()}


def standing_of(each: Listed, actor: Person) -> Standing:
    """Everything that is counted of one clause."""
    refused = refusals_by_clause(actor)
    return Standing(
        duties=duties_by_clause(actor).get(each.id, NOTHING_OWED),
        refusals=None if refused is None else refused.get(each.id, Refusals(0, 0)),
        approvals=_approvals(each, actor),
        rows=tuple(_rows(_part(each.id), actor)),
        deeds=_deeds(each, actor),
    )


def _approvals(each: Listed, actor: Person) -> Approvals | None:
    """What was asked under a clause that demands approvals."""
    book = _offered(REQUESTS, actor)
    if book is None or not any(row.kind == "approval" and row.where for row in each.rows):
        return None
    needs = apps.get_model("approvals", "ApprovalNeed").objects
    rows = needs.filter(clause=each.id, request__in=book.rows(actor).values("id"))
    found: dict[str, Any] = rows.aggregate(
        waiting=Count("id", filter=Q(state="waiting")),
        granted=Count("id", filter=Q(state__in=("granted", "used"))),
    )
    return Approvals(found["waiting"], found["granted"])


def _offered(name: str, actor: Person) -> Book | None:
    book = books().get(name)
    return book if book and (book.seen_by is None or book.seen_by(actor)) else None


def _part(clause: str) -> Part:
    parts = (part for each in registry.rulebook() for part in each.every_part())
    return next((part for part in parts if part.id == clause), Part(clause))


def _rows(part: Part, actor: Person) -> Iterable[Rows]:
    """The registers that a clause names, as far as they are books that he is offered."""
    by_table = {name.replace(".", "_"): name for name in books()}
    for table in dict.fromkeys(rule.register for rule in part.registers):
        book = _offered(by_table.get(table, ""), actor)
        if book is not None:
            found = book.rows(actor).order_by()[: MOST + 1].count()
            yield Rows(book.name, book.title, min(found, MOST), found > MOST)


def _deeds(each: Listed, actor: Person) -> int | None:
    """How many of the newest entries are of actions that its controls bind."""
    bound = {name for row in each.rows if row.kind != "register" for name in row.actions}
    head = read_row() if bound and sees_positions(actor) else None
    if head is None:
        return None
    entries = ENTRIES.rows(actor).filter(seq__gte=head.size - NEWEST, kind__in=bound)
    return int(entries.count())
