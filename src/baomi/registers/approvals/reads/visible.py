"""Which requests somebody may see, and which wait for his decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from baomi.kernel.clock import clock
from baomi.kernel.labels import LabelError
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.approvals import deciding, facts, load, models
from baomi.registers.office import load as office

_SEES_ALL: Final = frozenset({Post.REGISTRAR, Post.OFFICE_DIRECTOR})
OPEN: Final = ("waiting", "granted")


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
