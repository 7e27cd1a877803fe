"""The ledger's own books: entries, checkpoints and refused deeds, for those who answer for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from baomi.engine import registry
from baomi.engine.head import octets, read_row
from baomi.engine.models import LedgerEntry, LedgerRefusal
from baomi.engine.tables import SEALING
from baomi.kernel.clock import OFFICE_TIME, instant, instant_on
from baomi.kernel.judge import ACCESS
from baomi.kernel.terms import Terms
from baomi.kernel.words import Door, Person, Post
from baomi.registers.filters import choices, one_of
from baomi.registers.listing import Book, Choice, Column, Filter, Order, Values

SEES_POSITIONS: Final = frozenset({Post.REGISTRAR, Post.AUDITOR})
ITSELF: Final = "（本系统）"
DOORS: Final = {
    Door.WEB.value: "网页",
    Door.API.value: "接口",
    Door.CLI.value: "命令行",
    Door.IMPORT.value: "导入",
    Door.WORKER.value: "后台",
}
_OWN_KINDS: Final = {
    "ledger.genesis": "建账",
    "ledger.restored": "恢复台账",
    "ledger.key": "更换封存密钥",
    "ledger.checkpoint": "封存",
    "ledger.schema": "升级台账结构",
    "ledger.rows": "升级时补登台账",
    "clock.step": "时钟回拨",
}
_NOBODY: Final = UUID(int=0)
_ID_BYTES: Final = 16
_DAY_US: Final = 86_400_000_000
# the condition stands word for word as in the index, which is not used otherwise
_SEALED: Final = f"SELECT seq FROM ledger_entry WHERE {SEALING} AND kind = %s"  # noqa: S608 — fixed


def sees_positions(actor: Person) -> bool:
    """Whether places in the ledger are somebody's business."""
    return actor.in_service and bool(actor.posts & SEES_POSITIONS)


def is_auditor(actor: Person) -> bool:
    """Whether somebody audits."""
    return actor.in_service and Post.AUDITOR in actor.posts


def kind_title(kind: str) -> str:
    """What kind of entry it is, Chinese; a kind that is no deed any more by its name."""
    action = registry.actions().get(kind)
    return action.title if action else _OWN_KINDS.get(kind, kind)


def _entries(actor: Person) -> QuerySet[Any]:
    """Those of the ledger in force; one that was closed by a restore is kept, and not shown."""
    head = read_row() if sees_positions(actor) else None
    rows = LedgerEntry.objects.all()
    return rows.none() if head is None else rows.filter(log_id=head.log_id)


def _checkpoints(actor: Person) -> QuerySet[Any]:
    sealed = RawSQL(_SEALED, ["ledger.checkpoint"])  # noqa: S611 — a fixed text
    return _entries(actor).filter(seq__in=sealed)


def _refusals(actor: Person) -> QuerySet[Any]:
    rows = LedgerRefusal.objects.all()
    return rows if is_auditor(actor) else rows.none()


def _person_of(stored: Any) -> UUID | None:
    key = octets(stored)
    return UUID(bytes=key) if len(key) == _ID_BYTES and UUID(bytes=key) != _NOBODY else None


def _fill_in(rows: list[dict[str, Any]], actor: Person, terms: Terms) -> None:
    """Who did each; the ledger keeps ids only."""
    people = {id(row): _person_of(row["actor"]) for row in rows}
    names = _names({key for key in people.values() if key})
    for row in rows:
        person = people[id(row)]
        row["person"] = person if person in names else None
        row["name"] = names.get(person, ITSELF) if person else ITSELF


def _names(people: Iterable[UUID]) -> Mapping[UUID, str]:
    rows = apps.get_model("office", "Person").objects.filter(id__in=list(people))
    return dict(rows.values_list("id", "name"))


def _time(column: str) -> Callable[[Values, Terms], str]:
    return lambda row, terms: f"{instant(row[column]).astimezone(OFFICE_TIME):%Y-%m-%d %H:%M:%S}"


def _receipt(row: Values, terms: Terms) -> str:
    return f"{row['seq']}:{octets(row['leaf']).hex()[:16]}"


def _clauses(row: Values, terms: Terms) -> str:
    told = ("办理权限" if each == ACCESS else each for each in row["clauses"].split())
    return "、".join(told)


def _kinds(terms: Terms) -> list[Choice]:
    deeds = {name: action.title for name, action in registry.actions().items()}
    return [Choice(code=code, title=title) for code, title in {**_OWN_KINDS, **deeds}.items()]


