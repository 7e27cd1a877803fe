"""What a form asks while it is being filled in: whether it is lawful so far, what may be meant."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from baomi.engine.approving import may_ask_for
from baomi.engine.explain import explain
from baomi.engine.face.reading import offers_for
from baomi.engine.inputs import InvalidInputs
from baomi.entrypoints.guarding.logged_in import Asking
from baomi.entrypoints.web import refused, to_approve
from baomi.entrypoints.web.deed import (
    Posted,
    action_named,
    id_in,
    posted_for,
    visible_targets,
)
from baomi.entrypoints.web.to_approve import UNSAID
from baomi.kernel.judge import may_ask
from baomi.kernel.verdict import BadInput

_NOT_YET: Final = "还没有填完，填完后再判断。"
_DIRECTLY: Final = "这样填写不需要报批，请有关岗位直接办理。"


@require_POST
def judge(request: Asking, name: str) -> HttpResponse:
    """The form judged as far as it is filled in, without being done; nothing is recorded."""
    action, who = action_named(name), request.who
    posted = posted_for(request, action, id_in(request.POST.get("target", "")))
    told: dict[str, Any] = {"refusals": [], "sentence": "", "lawful": False, "to_approve": ()}
    told["asked_already"] = False
    told["can_do"] = not may_ask(action, who.person, who.terms)
    try:
        if not may_ask_for(action, who.person):
            raise Http404
        visible_targets(action, who, posted.targets)
        told |= _judged(posted) if told["can_do"] else _foreseen(posted)
    except InvalidInputs:
        told["sentence"] = _NOT_YET
    except BadInput as fault:
        told["sentence"] = fault.sentence
    return render(request, "judged.html", told)


def _judged(posted: Posted) -> dict[str, Any]:
    verdict = explain(posted.request(to_be_done=False), filled_in=True)
    told = {
        "refusals": refused.told(verdict.refusals, posted.who, posted.targets),
        "lawful": verdict.allowed,
    }
    if refused.lacks_only_approval(verdict.refusals):
        lacking = {f"{each.clause}/{each.guard}" for each in verdict.refusals}
        found = to_approve.foreseen(posted.request_for_approval(why=UNSAID))
        told["to_approve"] = to_approve.deciders(found.needs, posted.who, lacking)
        # then it is no news that it must be asked for, but why what was asked does not carry it
        things = [each.subject for each in found.needs]
        told["asked_already"] = bool(to_approve.standing(posted.who, posted.action.name, things))
    return told


def _foreseen(posted: Posted) -> dict[str, Any]:
    """For who may only ask for its approval: what else speaks against it, and who would decide."""
    found = to_approve.foreseen(posted.request_for_approval(why=UNSAID))
    if not found.refusals and not found.needs:
        return {"sentence": _DIRECTLY}
    return {
        "refusals": refused.told(found.refusals, posted.who, posted.targets),
        "to_approve": to_approve.deciders(found.needs, posted.who) if not found.refusals else (),
    }


@require_POST
def pick(request: Asking, kind: str) -> HttpResponse:
    """What is offered while somebody types into a field that names a row."""
    typed = request.POST.get("typed", "")[:60]
    offers = offers_for(request.who.person, kind, typed)
    return render(request, "offers.html", {"offers": offers})
