"""Asking for approval, and deciding on it, as the demonstration's people do it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from baomi.engine.demo.scene import Scene

CARRY_OUT = "custody.carry_out"
CONSULT = "custody.consult_archive"
WIDEN = "custody.widen_circle"


def ask(
    scene: Scene,
    asker: UUID,
    deed: str,
    thing: UUID,
    why: str,
    entered: dict[str, Any],
    *,
    again_of: UUID | None = None,
) -> UUID:
    """Ask for exactly this deed. Returns the request."""
    asked: dict[str, Any] = {"deed": deed, "things": (thing,), "entered": entered, "reason": why}
    if again_of is not None:
        asked["again_of"] = again_of
    return UUID(scene.do("approvals.ask", asker, **asked).told["request"])


def agree(scene: Scene, request: UUID, *deciders: UUID, valid_until: date | None = None) -> None:
    """Each of them agrees to what waits for him."""
    until: dict[str, Any] = {} if valid_until is None else {"valid_until": valid_until}
    for person in deciders:
        scene.do("approvals.decide", person, request, verdict="agree", **until)


def decline(scene: Scene, request: UUID, decider: UUID, reason: str, *, verdict: str) -> None:
    """One of them refuses, or returns it for change."""
    scene.do("approvals.decide", decider, request, verdict=verdict, reason=reason)
