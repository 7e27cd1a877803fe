"""One view for all actions: the form, the deed or the request to approve it, and its receipt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from pydantic import SecretStr

from baomi.engine import registry
from baomi.engine.approving import may_ask_for
from baomi.engine.attachments.attaching import ATTACH
from baomi.engine.explain import explain
from baomi.engine.face.reading import names_of
from baomi.engine.inputs import Fault, InvalidInputs, parse
from baomi.engine.login import CHANGE_PASSWORD, LoginRefused, MustChangePassword
from baomi.engine.may_need import approvals_that_may_be_needed, in_one_sentence
from baomi.engine.operations import OperationIdReused
from baomi.engine.perform import perform
from baomi.engine.receipts import Done, of_operation
from baomi.engine.request import Receipt
from baomi.entrypoints.guarding import drafts
from baomi.entrypoints.guarding.logged_in import Asking, Who
from baomi.entrypoints.web import prefill, refused, to_approve
from baomi.entrypoints.web.deed import (
    Posted,
    action_named,
    id_in,
    posted_for,
    visible_targets,
    with_choices,
)
from baomi.entrypoints.web.entitled import ASKED_IN_THE_FORM
from baomi.entrypoints.web.forms.fields import Form
from baomi.entrypoints.web.to_approve import UNSAID
from baomi.kernel.action import Action
from baomi.kernel.ids import new_id
from baomi.kernel.judge import ACCESS, ASK, may_ask
from baomi.kernel.verdict import BadInput, Refusal, Refused

# asked for on the page of what they are about
_ELSEWHERE = frozenset({ASK, ATTACH, "approvals.decide", "approvals.withdraw"})
_ONLY_SENT = r"/(verify|seal|compare|stop|do|decide|withdraw)$"
_AS_TYPED = ("happened_on", "late_reason", "second_login", "again_of")
_NO_TARGETS: dict[str, Any] = {"targets": {}, "named": {}, "typed": [], "target_faults": []}
_CHANGED = "这张表单已经提交过，内容又有改动：请核对后再提交一次。"


@require_safe
def index(request: Asking) -> HttpResponse:
    """Every deed that his posts let him do, or ask to be approved, by register."""
    who = request.who
    groups: dict[str, list[Action[Any]]] = {}
    to_ask: list[Action[Any]] = []
    for action in registry.actions().values():
        if action.name in _ELSEWHERE:
            continue
        if not may_ask(action, who.person, who.terms):
            groups.setdefault(action.name.partition(".")[0], []).append(action)
        elif may_ask_for(action, who.person):
            to_ask.append(action)
    return render(request, "deeds.html", {"groups": groups, "to_ask": to_ask})


@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: Asking, name: str, target: UUID | None = None) -> HttpResponse:
    """The form of an action, or the deed."""
    action = action_named(name)
    if name == CHANGE_PASSWORD:  # asks for the old one, which this form does not know
        return HttpResponseRedirect(reverse("password"))
    if name == ASK:  # asked from the form of what is to be approved
        return HttpResponseRedirect(reverse("deeds"))
    posted = posted_for(request, action, target)
    if request.method != "POST":
        begun = prefill.from_address(action, request.who, request.GET, posted.targets)
        return show(request, posted, begun)
    try:
        receipt = perform(posted.request(to_be_done=True))
    except InvalidInputs as wrong:
        return _again(request, posted, with_choices(action, request.who, wrong).faults)
    except BadInput as fault:
        return _again(request, posted, (Fault(fault.field or "", fault.sentence),))
    except (LoginRefused, MustChangePassword) as fault:
        return _again(request, posted, (Fault("second_login", f"第二人：{fault.sentence}"),))
    except OperationIdReused:
        return _again(request, posted, (Fault("", _CHANGED),))
    except Refused as no:
        return show(request, posted, request.POST, refusals=no.verdict.refusals, status=409)
    return _done(request, action, receipt)


@require_POST
def ask(request: Asking, name: str, target: UUID | None = None) -> HttpResponse:
    """The same form, sent to be approved instead of done."""
    action = action_named(name)
    posted = posted_for(request, action, target)
    faults = _faults_of_reason(request.POST.get("why", ""))
    try:
        asked = posted.request_for_approval(why=UNSAID)
        if faults:
            return _again(request, posted, faults, asks=True)
        receipt = perform(asked)
    except InvalidInputs as wrong:
        found = with_choices(action, request.who, wrong).faults
        return _again(request, posted, (*faults, *found), asks=True)
    except BadInput as fault:
        found = (Fault(fault.field or "", fault.sentence),)
        return _again(request, posted, (*faults, *found), asks=True)
    except OperationIdReused:
        return _again(request, posted, (Fault("", _CHANGED),), asks=True)
    except Refused as no:
        return show(request, posted, request.POST, refusals=no.verdict.refusals, status=409)
    return HttpResponseRedirect(
        f"{reverse('approval', args=[receipt.told['request']])}?done={receipt.op_id}"
    )


def _faults_of_reason(why: str) -> tuple[Fault, ...]:
    """The reason is checked before it is sent with what the form itself may call so."""
    try:
        parse(registry.actions()[ASK], {"deed": ASK, "reason": why})
    except InvalidInputs as wrong:
        return tuple(Fault("why", each.sentence) for each in wrong.faults)
    return ()


def _again(
    request: Asking, posted: Posted, wrong: tuple[Fault, ...], *, asks: bool = False
) -> HttpResponse:
    return show(request, posted, request.POST, wrong=wrong, status=422, asks=asks)


def show(
    request: Asking,
    posted: Posted,
    entered: QueryDict,
    *,
    wrong: tuple[Fault, ...] = (),
    refusals: Sequence[Refusal] | None = None,
    status: int = 200,
    restored: bool = False,
    asks: bool = False,
) -> HttpResponse:
    """The form, with what was entered; whoever may not ask learns why, and sees no form.

    ``refusals`` None: those that stand before anything is entered. ``asks``: the place to ask
    for an approval is open.
    """
    action, who = posted.action, request.who
    can_do, can_ask = not may_ask(action, who.person, who.terms), may_ask_for(action, who.person)
    filled = Posted(action=action, who=who, posted=entered, targets=posted.targets)
    form = Form(who.terms, wrong)
    fields = form.fields(action.inputs, filled.raw)
    against, unlawful = _standing(posted) if refusals is None and can_do else (refusals or (), ())
    beside = {each.sentence for each in wrong if each.field in ("targets", "why")}
    told = {
        "action": action,
        "can_do": can_do,
        "asks": asks or not can_do or refused.lacks_only_approval(against),
        "lacks_only_approval": refused.lacks_only_approval(against),
        "fields": fields,
        "faults": [each for each in form.elsewhere(fields) if each not in beside],
        "refusals": [*refused.told(against, who, posted.targets), *unlawful],
        "op_id": new_id(),
        "restored": restored,
        "address": _address(posted, "deed"),
        "notes": (),
    }
    told |= {key: entered.get(key, "") for key in _AS_TYPED}
    told |= _of_targets(filled, wrong) if can_ask else _NO_TARGETS
    told |= _of_approval(filled, wrong) if can_ask else _bar(posted)
    return render(request, "deed.html", told, status=status)


def _bar(posted: Posted) -> dict[str, Any]:
    barred = may_ask(posted.action, posted.who.person, posted.who.terms)
    return {"barred": refused.told(barred, posted.who)}


def _of_approval(filled: Posted, wrong: tuple[Fault, ...]) -> dict[str, Any]:
    needed = approvals_that_may_be_needed(filled.action, filled.who.terms)
    return {
        "barred": (),
        "may_need": in_one_sentence(needed),
        "standing": to_approve.standing(filled.who, filled.action.name, filled.targets),
        "why_faults": [each.sentence for each in wrong if each.field == "why"],
        "ask_address": _address(filled, "ask"),
        "reason": filled.posted.get("why", ""),
        "to_approve": (),
    }


def _of_targets(filled: Posted, wrong: tuple[Fault, ...]) -> dict[str, Any]:
    """What it is done to: named by the address, by a page of ours, or typed."""
    targets = visible_targets(filled.action, filled.who, filled.targets)
    named, typed = _named(filled.action, filled.who, filled.posted.getlist("targets"))
    return {
        "targets": targets | named,
        "named": named,
        "typed": typed,
        "target_faults": [each.sentence for each in wrong if each.field == "targets"],
    }


def _named(
    action: Action[Any], who: Who, texts: Sequence[str]
) -> tuple[dict[UUID, str], list[str]]:
    """Of what was typed, the things that a page of ours named by id, and the rest."""
    ids = prefill.ids_among(texts)
    names = names_of(who.person, action.target or "", ids, who.terms) if ids else {}
    left = [each for each in texts if each.strip() and not {*prefill.ids_among([each])} & {*names}]
    return dict(names), left


def _address(posted: Posted, view: str) -> str:
    """Where the form is sent, wherever it is shown."""
    if posted.targets:
        return reverse(f"{view}_on", args=[posted.action.name, posted.targets[0]])
    return reverse(view, args=[posted.action.name])


def _standing(posted: Posted) -> tuple[Sequence[Refusal], Sequence[dict[str, Any]]]:
    """What speaks against it before anything is entered: what greys the button.

    Refusals; and what the things' own state does not allow, which no rule has to refuse.
    """
    if not posted.targets:
        return (), ()
    empty = Posted(action=posted.action, who=posted.who, posted=QueryDict(), targets=posted.targets)
    try:
        verdict = explain(empty.request(to_be_done=False), filled_in=False)
    except BadInput as fault:
        return (), (_unlawful_now(fault.sentence),)
    return [no for no in verdict.refusals if no.guard not in ASKED_IN_THE_FORM], ()


def _unlawful_now(sentence: str) -> dict[str, Any]:
    return {
        "clause": ACCESS,
        "guard": "",
        "title": "现有情况",
        "reason": sentence,
        "remedy": "请核对对象的现状后再办理",
        "remedy_href": None,
        "remedy_title": None,
    }


@require_safe
def draft(request: Asking, key: UUID) -> HttpResponse:
    """What was typed when the session ended, in its form again; nothing was done with it yet."""
    found = drafts.found(key, request.who.account)
    if found is None:
        raise Http404
    parts = found.path.strip("/").split("/")
    if parts[0] not in ("do", "ask") or len(parts) not in (2, 3):
        return HttpResponseRedirect(f"{_page_of(found.path)}?draft={key}")
    target = id_in("".join(parts[2:]))
    posted = posted_for(request, action_named(parts[1]), target)
    return show(request, posted, found.fields, restored=True, asks=parts[0] == "ask")


def _page_of(path: str) -> str:
    """The page from which something was sent: what only takes forms lies below its page."""
    above = path.rpartition("/")[0]
    return above if re.search(_ONLY_SENT, path) else path


def _done(request: Asking, action: Action[Any], receipt: Receipt) -> HttpResponse:
    """A code that is told once is shown at once; everything else has a page of its own."""
    if any(isinstance(each, SecretStr) for each in receipt.told.values()):
        return _receipt(request, action, receipt.text, receipt.told)
    return HttpResponseRedirect(reverse("done", args=[receipt.op_id]))


@require_safe
def done(request: Asking, op_id: UUID) -> HttpResponse:
    """The receipt of one's own deed."""
    found: Done | None = of_operation(op_id, actor=request.who.id)
    if found is None:
        raise Http404
    return _receipt(request, action_named(found.action), found.text, found.told)


def _receipt(request: Asking, action: Action[Any], text: str, told: Any) -> HttpResponse:
    shown = {
        key: each.get_secret_value() if isinstance(each, SecretStr) else each
        for key, each in told.items()
    }
    return render(request, "done.html", {"action": action, "receipt": text, "told": shown})
