"""The one way in. Every entrypoint calls ``perform`` to do, and ``explain`` to ask.

Take the pen, gather, judge, carry out, settle duties, write the ledger, commit: all or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction

from baomi.engine import ledger, refusals, registry, settle
from baomi.engine.approving import give_back, spend, with_approvals
from baomi.engine.asked import asked, keep_late
from baomi.engine.body import body_of
from baomi.engine.evidence import observe
from baomi.engine.inputs import InvalidInputs, parse
from baomi.engine.operations import OperationIdReused, digest_of, remember, remembered
from baomi.engine.pen import Pen, take_pen
from baomi.engine.request import Receipt, Request
from baomi.engine.witness import witness
from baomi.kernel.action import Action, Asked, Change, FollowUp, Inputs
from baomi.kernel.happening import Deed
from baomi.kernel.ids import derived_id
from baomi.kernel.judge import ACCESS, judge, may_ask, shadow_refusals
from baomi.kernel.verdict import BadInput, Refused, Verdict
from baomi.kernel.words import Door, Person

BATCH = 200
Outcome = Receipt | Refused | BadInput | InvalidInputs | OperationIdReused


def perform(request: Request) -> Receipt:
    """Do one deed.

    The same operation id again gives the same receipt. Raises ``InvalidInputs``, ``BadInput``,
    ``Refused``, ``OperationIdReused``, ``NotFounded``; then nothing was changed.
    """
    action = registry.actions()[request.action]
    try:
        with take_pen() as pen:
            return _once(pen, action, request)
    except Refused as refused:
        _keep_refusal(request, refused)
        raise
    except BadInput as fault:
        if fault.field:
            what, door = f"{action.name}/{fault.field}", request.door.value
            observe("inputs", what, "refused", door=door, action=action.name)
        raise


def perform_many(requests: Iterable[Request], *, batch: int = BATCH) -> Iterator[Outcome]:
    """Do many deeds, up to ``batch`` (at most 200) in a commit, each in its own savepoint.

    The pen is given up between batches; outcomes come after their batch's commit, in order.
    """
    waiting = iter(requests)
    while part := list(islice(waiting, min(batch, BATCH))):
        with take_pen() as pen:
            outcomes = [_in_savepoint(pen, request) for request in part]
        for request, outcome in zip(part, outcomes, strict=True):
            if isinstance(outcome, Refused):
                _keep_refusal(request, outcome)
        yield from outcomes


def perform_all(requests: Sequence[Request]) -> tuple[Receipt, ...]:
    """Do a few deeds in one commit: all of them or none. Raises what ``perform`` raises."""
    receipts: list[Receipt] = []
    try:
        with take_pen() as pen:
            for each in requests:
                receipts.append(_once(pen, registry.actions()[each.action], each))
    except Refused as refused:
        _keep_refusal(requests[len(receipts)], refused)
        raise
    return tuple(receipts)


def _in_savepoint(pen: Pen, request: Request) -> Outcome:
    head = replace(pen.head)
    edge = pen.head.frontier.to_bytes()
    try:
        with transaction.atomic():
            return _once(pen, registry.actions()[request.action], request)
    except (Refused, BadInput, InvalidInputs, OperationIdReused) as refused:
        # the savepoint took the rows back; the head in memory must go back with them
        head.frontier = type(head.frontier).from_bytes(head.alg, head.size, edge)
        pen.head = head
        return refused


def do_under(pen: Pen, request: Request, *, actor: Person) -> Receipt:
    """Do one deed under a pen that is held, by a person who is in no register yet: founding.

    Raises what ``perform`` raises.
    """
    return _once(pen, registry.actions()[request.action], request, actor=actor)


def _once(
    pen: Pen, action: Action[Any], request: Request, *, actor: Person | None = None
) -> Receipt:
    digest = digest_of(request.content())
    known = remembered(request.op_id, digest)
    if known is not None:
        written = ledger.find(pen.log_id, request.op_id)
        if written is None:
            raise OperationIdReused
        return Receipt(
            seq=written.seq, leaf=written.leaf.hex(), op_id=request.op_id, told=known.told
        )
    asking = asked(action, request, actor=actor)
    stop_at_the_threshold(action, asking, request.door)
    inputs = parse(action, request.inputs, door=request.door.value)
    receipt = _do(pen, action, request, inputs, asking, cause=None)
    remember(request.op_id, digest, receipt.seq, receipt.told)
    return receipt


def stop_at_the_threshold(action: Action[Any], asking: Asked, door: Door) -> None:
    """Refuse whoever may not do it at all, before anything is read or parsed. Raises ``Refused``.

    Otherwise an answer about what he entered would tell him what he may not see.
    """
    refusals = may_ask(action, asking.actor, asking.terms)
    if refusals:
        verdict = Verdict(tuple(refusals), (ACCESS,))
        observe("access", action.name, "refused", door=door.value, action=action.name)
        raise Refused(verdict)


def _do(
    pen: Pen,
    action: Action[Any],
    request: Request,
    inputs: Inputs,
    asking: Asked,
    cause: tuple[int, str] | None,
) -> Receipt:
    deed = with_approvals(action.complete(action.situate(asking), inputs))
    verdict = judge(action, deed, registry.rulebook())
    if cause is not None:
        verdict = _entailed(verdict)
    witness(verdict, deed, request.door)
    if not verdict.allowed:
        raise Refused(verdict)
    notes = shadow_refusals(deed, registry.rulebook())
    if notes:
        deed = replace(deed, notes=notes)
    change = action.carry_out(deed)
    touched = {table: set(ids) for table, ids in change.touched.items()}
    _settle(deed, change, request.door, touched)
    if request.happened_on is not None and request.happened_on != deed.recorded_on:
        touched["engine_late_entry"] = {keep_late(request, deed)}
    body = body_of(action, deed, verdict, touched, request.door, cause)
    written = ledger.append(
        pen,
        kind=action.name,
        actor=deed.actor.id,
        op_id=deed.op_id,
        body=body,
        second=deed.second.id if deed.second else None,
    )
    told = dict(change.told)
    for number, follow_up in enumerate(change.follow_ups, start=1):
        told.update(_follow(pen, action, request, follow_up, number, (written.seq, asking)))
    return Receipt(
        seq=written.seq, leaf=written.leaf.hex(), op_id=deed.op_id, told=told, notes=notes
    )


def _follow(
    pen: Pen,
    action: Action[Any],
    request: Request,
    entailed: FollowUp,
    number: int,
    cause: tuple[int, Asked],
) -> dict[str, Any]:
    if entailed.action not in action.entails:
        raise LookupError(f"{action.name} does not declare that it entails {entailed.action}")
    following = registry.actions()[entailed.action]
    op_id = derived_id(request.op_id, f"{action.name}/{number}")
    again = replace(
        request,
        action=entailed.action,
        targets=entailed.targets,
        inputs=entailed.inputs,
        op_id=op_id,
    )
    seq, asking = cause
    asking = replace(asking, action=entailed.action, targets=entailed.targets, op_id=op_id)
    inputs = parse(following, entailed.inputs)
    return dict(_do(pen, following, again, inputs, asking, (seq, action.name)).told)


def _entailed(verdict: Verdict) -> Verdict:
    """A follow-up is done on the authority of the deed that entails it."""
    refusals = tuple(each for each in verdict.refusals if each.clause != ACCESS)
    return Verdict(refusals, verdict.asked)


def _settle(deed: Deed[Any], change: Change, door: Door, touched: dict[str, set[UUID]]) -> None:
    """Duties and approvals, as the deed leaves them."""
    touched.setdefault(settle.TABLE, set()).update(settle.settle(deed, door))
    _add(touched, spend(deed))
    if change.voids is not None:
        touched[settle.TABLE] |= settle.take_back(change.voids)
        _add(touched, give_back(change.voids))


def _add(touched: dict[str, set[UUID]], further: Mapping[str, set[UUID]]) -> None:
    for table, ids in further.items():
        touched.setdefault(table, set()).update(ids)


def _keep_refusal(request: Request, refused: Refused) -> None:
    refusals.record(
        actor=request.actor,
        action=request.action,
        targets=request.targets,
        clauses=refused.verdict.clauses,
        door=request.door,
    )
