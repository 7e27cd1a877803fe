"""How a request stands, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from baomi.kernel.clock import clock
from baomi.kernel.terms import Terms
from baomi.kernel.words import Person, Post
from baomi.registers.approvals import facts, load, models
from baomi.registers.approvals.reads.visible import waiting_for


def decider_of(need: Mapping[str, Any], terms: Terms) -> str:
    """Who is asked for it: a post, or a body outside."""
    if need["body"]:
        return terms.body_title(need["body"])
    return terms.post_title(Post(need["asked_post"]))


def fill_in(rows: list[dict[str, Any]], actor: Person, terms: Terms) -> None:
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
        row["deciders"] = "、".join(dict.fromkeys(decider_of(need, terms) for need in own))
        row["mine"] = row["id"] in mine
        row["stands"] = "已过期" if expired or ran_out else facts.STATES[row["state"]]
        row["until"] = min((n["valid_until"] for n in own if n["valid_until"]), default=None)


def _ran_out(row: Mapping[str, Any], needs: list[dict[str, Any]], day: Any) -> bool:
    days = [need["valid_until"] for need in needs if need["valid_until"]]
    return row["state"] == "granted" and bool(days) and min(days) < day
