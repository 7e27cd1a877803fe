"""Requests for approval (报批单) as somebody may see them, and what waits for his decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from baomi.kernel.clock import clock
from baomi.kernel.labels import LabelError
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level, Person, Post
from baomi.registers.approvals import deciding, facts, load, models
from baomi.registers.filters import between_days, choices, flag, of_row, one_of
from baomi.registers.listing import Book, Column, Filter, Order, Values
from baomi.registers.office import load as office

_SEES_ALL: Final = frozenset({Post.REGISTRAR, Post.OFFICE_DIRECTOR})
OPEN: Final = ("waiting", "granted")
Word = Callable[[Values, Terms], Any]


def visible_to(actor: Person) -> QuerySet[models.ApprovalRequest]:
    """One's own, those that one decided or may have to decide; registrar and director see all."""
    rows = models.ApprovalRequest.objects
    if not actor.in_service:
        return rows.none()
    if actor.posts & _SEES_ALL:
        return rows.all()
    return rows.filter(id__in=_own(actor))


def _own(actor: Person) -> QuerySet[Any]:
    asked = models.ApprovalRequest.objects.filter(asked_by=actor.id).values("id")
    decided = models.ApprovalStep.objects.filter(decided_by=actor.id).values("need__request")
    put = load.put_to(actor).values("request")
    return asked.union(decided, put, load.to_be_done_by(actor).values("id"))


def waiting_for(actor: Person, terms: Terms) -> tuple[UUID, ...]:
    """The requests that he can decide on today, the oldest first: not his own, not twice."""
    if not actor.in_service:
        return ()
    day = clock.today()
    ids = list(dict.fromkeys(load.put_to(actor).order_by("id").values_list("request", flat=True)))
    found = load.requests(ids, day, terms)
    return tuple(key for key in ids if _decides(actor, found[key], terms))


def _decides(actor: Person, request: facts.AskedRequest, terms: Terms) -> bool:
    if request.expired:
        return False
    for need in request.needs:
        if need.state == "waiting" and not need.body:
            if actor.human in deciding.barred_from(need, request):
                continue
            who = deciding.decider_of(need, request, clock.today(), terms)
            if any(deciding.holds(actor, who, need.unit)):
                return True
    return False


def open_on(
    actor: Person, action: str, things: Iterable[UUID]
) -> tuple[tuple[UUID, str, str], ...]:
    """What was asked for a deed on some things and still stands: id, label and state of each."""
    asked = models.ApprovalNeed.objects.filter(subject__in=set(things)).values("request")
    rows = visible_to(actor).filter(action=action, state__in=OPEN, id__in=asked).order_by("-id")
    return tuple(
        (key, office.label("A", serial), facts.STATES[state])
        for key, serial, state in rows.values_list("id", "label_serial", "state")
    )


def find_request(actor: Person, text: str) -> UUID:
    """The request of a label or an id. Raises ``BadInput``."""
    try:
        wanted = Q(id=UUID(text.strip()))
    except ValueError:
        wanted = Q(label_serial=_serial_of(text))
    found = visible_to(actor).filter(wanted).values_list("id", flat=True).first()
    if found is None:
        raise BadInput(load.UNKNOWN_REQUEST)
    return found


def _serial_of(text: str) -> int:
    try:
        label = office.label_in(text)
    except LabelError as broken:
        raise BadInput(str(broken).removesuffix("。")) from None
    if label.kind != "A":
        raise BadInput("扫到的不是报批单的标签，请扫报批单上的条码")
    return label.serial


def names(actor: Person, ids: Iterable[UUID], terms: Terms) -> Mapping[UUID, str]:
    """How requests are called: what is asked for and the label, never a title of a paper."""
    rows = visible_to(actor).filter(id__in=set(ids)).values_list("id", "title", "label_serial")
    return {key: f"{title} {office.label('A', serial)}" for key, title, serial in rows}


