"""One request whole: what it needs, how that was decided, and the deed that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from baomi.kernel.clock import clock
from baomi.kernel.terms import Terms
from baomi.kernel.words import Person
from baomi.registers.approvals import deciding, facts, load, models
from baomi.registers.approvals.reads.visible import visible_to
from baomi.registers.approvals.reads.worded import decider_of
from baomi.registers.office import load as office

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
        | {"decider": decider_of(row, terms), "step": decided.get(row["id"])}
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
