"""One clause of the rulebook: its words, the law beside it, what carries it, how it stands."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from baomi.engine.books import REFUSALS
from baomi.engine.clauses.listed import clause_of, every_clause
from baomi.engine.clauses.narrowing import narrowed
from baomi.engine.clauses.told import tell
from baomi.entrypoints.guarding.logged_in import Asking
from baomi.entrypoints.web import wanted
from baomi.kernel.verdict import BadInput

CHANGES = {
    "first": "首个版本即有此条",
    "added": "此版新增",
    "changed": "此版修订",
    "same": "文字未变",
    "dropped": "此版删去",
    "absent": "没有此条",
    "unknown": "本程序没有这一版的条文",
}


@require_safe
def clause(request: Asking, clause_id: str) -> HttpResponse:
    """A clause; a number that has several parts shows them in the list."""
    each = clause_of(clause_id)
    if each is None:
        return _parts(clause_id)
    who = request.who
    ids = [one.id for one in every_clause()]
    here = ids.index(each.id)
    told = {
        "each": tell(each, who.person, who.terms),
        "changes": CHANGES,
        "opens_refusals": wanted.is_offered(REFUSALS, who),
        "before": ids[here - 1] if here else "",
        "after": ids[here + 1] if here + 1 < len(ids) else "",
        "known": set(ids),
    }
    return render(request, "clause.html", told)


def _parts(number: str) -> HttpResponse:
    """Raises ``Http404`` where nothing stands below a number."""
    try:
        narrowed({"under": number})
    except BadInput:
        raise Http404 from None
    return HttpResponseRedirect(f"{reverse('rulebook')}?{urlencode({'under': number})}")
