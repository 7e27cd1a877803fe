"""Write what befalls a request: the decision on each thing, and where the whole stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from baomi.kernel.verdict import BadInput
from baomi.registers.approvals import facts, load, models
from baomi.registers.rows import insert_rows

NEED_STATE = {"agree": "granted", "refuse": "refused", "return": "returned"}


def known(
    found: Mapping[UUID, facts.AskedRequest], targets: Iterable[UUID]
) -> tuple[facts.AskedRequest, ...]:
    """The requests that were chosen. Raises ``BadInput`` for none, and for an unknown one."""
    wanted = tuple(dict.fromkeys(targets))
    if not wanted:
        raise BadInput("请选定一份报批单", field="targets")
    if any(each not in found for each in wanted):
        raise BadInput(load.UNKNOWN_REQUEST, field="targets")
    return tuple(found[each] for each in wanted)


def write_needs(ids: Iterable[UUID], **columns: Any) -> set[UUID]:
    """Change what waits. Returns the ids."""
    changed = set(ids)
    models.ApprovalNeed.objects.filter(id__in=changed).update(**columns)
    return changed


def settle_request(request: UUID, day: date) -> tuple[set[UUID], set[UUID]]:
    """Bring a request to where its parts leave it; what waits on in a refused one is dropped.

    Returns the requests and the needs that changed.
    """
    rows = models.ApprovalNeed.objects.filter(request=request)
    states = dict(rows.values_list("id", "state"))
    now = _whole(set(states.values()))
    if now == "waiting":
        return set(), set()
    dropped: set[UUID] = set()
    if now in ("refused", "returned"):
        dropped = {key for key, state in states.items() if state in ("waiting", "granted")}
        write_needs(dropped, state=now)
    models.ApprovalRequest.objects.filter(id=request).update(state=now, settled_on=day)
    return {request}, dropped


def write_decision(
    requests: Iterable[facts.AskedRequest],
    steps: Sequence[dict[str, Any]],
    day: date,
    **columns: Any,
) -> dict[str, set[UUID]]:
    """Write the steps, what they make of their needs, and where that leaves the requests."""
    insert_rows(models.ApprovalStep, steps)
    needs = write_needs((step["need_id"] for step in steps), **columns)
    settled: set[UUID] = set()
    for request in requests:
        changed, dropped = settle_request(request.id, day)
        settled |= changed
        needs |= dropped
    return {
        "approvals_step": {step["id"] for step in steps},
        "approvals_need": needs,
        "approvals_request": settled,
    }


def _whole(states: set[str]) -> str:
    for state in ("refused", "returned", "waiting"):
        if state in states:
            return state
    return "used" if states == {"used"} else "granted"
