"""Deeds through the API: what may be asked for, whether it may be done, and doing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from ninja import Router

from baomi.engine import registry
from baomi.engine.explain import explain
from baomi.engine.face.asking import names_if_seen, with_choices
from baomi.engine.face.described import told_fields
from baomi.engine.face.wording import as_data
from baomi.engine.faults import TOO_MUCH
from baomi.engine.inputs import Fault, InvalidInputs
from baomi.engine.ledger import TooMuchAtOnce
from baomi.engine.login import CHANGE_PASSWORD, LoginRefused, MustChangePassword
from baomi.engine.may_need import approvals_that_may_be_needed
from baomi.engine.operations import OperationIdReused
from baomi.engine.perform import perform
from baomi.engine.request import Receipt
from baomi.entrypoints.api.answers import (
    DoneTold,
    VerdictTold,
    faulty,
    plain,
    posting,
    reading,
    told,
    trouble,
)
from baomi.entrypoints.api.asking import (
    ApprovalSent,
    DeedSent,
    QuestionSent,
    action_named,
    asking_for_approval,
    request_of,
)
from baomi.entrypoints.guarding.logged_in import Asking
from baomi.kernel.action import Action
from baomi.kernel.judge import may_ask
from baomi.kernel.verdict import BadInput, Refusal, Refused

router = Router(tags=["办理"])


def _answered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whatever can be wrong with a deed, as the API says it."""

    @wraps(view)
    def answer(request: Asking, name: str, **given: Any) -> HttpResponse:
        try:
            return view(request, name, **given)
        except InvalidInputs as wrong:
            found = with_choices(action_named(name), request.who.terms, wrong)
            return faulty(found.faults)
        except BadInput as fault:
            return faulty((Fault(fault.field or "", fault.sentence),))
        except (LoginRefused, MustChangePassword) as fault:
            return faulty((Fault("second", f"第二人：{fault.sentence}"),))
        except TooMuchAtOnce:
            return faulty((Fault("", TOO_MUCH),))
        except OperationIdReused:
            return trouble(OperationIdReused.sentence, status=409)
        except Refused as refused:
            listed = as_data(refused.verdict.refusals, request.who.person)
            return told({"refused": listed}, status=409)

    return answer


@router.get(
    "/actions",
    response=reading(list[dict[str, Any]]),
    summary="本人可以申请办理的事项",
    description="每一件事的名称、说明、办理对象的类别，以及要填写的各项。",
)
def actions(request: Asking) -> HttpResponse:
    """Every deed that his posts let him ask for, with what is entered."""
    who = request.who
    found = [
        {
            "name": action.name,
            "title": action.title,
            "help": action.help,
            "target": action.target,
            "done_by": sorted(who.terms.post_title(post) for post in action.done_by),
            "fields": told_fields(action.inputs, who.terms),
        }
        for action in registry.actions().values()
        if not may_ask(action, who.person, who.terms)
    ]
    return told(found)


@router.post(
    "/actions/{name}",
    response=posting(DoneTold, refusable=True),
    summary="办理",
    description="办理一件事。",
)
@_answered
def act(request: Asking, name: str, sent: DeedSent) -> HttpResponse:
    """Do a deed."""
    action = action_named(name)
    if name == CHANGE_PASSWORD:  # an open session alone must not be able to change it
        raise BadInput("修改口令须输入现用口令，请用 POST /api/session/password")
    return _done(request, perform(request_of(request, action, sent)))


def _done(request: Asking, receipt: Receipt) -> HttpResponse:
    return told(
        {
            "receipt": receipt.text,
            "op_id": str(receipt.op_id),
            "told": plain(receipt.told),
            "notes": as_data(receipt.notes, request.who.person),
        }
    )


@router.post(
    "/actions/{name}/approval",
    response=posting(DoneTold, refusable=True),
    summary="报批",
    description="把一件事照办理时的内容报请批准；批准后照原内容办理。",
)
@_answered
def ask(request: Asking, name: str, sent: ApprovalSent) -> HttpResponse:
    """Ask for the approvals that a deed needs."""
    return _done(request, perform(asking_for_approval(request, action_named(name), sent)))


@router.get(
    "/actions/{name}/verdict",
    response=reading(VerdictTold),
    summary="本人可否申请办理这件事",
    description="只看岗位，不看办理对象。",
)
@_answered
def may_be_asked(request: Asking, name: str) -> HttpResponse:
    """Whether his posts let him ask for it; no target is looked at."""
    action = action_named(name)
    barred = may_ask(action, request.who.person, request.who.terms)
    return _verdict(request, action, barred, is_open=True)


@router.post(
    "/actions/{name}/verdict",
    response=posting(VerdictTold),
    summary="判断可否办理，不办理",
    description="按给出的对象和内容判断，不办理，也不登记。",
)
@_answered
def judged(request: Asking, name: str, sent: QuestionSent) -> HttpResponse:
    """Judge a deed as far as it is sent, without doing it."""
    return _judged(request, action_named(name), sent)


@router.get(
    "/actions/{name}/{uuid:target}/verdict",
    response=reading(VerdictTold),
    summary="可否对某一对象办理这件事",
    description="只看对象，不看要填写的内容。",
)
@_answered
def judged_on(request: Asking, name: str, target: UUID) -> HttpResponse:
    """Judge a deed on one target, before anything is entered."""
    return _judged(request, action_named(name), QuestionSent(), targets=(target,))


def _judged(
    request: Asking, action: Action[Any], sent: QuestionSent, *, targets: tuple[UUID, ...] = ()
) -> HttpResponse:
    who = request.who
    if barred := may_ask(action, who.person, who.terms):
        return _verdict(request, action, barred, is_open=False)
    if names_if_seen(action, who.person, who.terms, targets) is None:
        raise Http404
    asked = request_of(request, action, sent, targets=targets)
    is_open = sent.inputs is None
    return _verdict(
        request, action, explain(asked, filled_in=not is_open).refusals, is_open=is_open
    )


def _verdict(
    request: Asking, action: Action[Any], refusals: Iterable[Refusal], *, is_open: bool
) -> HttpResponse:
    who = request.who
    listed = as_data(refusals, who.person)
    needed = approvals_that_may_be_needed(action, who.terms) if is_open else ()
    may_need = [asdict(each) for each in needed]
    return told({"allowed": not listed, "refused": listed, "may_need": may_need})