def _fill_in(rows: list[dict[str, Any]], actor: Person, terms: Terms) -> None:
    """Who decides on each, whether that is the reader, and what was stated."""
    needs = models.ApprovalNeed.objects.filter(request__in=[row["id"] for row in rows])
    asked: dict[UUID, list[dict[str, Any]]] = {}
    for need in needs.order_by("turn", "id").values():
        asked.setdefault(need["request_id"], []).append(dict(need))
    mine = set(waiting_for(actor, terms)) if any(row["state"] == "waiting" for row in rows) else ()
    day = clock.today()
    for row in rows:
        own = asked.get(row["id"], [])
        expired = load.waits_too_long(row["state"], row["asked_on"], day, terms)
        ran_out = _ran_out(row, own, day)
        row["clauses"] = "、".join(dict.fromkeys(need["clause"] for need in own))
        row["deciders"] = "、".join(dict.fromkeys(_decider_of(need, terms) for need in own))
        row["mine"] = row["id"] in mine
        row["stands"] = "已过期" if expired or ran_out else facts.STATES[row["state"]]
        row["until"] = min((n["valid_until"] for n in own if n["valid_until"]), default=None)


def _ran_out(row: Mapping[str, Any], needs: list[dict[str, Any]], day: Any) -> bool:
    days = [need["valid_until"] for need in needs if need["valid_until"]]
    return row["state"] == "granted" and bool(days) and min(days) < day


def _decider_of(need: Mapping[str, Any], terms: Terms) -> str:
    if need["body"]:
        return terms.body_title(need["body"])
    return terms.post_title(Post(need["asked_post"]))


def _filled(key: str) -> Word:
    return lambda row, terms: row[key]


