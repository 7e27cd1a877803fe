"""Approvals at a deed: which it needs, which stand, what another deed would need, and their use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from baomi.engine import registry
from baomi.engine.face.reading import names_of, pick
from baomi.engine.inputs import parse
from baomi.engine.request import Request
from baomi.kernel.action import Action, Asked, Foreseen
from baomi.kernel.clock import clock
from baomi.kernel.happening import Deed
from baomi.kernel.judge import ACCESS, ASK, approvals_used, judge, may_ask, needs
from baomi.kernel.verdict import BadInput, Refusal, Verdict
from baomi.kernel.words import Level, Person
from baomi.registers.approvals import load, models
from baomi.registers.approvals.facts import ApprovalIsDecided
from baomi.registers.office import load as office
from baomi.rulebook.terms import Terms

OWN_MATTER = "nobody_decides_on_his_own_matter"  # a guard of X3b
REQUESTS, NEEDS = "approvals_request", "approvals_need"


def with_approvals(deed: Deed[Any]) -> Deed[Any]:
    """The deed with everything that was asked on its things; nothing is read if none is needed."""
    wanted = needs(deed, registry.rulebook())
    if not wanted:
        return deed
    subjects, rules = {each.subject for each in wanted}, {each.rule for each in wanted}
    found = load.standing(subjects, rules, deed.today, deed.terms)
    return replace(deed, approvals=found)


def foresee(
    asked: Asked, name: str, things: tuple[UUID, ...], entered: Mapping[str, Any]
) -> Foreseen:
    """Another deed as it would be judged now, for whoever asks for its approval.

    What only an approval lacks speaks not against it. Raises ``BadInput`` and ``InvalidInputs``.
    """
    action = registry.actions().get(name)
    if action is None or name == ASK:
        raise BadInput("没有这个事项，请从办理页面报批", field="deed")
    refused = _may_not(action, asked)
    if refused:
        return Foreseen(
            action=name,
            title=action.title,
            kind="",
            refusals=refused,
            needs=(),
            entered={},
            level=Level.NONE,
        )
    _stop_at_what_is_unseen(action, asked, things)
    inputs = parse(action, entered)
    asking = replace(asked, action=name, targets=things)
    deed = action.complete(action.situate(asking), inputs)
    verdict = judge(action, with_approvals(deed), registry.rulebook())
    return Foreseen(
        action=name,
        title=action.title,
        kind=action.target or "",
        refusals=tuple(each for each in verdict.refusals if not _only_lacks_approval(each)),
        needs=needs(deed, registry.rulebook()),
        entered=inputs.model_dump(mode="json", exclude_unset=True),
        level=max((each.level for each in deed.happenings), default=Level.NONE),
    )


def _stop_at_what_is_unseen(action: Action[Any], asked: Asked, things: tuple[UUID, ...]) -> None:
    """Raises ``BadInput`` for what he may not see, as for what does not exist."""
    if action.target is None or not things:
        return
    seen = names_of(asked.actor, action.target, things, asked.terms)
    for each in things:
        if each not in seen:
            pick(asked.actor, action.target, str(each))


def _may_not(action: Any, asked: Asked) -> tuple[Refusal, ...]:
    if asked.actor.posts & action.asked_by:
        return ()
    return tuple(may_ask(action, asked.actor, asked.terms))


def _only_lacks_approval(refusal: Refusal) -> bool:
    """Whether it is the approval alone; who asks need not be who does it."""
    return refusal.clause == ACCESS or refusal.remedy_action == ASK


def instead_of_doing(request: Request, *, why: str, again_of: UUID | None = None) -> Request:
    """The request that asks for the approval of exactly this deed, instead of doing it.

    Whoever may not ask for it is told no more than that. Raises ``InvalidInputs``.
    """
    action, actor = registry.actions()[request.action], request.actor
    asked: dict[str, Any] = {"deed": action.name, "things": request.targets, "reason": why}
    today = clock.today()
    if may_ask_for(action, office.person(actor, today, Terms.on(today))):
        inputs = parse(action, request.inputs)
        asked["entered"] = inputs.model_dump(mode="json", exclude_unset=True)
    if again_of is not None:
        asked["again_of"] = again_of
    return replace(request, action=ASK, targets=(), inputs=asked, second=None)


def may_ask_for(action: Any, person: Person) -> bool:
    """Whether somebody may ask for the approval of a deed."""
    return bool(person.posts & (action.done_by | action.asked_by))


def own_matters(verdict: Verdict, deed: Deed[Any]) -> tuple[str, ...]:
    """The rules of approval on which somebody tried to decide in his own matter."""
    guards = {each.guard for each in verdict.refusals}
    if OWN_MATTER not in guards:
        return ()
    decided = [each for each in deed.happenings if isinstance(each, ApprovalIsDecided)]
    return tuple(sorted({each.need.rule for each in decided}))


def spend(deed: Deed[Any]) -> dict[str, set[UUID]]:
    """Mark the approvals on which an allowed deed rests as used. Returns what was touched."""
    if not deed.approvals:
        return {}
    used = approvals_used(deed, registry.rulebook())
    if not used:
        return {}
    rows = models.ApprovalNeed.objects.filter(id__in=used)
    rows.update(state="used", used_by=deed.op_id)
    return {NEEDS: set(used), REQUESTS: _whole(rows.values_list("request_id", flat=True), deed)}


def _whole(requests: Iterable[UUID], deed: Deed[Any]) -> set[UUID]:
    """Requests of which nothing is left to be used."""
    asked = set(requests)
    left = models.ApprovalNeed.objects.filter(request__in=asked).exclude(state="used")
    done = asked - set(left.values_list("request_id", flat=True))
    models.ApprovalRequest.objects.filter(id__in=done).update(state="used", settled_on=deed.today)
    return done


def give_back(op_id: UUID) -> dict[str, set[UUID]]:
    """Undo: what an operation used may be used again. Returns what was touched."""
    rows = models.ApprovalNeed.objects.filter(used_by=op_id)
    found = dict(rows.values_list("id", "request_id"))
    if not found:
        return {}
    models.ApprovalNeed.objects.filter(id__in=found).update(state="granted", used_by=None)
    requests = set(found.values())
    models.ApprovalRequest.objects.filter(id__in=requests).update(state="granted")
    return {NEEDS: set(found), REQUESTS: requests}
