"""One deed for many rows (批量办理): what can be done and what not, one form, one receipt each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from baomi.engine.inputs import Fault, InvalidInputs
from baomi.engine.login import LoginRefused, MustChangePassword
from baomi.entrypoints.guarding.logged_in import Asking, address_of
from baomi.entrypoints.web import bulk, refused, wanted
from baomi.entrypoints.web.bulk import Selection
from baomi.entrypoints.web.deed import Posted, action_named, with_choices
from baomi.entrypoints.web.forms.fields import Form
from baomi.kernel.action import Action
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput


@require_http_methods(["GET", "HEAD", "POST"])
def select(request: Asking, name: str) -> HttpResponse:
    """The rows that were ticked on a page of a register."""
    book = wanted.book_named(name, request.who)
    if request.method != "POST":  # back from a log-in in between
        return HttpResponseRedirect(reverse("register", args=[name]))
    ticked = request.POST.getlist("ids")
    if len(ticked) > bulk.MOST:
        raise BadInput(f"一次最多选 {bulk.MOST} 行，请分几次办理")
    key = bulk.select(book, request.who, ticked)
    if key is None:
        raise BadInput("没有选中任何一行：请返回台账，在要办理的行前打勾，再按“批量办理”")
    return HttpResponseRedirect(reverse("bulk_on", args=[name, key]))


@require_http_methods(["GET", "HEAD", "POST"])
def many(request: Asking, name: str, key: UUID) -> HttpResponse:
    """The selection: choose what to do, see what can be done, fill in once, do it."""
    selected = bulk.selection(wanted.book_named(name, request.who), request.who, key)
    chosen = request.POST.get("action") or request.GET.get("action", "")
    action = _chosen(request, selected, chosen) if chosen else None
    if request.method != "POST" or action is None:
        return _page(request, selected, action)
    ids = _ticked(request, selected)
    if not ids:
        fault = Fault("", "没有可以办理的行：请返回台账重新选择")
        return _page(request, selected, action, wrong=(fault,))
    posted = Posted(
        action=action,
        who=request.who,
        posted=request.POST,
        targets=ids,
        address=address_of(request),
    )
    try:
        results = bulk.do_each(posted.request(to_be_done=True), request.who, selected.related)
    except InvalidInputs as wrong:
        told = with_choices(action, request.who, wrong).faults
        return _page(request, selected, action, posted=posted, wrong=told)
    except BadInput as fault:
        told = (Fault(fault.field or "", fault.sentence),)
        return _page(request, selected, action, posted=posted, wrong=told)
    except (LoginRefused, MustChangePassword) as fault:
        told = (Fault("second_login", f"第二人：{fault.sentence}"),)
        return _page(request, selected, action, posted=posted, wrong=told)
    told_of = {"book": selected.book, "action": action, "notes": ()}
    done = [each for each in results if each.receipt]
    left = [each for each in results if not each.receipt]
    return render(request, "bulk_done.html", told_of | {"done": done, "refused": left})


def _chosen(request: Asking, selected: Selection, name: str) -> Action[Any]:
    action = action_named(name)
    if action not in bulk.actions_for(selected.book.kind, request.who):
        raise Http404
    return action


def _ticked(request: Asking, selected: Selection) -> tuple[UUID, ...]:
    """The rows that the form said can be done: of the selection, and still to be seen."""
    ticked = set(request.POST.getlist("ids"))
    return tuple(each for each in selected.ids if str(each) in ticked)


def _page(
    request: Asking,
    selected: Selection,
    action: Action[Any] | None,
    *,
    posted: Posted | None = None,
    wrong: tuple[Fault, ...] = (),
) -> HttpResponse:
    who = request.who
    told: dict[str, Any] = {
        "book": selected.book,
        "selection": selected,
        "narrow": {column.key for column in selected.book.columns if column.is_narrow},
        "actions": bulk.actions_for(selected.book.kind, who),
        "action": action,
        "faults": (),
        "notes": (),
    }
    if action is None:
        return render(request, "bulk.html", told)
    form = Form(who.terms, wrong)
    fields = form.fields(action.inputs, posted.raw if posted else {})
    told |= _judged(request, selected, action) | {
        "fields": fields,
        "faults": form.elsewhere(fields),
        "op_id": new_id(),
        "happened_on": request.POST.get("happened_on", ""),
        "late_reason": request.POST.get("late_reason", ""),
        "second_login": request.POST.get("second_login", ""),
    }
    return render(request, "bulk.html", told, status=422 if wrong else 200)


def _judged(request: Asking, selected: Selection, action: Action[Any]) -> dict[str, Any]:
    """The rows to which it can be done, and why not to the others."""
    answers = bulk.answers(action, request.who, selected.ids)
    return {
        "can": {key for key, each in answers.items() if each.allowed},
        "why_not": {
            key: {
                "fault": each.fault,
                "refusals": refused.told(
                    each.refusals, request.who, [key], selected.related, of=action
                ),
            }
            for key, each in answers.items()
            if not each.allowed
        },
    }