def _decided_by_me(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    steps = models.ApprovalStep.objects.filter(decided_by=actor.id)
    return rows.filter(id__in=steps.values("need__request"))


def _about(key: str, heading: str, kind: str) -> Filter:
    """What was asked for on one thing."""

    def narrow(rows: QuerySet[Any], given: str, actor: Person) -> QuerySet[Any]:
        needs = models.ApprovalNeed.objects.filter(subject=given)
        return rows.filter(id__in=needs.values("request"))

    return Filter(key=key, heading=heading, kind=kind, narrow=narrow)


def _waits_for_me(rows: QuerySet[Any], actor: Person) -> QuerySet[Any]:
    """What was put to a post of his by others; each row tells whether he may decide on it."""
    put = load.put_to(actor).values("request")
    return rows.filter(id__in=put, state="waiting").exclude(asked_by=actor.id)


REQUESTS: Final = Book(
    name="approvals.request",
    title="报批单",
    help="报请批准的事项和批准的情况。要办须经批准的事，在办理页面填好后点“报请批准”。",
    kind="approvals.request",
    rows=visible_to,
    fill_in=_fill_in,
    filled=("clauses", "deciders", "mine", "stands", "until"),
    level="level",
    columns=(
        Column(key="id", heading="编号", reads=("id",), is_shown=False, is_narrow=True),
        Column(
            key="label",
            heading="报批单号",
            reads=("label_serial",),
            word=lambda row, terms: office.label("A", row["label_serial"]),
            opens="approvals.request",
            opens_by="id",
            is_narrow=True,
        ),
        Column(key="title", heading="报批事项", reads=("title",), is_narrow=True),
        Column(
            key="clauses", heading="依据条款", reads=(), word=_filled("clauses"), is_narrow=True
        ),
        Column(
            key="asked_by",
            heading="报批人",
            reads=("asked_by__name", "asked_by"),
            word=lambda row, terms: row["asked_by__name"],
            opens="office.person",
            opens_by="asked_by",
            is_narrow=True,
        ),
        Column(key="asked_on", heading="报批日期", reads=("asked_on",), is_narrow=True),
        Column(key="reason", heading="报批理由", reads=("reason",)),
        Column(key="deciders", heading="审批岗位", reads=(), word=_filled("deciders")),
        Column(
            key="state",
            heading="状态",
            reads=("state", "asked_on"),
            word=_filled("stands"),
            is_narrow=True,
        ),
        Column(key="mine", heading="待我决定", reads=(), word=_filled("mine"), is_narrow=True),
        Column(key="until", heading="批准有效至", reads=(), word=_filled("until"), is_narrow=True),
        Column(key="settled_on", heading="办结日期", reads=("settled_on",), is_shown=False),
        Column(
            key="level",
            heading="密级",
            reads=("level",),
            word=lambda row, terms: Level(row["level"]).title,
            is_shown=False,
            is_narrow=True,
        ),
    ),
    orders=(
        Order(key="newest", heading="最近报批的在前", by=("-id",)),
        Order(key="oldest", heading="最早报批的在前", by=("id",)),
    ),
    filters=(
        one_of("state", "状态", "state", choices(facts.STATES)),
        flag("waits", "待我决定的", _waits_for_me),
        flag("asked", "本人报批的", lambda rows, actor: rows.filter(asked_by=actor.id)),
        flag("decided", "本人审批过的", _decided_by_me),
        Filter(
            key="action",
            heading="报批事项",
            kind="text",
            narrow=lambda rows, text, actor: rows.filter(title__contains=text),
        ),
        *between_days("asked", "报批日期", "asked_on"),
        of_row("asker", "报批人", "asked_by", "office.person"),
        _about("copy", "文件的一份", "custody.copy"),
        _about("paper", "文件", "custody.paper"),
    ),
)
STEPS_OF: Final = ("decided_by__name", "as_post", "instead_of__name", "verdict", "reason")


def needs_of(actor: Person, request: UUID, terms: Terms) -> tuple[dict[str, Any], ...]:
    """What a request needs, each with what is stated and how it was decided; for its page."""
    if not visible_to(actor).filter(id=request).exists():
        return ()
    rows = models.ApprovalNeed.objects.filter(request=request).order_by("turn", "id").values()
    steps = models.ApprovalStep.objects.filter(need__in=[row["id"] for row in rows])
    decided = {
        step["need_id"]: step
        for step in steps.values(
            "need_id",
            *STEPS_OF,
            "decided_on",
            "body_name",
            "letter",
            "letter_date",
            "scan",
        )
    }
    who = _who_decides(request, terms)
    ids = {key for each in who.values() for key in each.people}
    people = office.people(ids, clock.today(), terms) if ids else {}
    return tuple(
        row
        | {"decider": _decider_of(row, terms), "step": decided.get(row["id"])}
        | _now(who.get(row["id"]), people, terms)
        for row in rows
    )


def _who_decides(request: UUID, terms: Terms) -> Mapping[UUID, facts.Decider]:
    """Who decides today on each thing that waits."""
    day = clock.today()
    found = load.requests([request], day, terms)[request]
    return {
        need.id: deciding.decider_of(need, found, day, terms)
        for need in found.needs
        if not need.body and need.state == "waiting"
    }


def _now(
    decider: facts.Decider | None, people: Mapping[UUID, Person], terms: Terms
) -> dict[str, str]:
    if decider is None:
        return {"holders": "", "now_post": "", "vacant": ""}
    return {
        "holders": "、".join(sorted(people[key].name for key in decider.people)),
        "now_post": terms.post_title(decider.post),
        "vacant": terms.post_title(decider.vacant) if decider.vacant else "",
    }


def deed_of(actor: Person, request: UUID) -> dict[str, Any] | None:
    """The deed that a request is about, with its inputs: for doing exactly this."""
    rows = visible_to(actor).filter(id=request)
    found = rows.values("action", "things_kind", "things", "entered", "state", "asked_by").first()
    return dict(found) if found else None


PICKERS: Final[Mapping[str, Callable[[Person, str], UUID]]] = {"approvals.request": find_request}
NAMES: Final[Mapping[str, Callable[..., Mapping[UUID, str]]]] = {"approvals.request": names}
BOOKS: Final[Mapping[str, Book]] = {REQUESTS.name: REQUESTS}
