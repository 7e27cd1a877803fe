"""The desk (工作台): what is owed, held, due, and a box that understands any label."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from baomi.entrypoints.guarding.logged_in import Asking
from baomi.entrypoints.web import desk, finding, wanted


@require_safe
def home(request: Asking) -> HttpResponse:
    """What somebody owes, holds and has to decide today."""
    now, soon = desk.owed(request.who)
    copies, has_more = desk.held(request.who, (*now, *soon))
    told = {
        "now": now[: desk.SHOWN],
        "now_left": max(0, len(now) - desk.SHOWN),
        "soon": soon[: desk.SHOWN],
        "soon_left": max(0, len(soon) - desk.SHOWN),
        "held": copies,
        "held_more": has_more,
        "tiles": desk.tiles(request.who),
        "days": desk.SOON,
    }
    return render(request, "home.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: Asking) -> HttpResponse:
    """Whatever was scanned or typed, found among what he may see; an address holds none of it."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("home"))
    text = request.POST.get("text", "")
    found = finding.find(request.who, text)
    if len(found.hits) == 1:
        return HttpResponseRedirect(reverse("object", args=list(found.hits[0].link)))
    if found.search is not None and not found.sentence:
        return HttpResponseRedirect(wanted.keep(found.search, request.who))
    told = {
        "hits": found.hits,
        "sentence": found.sentence,
        "search": wanted.keep(found.search, request.who) if found.search else "",
        "typed": text,
    }
    return render(request, "found.html", told, status=200 if found.hits else 404)
