"""Approvals as a test needs them: asked for, and agreed to by whoever may decide."""

from typing import Any
from uuid import UUID

from baomi.kernel.clock import clock
from baomi.registers.approvals import deciding, load
from baomi.rulebook.terms import Terms
from tests.factories.deeds import do


def asked_for(asker: UUID, action: str, *things: UUID, **entered: Any) -> UUID:
    """Ask for the approvals of exactly this deed. Returns the request."""
    said = {"deed": action, "things": things, "entered": entered, "reason": "工作需要"}
    return UUID(do("approvals.ask", asker, **said).told["request"])


def deciders(request: UUID) -> tuple[UUID, ...]:
    """Who may decide now on the first thing that waits; nobody: nothing waits."""
    day = clock.today()
    terms = Terms.on(day)
    found = load.requests([request], day, terms)[request]
    waiting = [need for need in found.needs if need.state == "waiting"]
    if not waiting:
        return ()
    return tuple(sorted(deciding.decider_of(waiting[0], found, day, terms).people))


def approved(asker: UUID, action: str, *things: UUID, **entered: Any) -> UUID:
    """Ask for the approvals of exactly this deed, and let them be given. Returns the request."""
    request = asked_for(asker, action, *things, **entered)
    while people := deciders(request):
        do("approvals.decide", people[0], request, verdict="agree")
    return request
