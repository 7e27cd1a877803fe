"""Approvals: what waits for one's decision, one's own requests, and all that one decision needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from baomi.engine import registry
from baomi.engine.face.reading import books
from baomi.engine.inputs import Fault, InvalidInputs
from baomi.engine.operations import OperationIdReused
from baomi.engine.perform import perform
from baomi.engine.receipts import of_operation
from baomi.engine.request import Receipt, Request
from baomi.entrypoints.guarding import drafts
from baomi.entrypoints.guarding.logged_in import Asking, Who
from baomi.entrypoints.web import approval_seen, attaching, prefill, refused
from baomi.entrypoints.web.approval_seen import CONSENT, DECIDE, KIND, WITHDRAW, Asked
from baomi.entrypoints.web.deed import Posted, id_in
from baomi.entrypoints.web.forms.fields import Form
from baomi.entrypoints.web.panels.attachments import attachments_of
from baomi.entrypoints.web.panels.every import papers_of
from baomi.entrypoints.web.panels.panel import SHOWN, narrow_of
from baomi.entrypoints.web.views import deeds
from baomi.entrypoints.web.wanted import PREFIX
from baomi.kernel.ids import new_id
from baomi.kernel.judge import may_ask
from baomi.kernel.verdict import BadInput, Refused
from baomi.kernel.words import Door
from baomi.registers import paging
from baomi.registers.approvals import reads
from baomi.registers.listing import Page

_WAITING: Final = ("label", "level", "title", "clauses", "asked_by", "asked_on", "reason")
_OWN: Final = ("label", "title", "asked_on", "deciders", "state", "until")
_DECIDED: Final = ("label", "title", "asked_by", "asked_on", "state", "settled_on")
_REUSED: Final = "这一页已经提交过，内容又有改动：请核对后再提交一次。"


@require_safe
def index(request: Asking) -> HttpResponse:
    """What waits for his decision, where his own requests stand, what he decided lately."""
    who = request.who
    told = {
        "waiting": _waiting(who),
        "own": _listed(who, "asked", _OWN),
        "decided": _listed(who, "decided", _DECIDED),
        "narrow": narrow_of(books()[KIND]),
        "all_own": f"{reverse('register', args=[KIND])}?{PREFIX}asked=yes",
        "all_decided": f"{reverse('register', args=[KIND])}?{PREFIX}decided=yes",
        "notes": _notes(request),
    }
    return render(request, "approvals.html", told)


def _waiting(who: Who) -> Page:
    """Those that he can decide on, the oldest first."""
    ids = reads.waiting_for(who.person, who.terms)
    book = books()[KIND]
    of_his = replace(book, rows=lambda actor: book.rows(actor).filter(id__in=ids))
    return paging.page(
        of_his, who.person, who.terms, order="oldest", columns=_WAITING, size=paging.MOST_ROWS
    )


def _listed(who: Who, flag: str, columns: Sequence[str]) -> Page:
    return paging.page(
        books()[KIND], who.person, who.terms, filters={flag: "yes"}, columns=columns, size=SHOWN
    )


@require_safe
def one(request: Asking, key: UUID) -> HttpResponse:
    """One request, with everything that a decision on it needs."""
    draft = id_in(request.GET.get("draft", ""))
    kept = drafts.found(draft, request.who.account) if draft else None
    typed = kept.fields if kept is not None and kept.path.endswith(f"{key}/decide") else QueryDict()
    return _page(request, _found(request, key), typed)


def _found(request: Asking, key: UUID) -> Asked:
    found = approval_seen.asked(request.who, key)
    if found is None:
        raise Http404
    return found


def _page(
    request: Asking,
    found: Asked,
    typed: QueryDict,
    *,
    wrong: tuple[Fault, ...] = (),
    refusals: Sequence[dict[str, Any]] = (),
    status: int = 200,
) -> HttpResponse:
    who = found.who
    waits = found.state == "waiting"
    may_withdraw = found.is_own and found.state in ("waiting", "granted")
    decide = Posted(action=registry.actions()[DECIDE], who=who, posted=typed, targets=())
    form = Form(who.terms, wrong)
    fields = form.fields(decide.action.inputs, decide.raw)
    told = approval_seen.told(found) | {
        "against": approval_seen.against_it(found),
        "bar": approval_seen.bar_of(found, DECIDE) if waits and not found.is_own else (),
        "may_decide": False,
        "may_withdraw": may_withdraw and not approval_seen.bar_of(found, WITHDRAW),
        "may_record": waits and _has_consent_to_record(found),
        "consent": CONSENT,
        "fields": {each.name: each for each in fields},
        "faults": form.elsewhere(fields),
        "refusals": refusals,
        "op_id": new_id(),
        "more": len(set(reads.waiting_for(who.person, who.terms)) - {found.key}),
        "papers": papers_of(found.seen),
        "attached": attachments_of(found.seen),
        "attach": attaching.offer(who, KIND, found.key),
        "kind": found.deed["things_kind"],
        "notes": _notes(request),
    }
    told["may_decide"] = waits and not found.is_own and not told["bar"]
    return render(request, "approval.html", told, status=status)


def _has_consent_to_record(found: Asked) -> bool:
    waits = any(each["body"] and each["state"] == "waiting" for each in found.needs)
    return waits and not may_ask(registry.actions()[CONSENT], found.who.person, found.who.terms)


def _notes(request: Asking) -> tuple[dict[str, str], ...]:
    """What was just done, with its receipt: his own deed only."""
    op_id = id_in(request.GET.get("done", ""))
    found = of_operation(op_id, actor=request.who.id) if op_id else None
    if found is None:
        return ()
    title = registry.actions()[found.action].title
    return ({"kind": "done", "text": f"“{title}”已办理并写入日志，回执 {found.text}。"},)


@require_POST
def decide(request: Asking, key: UUID) -> HttpResponse:
    """The decision; then this request again, or the next one that waits."""
    return _on_request(request, key, DECIDE)


@require_POST
def withdraw(request: Asking, key: UUID) -> HttpResponse:
    """The asker takes it back."""
    return _on_request(request, key, WITHDRAW)


def _on_request(request: Asking, key: UUID, name: str) -> HttpResponse:
    found = _found(request, key)
    action = registry.actions()[name]
    posted = Posted(action=action, who=request.who, posted=request.POST, targets=(key,))
    try:
        receipt = perform(posted.request(to_be_done=True))
    except InvalidInputs as wrong:
        return _page(request, found, request.POST, wrong=wrong.faults, status=422)
    except BadInput as fault:
        told = (Fault(fault.field or "", fault.sentence),)
        return _page(request, found, request.POST, wrong=told, status=422)
    except OperationIdReused:
        return _page(request, found, request.POST, wrong=(Fault("", _REUSED),), status=422)
    except Refused as no:
        against = refused.told(no.verdict.refusals, request.who, [key])
        return _page(request, found, request.POST, refusals=against, status=409)
    return HttpResponseRedirect(_onward(request, key, receipt))


def _onward(request: Asking, key: UUID, receipt: Receipt) -> str:
    """To the next that waits, if he wants to go on: to the list where none does."""
    done = f"?done={receipt.op_id}"
    if "next" not in request.POST:
        return reverse("approval", args=[key]) + done
    waiting = reads.waiting_for(request.who.person, request.who.terms)
    return (reverse("approval", args=[waiting[0]]) if waiting else reverse("approvals")) + done


@require_POST
def do(request: Asking, key: UUID) -> HttpResponse:
    """What was granted, done with exactly what was entered, by whoever may do it."""
    found = _found(request, key)
    if not found.can_be_done or found.action is None:
        raise Http404
    entered: Mapping[str, Any] = found.deed["entered"]
    said = Request(
        action=found.action.name,
        actor=request.who.id,
        targets=found.things,
        inputs=entered,
        op_id=id_in(request.POST.get("op_id", "")) or new_id(),
        door=Door.WEB,
    )
    try:
        receipt = perform(said)
    except Refused as no:
        return _form(request, found, refusals=no.verdict.refusals, status=409)
    except InvalidInputs as wrong:
        return _form(request, found, wrong=wrong.faults, status=422)
    except BadInput as fault:
        told = (Fault(fault.field or "", fault.sentence),)
        return _form(request, found, wrong=told, status=422)
    except OperationIdReused:
        return _form(request, found, wrong=(Fault("", _REUSED),), status=422)
    return HttpResponseRedirect(f"{reverse('approval', args=[key])}?done={receipt.op_id}")


@require_safe
def again(request: Asking, key: UUID) -> HttpResponse:
    """The deed's form as it was filled in, to be changed and asked for anew."""
    found = _found(request, key)
    if not found.can_be_asked_again:
        raise Http404
    return _form(request, found, asks=True)


def _form(request: Asking, found: Asked, **how: Any) -> HttpResponse:
    """The deed's own form, with what the request holds."""
    if found.action is None:
        raise Http404
    things = found.things
    filled = prefill.form_of(found.action, found.deed["entered"], things, found.who)
    if found.state == "returned":
        filled["again_of"] = str(found.key)
        filled["why"] = str(found.seen.cell("reason"))
    targets = things if len(things) == 1 else ()
    posted = Posted(action=found.action, who=found.who, posted=filled, targets=targets)
    return deeds.show(request, posted, filled, **how)
