"""The rulebook (制度): every clause in the order of the paper, narrowed and searched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from baomi.engine.clauses.listed import MEANING, STATUS, every_clause
from baomi.engine.clauses.narrowing import (
    LONGEST,
    Narrowed,
    choose,
    grouped,
    known_choices,
    narrowed,
)
from baomi.engine.clauses.standing import NOTHING_OWED, Duties, duties_by_clause
from baomi.engine.runtime.searches import open_search, put_search
from baomi.entrypoints.guarding.logged_in import Asking
from baomi.kernel.verdict import BadInput
from baomi.rulebook.text import load_text

_KEPT: Final = "rulebook"  # what the stored search is one of


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Asking) -> HttpResponse:
    """Every clause; posting narrows them, and keeps what was typed under an opaque id."""
    if request.method == "POST":
        return _posted(request)
    try:
        wanted = narrowed(request.GET.dict())
    except BadInput:
        raise Http404 from None
    return _page(request, wanted)


@require_safe
def found(request: Asking, key: UUID) -> HttpResponse:
    """What was looked for, as it stands now."""
    kept = open_search(key, request.who.id)
    if not isinstance(kept, dict) or kept.get("of") != _KEPT:
        raise Http404
    try:
        wanted = narrowed(kept["narrowed"])
    except BadInput:  # a choice that an older program offered
        raise Http404 from None
    return _page(request, wanted, kept["text"])


def _posted(request: Asking) -> HttpResponse:
    typed = request.POST.get("text", "").strip()
    try:
        wanted = narrowed(request.POST.dict())
        clauses = choose(wanted, _late(duties_by_clause(request.who.person)), typed)
    except BadInput as fault:
        return _page(request, Narrowed(), typed[:LONGEST], fault=fault.sentence)
    if not typed:
        query = urlencode({key: value for key, value in asdict(wanted).items() if value})
        return HttpResponseRedirect(f"{reverse('rulebook')}{'?' if query else ''}{query}")
    if len(clauses) == 1:
        return HttpResponseRedirect(reverse("clause", args=[clauses[0].id]))
    kept = {"of": _KEPT, "narrowed": asdict(wanted), "text": typed}
    return HttpResponseRedirect(reverse("rulebook_found", args=[put_search(request.who.id, kept)]))


def _late(owed: Mapping[str, Duties]) -> set[str]:
    return {clause for clause, each in owed.items() if each.overdue}


def _page(request: Asking, wanted: Narrowed, typed: str = "", *, fault: str = "") -> HttpResponse:
    """The clauses wanted; where they cannot be asked for so, what is wrong and no clauses."""
    owed = duties_by_clause(request.who.person)
    clauses = [] if fault else choose(wanted, _late(owed), typed)
    told: dict[str, Any] = {
        "groups": grouped(clauses),
        "owed": owed,
        "nothing": NOTHING_OWED,
        "wanted": wanted,
        "typed": typed,
        "longest": LONGEST,
        "known": known_choices(),
        "status": STATUS,
        "meaning": MEANING,
        "counts": Counter(row.status for each in every_clause() for row in each.rows),
        "systems": _summary(owed),
        "total": len(clauses),
        "fault": fault,
        "heading": load_text().heading_of.get(wanted.under),
    }
    return render(request, "rulebook.html", told, status=422 if fault else 200)


def _summary(owed: Mapping[str, Duties]) -> list[dict[str, Any]]:
    """The five 制度 with their counts, and what this program adds."""
    return [
        {
            "code": group.code,
            "title": group.title,
            "clauses": len(group.clauses),
            "counts": group.counts,
            "behind": group.behind,
            "open": sum(owed.get(each.id, NOTHING_OWED).open for _, each in group.clauses),
            "overdue": sum(owed.get(each.id, NOTHING_OWED).overdue for _, each in group.clauses),
        }
        for group in grouped(every_clause())
    ]