def _under(rows: QuerySet[Any], clause: str, actor: Person) -> QuerySet[Any]:
    """Refused by a clause, among others; they stand in one cell, a blank between them."""
    alone, first = Q(clauses=clause), Q(clauses__startswith=f"{clause} ")
    later = Q(clauses__endswith=f" {clause}") | Q(clauses__contains=f" {clause} ")
    return rows.filter(alone | first | later)


def _by(rows: QuerySet[Any], person: str, actor: Person) -> QuerySet[Any]:
    return rows.filter(actor=UUID(person).bytes)


def _days(column: str) -> tuple[Filter, Filter]:
    """Rows from a day on, and up to its end."""

    def since(rows: QuerySet[Any], day: str, actor: Person) -> QuerySet[Any]:
        return rows.filter(**{f"{column}__gte": instant_on(date.fromisoformat(day))})

    def until(rows: QuerySet[Any], day: str, actor: Person) -> QuerySet[Any]:
        first = instant_on(date.fromisoformat(day))
        return rows.filter(**{f"{column}__lt": first + _DAY_US})

    return (
        Filter(key="from", heading="时间自", kind="day_from", narrow=since),
        Filter(key="until", heading="时间至", kind="day_until", narrow=until),
    )


_WHO = Column(
    key="actor",
    heading="办理人",
    reads=("actor",),
    word=lambda row, terms: row["name"],
    opens="office.person",
    opens_by="person",
    is_narrow=True,
)
_BY = Filter(key="actor", heading="办理人", kind="office.person", narrow=_by)
_PLACES = (
    Order(key="newest", heading="近的在前", by=("-seq",)),
    Order(key="oldest", heading="早的在前", by=("seq",)),
)
_SEQ = Column(key="seq", heading="序号", reads=("seq",), is_narrow=True)
_TIME = Column(
    key="time", heading="时间", reads=("time_us",), word=_time("time_us"), is_narrow=True
)
_RECEIPT = Column(
    key="receipt", heading="回执", reads=("seq", "leaf"), word=_receipt, is_narrow=True
)

ENTRIES: Final = Book(
    name="ledger.entry",
    title="台账日志",
    help="每一次办理在日志中的序号和回执。",
    kind="",
    rows=_entries,
    seen_by=sees_positions,
    fill_in=_fill_in,
    filled=("person", "name"),
    written_in="oldest",
    columns=(
        _SEQ,
        _TIME,
        Column(
            key="kind",
            heading="事项",
            reads=("kind",),
            word=lambda row, terms: kind_title(row["kind"]),
        ),
        _WHO,
        _RECEIPT,
    ),
    orders=_PLACES,
    filters=(one_of("kind", "事项", "kind", _kinds), _BY, *_days("time_us")),
)
CHECKPOINTS: Final = Book(
    name="ledger.checkpoint",
    title="封存记录",
    help="日志的每一次封存。请审计员定期把最新的封存带出本机。",
    kind="",
    rows=_checkpoints,
    seen_by=sees_positions,
    written_in="oldest",
    columns=(
        _SEQ,
        _TIME,
        Column(
            key="size",
            heading="所封条数",
            reads=("seq",),  # it seals all entries before its own
            is_narrow=True,
        ),
        _RECEIPT,
    ),
    orders=_PLACES,
    filters=_days("time_us"),
)
REFUSALS: Final = Book(
    name="ledger.refusal",
    title="不予办理登记簿",
    help="依据制度没有准予办理的请求：何人、何时、哪一件事、依据哪些条款。",
    kind="",
    rows=_refusals,
    seen_by=is_auditor,
    fill_in=_fill_in,
    filled=("person", "name"),
    written_in="oldest",
    columns=(
        Column(key="n", heading="序号", reads=("n",), is_narrow=True),
        Column(key="time", heading="时间", reads=("at_us",), word=_time("at_us"), is_narrow=True),
        Column(
            key="action",
            heading="事项",
            reads=("action",),
            word=lambda row, terms: kind_title(row["action"]),
        ),
        _WHO,
        Column(
            key="clauses",
            heading="依据条款",
            reads=("clauses",),
            word=_clauses,
        ),
        Column(
            key="door",
            heading="入口",
            reads=("door",),
            word=lambda row, terms: DOORS.get(row["door"], row["door"]),
            is_narrow=True,
        ),
    ),
    orders=(
        Order(key="newest", heading="近的在前", by=("-n",)),
        Order(key="oldest", heading="早的在前", by=("n",)),
    ),
    filters=(
        _BY,
        Filter(key="clause", heading="依据条款", kind="text", narrow=_under),
        one_of("door", "入口", "door", choices(DOORS)),
        *_days("at_us"),
    ),
)
BOOKS: Final[Mapping[str, Book]] = {book.name: book for book in (ENTRIES, CHECKPOINTS, REFUSALS)}
