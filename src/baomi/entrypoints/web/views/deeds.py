"""One view for all actions: the form, its judgement as it is filled in, the deed, its receipt."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from pydantic import SecretStr

from baomi.engine import registry
from baomi.engine.explain import explain
from baomi.engine.face.reading import offers_for
from baomi.engine.inputs import Fault, InvalidInputs
from baomi.engine.login import CHANGE_PASSWORD, LoginRefused, MustChangePassword
from baomi.engine.operations import OperationIdReused
from baomi.engine.perform import perform
from baomi.engine.receipts import Done, of_operation
from baomi.engine.request import Receipt
from baomi.entrypoints.guarding import drafts
from baomi.entrypoints.guarding.logged_in import Asking, address_of
from baomi.entrypoints.web import refused
from baomi.entrypoints.web.deed import Posted, action_named, visible_targets, with_choices
from baomi.entrypoints.web.entitled import ASKED_IN_THE_FORM
from baomi.entrypoints.web.forms.fields import Form
from baomi.kernel.action import Action
from baomi.kernel.ids import new_id
from baomi.kernel.judge import may_ask
from baomi.kernel.verdict import BadInput, Refused

_ONLY_SENT = r"/(verify|seal|compare|stop|do)$"
_NOT_YET = "还没有填完，填完后再判断。"


@require_safe
def index(request: Asking) -> HttpResponse:
    """Every deed that his posts let him ask for, by register."""
    groups: dict[str, list[Action[Any]]] = {}
    for action in registry.actions().values():
        if not may_ask(action, request.who.person, request.who.terms):
            groups.setdefault(action.name.partition(".")[0], []).append(action)
    return render(request, "deeds.html", {"groups": groups})


@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: Asking, name: str, target: UUID | None = None) -> HttpResponse:
    """The form of an action, or the deed."""
    action = action_named(name)
    if name == CHANGE_PASSWORD:  # asks for the old one, which this form does not know
        return HttpResponseRedirect(reverse("password"))
    posted = _posted(request, action, target)
    if request.method != "POST":
        return _page(request, posted, request.GET)
    try:
        receipt = perform(posted.request(to_be_done=True))
    except InvalidInputs as wrong:
        return _again(request, posted, with_choices(action, request.who, wrong).faults)
    except BadInput as fault:
        return _again(request, posted, (Fault(fault.field or "", fault.sentence),))
    except (LoginRefused, MustChangePassword) as fault:
        return _again(request, posted, (Fault("second_login", f"第二人：{fault.sentence}"),))
    except OperationIdReused:
        sentence = "这张表单已经提交过，内容又有改动：请核对后再提交一次。"
        return _again(request, posted, (Fault("", sentence),))
    except Refused as no:
        told = refused.told(no.verdict.refusals, request.who, posted.targets)
        return _page(request, posted, request.POST, refusals=told, status=409)
    return _done(request, action, receipt)


def _posted(request: Asking, action: Action[Any], target: UUID | None) -> Posted:
    return Posted(
        action=action,
        who=request.who,
        posted=request.POST,
        targets=(target,) if target else (),
        address=address_of(request),
    )


def _again(request: Asking, posted: Posted, wrong: tuple[Fault, ...]) -> HttpResponse:
    return _page(request, posted, request.POST, wrong=wrong, status=422)


def _page(
    request: Asking,
    posted: Posted,
    entered: QueryDict,
    *,
    wrong: tuple[Fault, ...] = (),
    refusals: list[dict[str, Any]] | None = None,
    status: int = 200,
    restored: bool = False,
) -> HttpResponse:
    """The form, with what was entered; whoever may not ask learns why, and sees no form."""
    action, who = posted.action, request.who
    barred = may_ask(action, who.person, who.terms)
    targets = {} if barred else visible_targets(action, who, posted.targets)
    filled = Posted(action=action, who=who, posted=entered, targets=posted.targets)
    form = Form(who.terms, wrong)
    fields = form.fields(action.inputs, filled.raw)
    told = {
        "action": action,
        "barred": refused.told(barred, who),
        "targets": targets,
        "typed": [each for each in entered.getlist("targets") if each.strip()],
        "target_faults": [each.sentence for each in wrong if each.field == "targets"],
        "fields": fields,
        "faults": [each for each in form.elsewhere(fields) if each not in _of_targets(wrong)],
        "refusals": refusals if refusals is not None else _standing(posted, barred=bool(barred)),
        "op_id": new_id(),
        "happened_on": entered.get("happened_on", ""),
        "late_reason": entered.get("late_reason", ""),
        "second_login": entered.get("second_login", ""),
        "restored": restored,
        "address": _address(posted),
        "notes": (),
    }
    return render(request, "deed.html", told, status=status)


def _address(posted: Posted) -> str:
    """Where the form is sent, wherever it is shown."""
    if posted.targets:
        return reverse("deed_on", args=[posted.action.name, posted.targets[0]])
    return reverse("deed", args=[posted.action.name])


def _of_targets(wrong: tuple[Fault, ...]) -> list[str]:
    return [each.sentence for each in wrong if each.field == "targets"]


def _standing(posted: Posted, *, barred: bool) -> list[dict[str, Any]]:
    """What speaks against it before anything is entered: what greys the button."""
    if barred or not posted.targets:
        return []
    empty = Posted(action=posted.action, who=posted.who, posted=QueryDict(), targets=posted.targets)
    try:
        verdict = explain(empty.request(to_be_done=False), filled_in=False)
    except BadInput as fault:
        return [_unlawful_now(fault.sentence)]
    standing = [no for no in verdict.refusals if no.guard not in ASKED_IN_THE_FORM]
    return refused.told(standing, posted.who, posted.targets)


def _unlawful_now(sentence: str) -> dict[str, Any]:
    return {
        "clause": "access",
        "guard": "",
        "title": "现有情况",
        "reason": sentence,
        "remedy": "请核对对象的现状后再办理",
        "remedy_href": None,
        "remedy_title": None,
    }


@require_POST
def judge(request: Asking, name: str) -> HttpResponse:
    """The form judged as far as it is filled in, without being done; nothing is recorded."""
    action = action_named(name)
    posted = _posted(request, action, _id_in(request.POST.get("target", "")))
    told: dict[str, Any] = {"refusals": [], "sentence": "", "lawful": False}
    try:
        if may_ask(action, request.who.person, request.who.terms):
            raise Http404
        visible_targets(action, request.who, posted.targets)
        verdict = explain(posted.request(to_be_done=False), filled_in=True)
        told["refusals"] = refused.told(verdict.refusals, request.who, posted.targets)
        told["lawful"] = verdict.allowed
    except InvalidInputs:
        told["sentence"] = _NOT_YET
    except BadInput as fault:
        told["sentence"] = fault.sentence
    return render(request, "judged.html", told)


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None


@require_POST
def pick(request: Asking, kind: str) -> HttpResponse:
    """What is offered while somebody types into a field that names a row."""
    typed = request.POST.get("typed", "")[:60]
    offers = offers_for(request.who.person, kind, typed)
    return render(request, "offers.html", {"offers": offers})


@require_safe
def draft(request: Asking, key: UUID) -> HttpResponse:
    """What was typed when the session ended, in its form again; nothing was done with it yet."""
    found = drafts.found(key, request.who.account)
    if found is None:
        raise Http404
    parts = found.path.strip("/").split("/")
    if parts[0] != "do" or len(parts) not in (2, 3):
        return HttpResponseRedirect(f"{_page_of(found.path)}?draft={key}")
    target = _id_in("".join(parts[2:]))
    posted = _posted(request, action_named(parts[1]), target)
    return _page(request, posted, found.fields, restored=True)


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
