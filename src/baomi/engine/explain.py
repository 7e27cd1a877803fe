"""Why may this not be done? Reads and judges, changes nothing, records nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from baomi.engine import registry
from baomi.engine.approving import with_approvals
from baomi.engine.asked import asked
from baomi.engine.inputs import parse
from baomi.engine.request import Request
from baomi.kernel.action import Action
from baomi.kernel.ids import new_id
from baomi.kernel.judge import ACCESS, judge, may_ask
from baomi.kernel.verdict import BadInput, Verdict
from baomi.kernel.words import Door
from baomi.registers.seen_once import looking


def explain(request: Request, *, filled_in: bool) -> Verdict:
    """The verdict on a button (``filled_in`` false) or on a form as far as it is filled in.

    Raises ``InvalidInputs`` and ``BadInput`` as ``perform`` does.
    """
    action = registry.actions()[request.action]
    asking = asked(action, request)
    refusals = may_ask(action, asking.actor, asking.terms)
    if refusals:
        return Verdict(tuple(refusals), (ACCESS,))
    deed = action.situate(asking)
    if filled_in:
        deed = with_approvals(action.complete(deed, parse(action, request.inputs)))
    return judge(action, deed, registry.rulebook())


@dataclass(frozen=True, slots=True)
class Asking:
    """One deed that a thing may be the target of, and what speaks against it now.

    ``verdict`` is None where nothing can be judged: ``fault`` says why, in Chinese.
    """

    action: Action[Any]
    may_ask: bool
    verdict: Verdict | None
    fault: str | None


def explain_all(actor: UUID, kind: str, target: UUID, door: Door) -> tuple[Asking, ...]:
    """Every action on things of a kind, judged for one thing before anything is entered.

    What several of them read is read once. Raises ``BadInput`` for an unknown actor.
    """
    suitable = [action for action in registry.actions().values() if action.target == kind]
    with looking():
        return tuple(_asking(action, actor, target, door) for action in suitable)


def _asking(action: Action[Any], actor: UUID, target: UUID, door: Door) -> Asking:
    request = Request(
        action=action.name, actor=actor, targets=(target,), inputs={}, op_id=new_id(), door=door
    )
    asking = asked(action, request)
    if refusals := may_ask(action, asking.actor, asking.terms):
        return Asking(
            action, may_ask=False, verdict=Verdict(tuple(refusals), (ACCESS,)), fault=None
        )
    try:
        deed = with_approvals(action.situate(asking))
        verdict = judge(action, deed, registry.rulebook())
    except BadInput as fault:
        return Asking(action, may_ask=True, verdict=None, fault=fault.sentence)
    return Asking(action, may_ask=True, verdict=verdict, fault=None)
