"""The desk (工作台): what comes first, what is owed, and a box that understands any label."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from baomi.entrypoints.guarding.logged_in import Asking
from baomi.entrypoints.web import finding, wanted
from baomi.entrypoints.web.home.desk import desk_of
from baomi.registers.seen_once import looking


@require_safe
def home(request: Asking) -> HttpResponse:
    """What somebody does first, owes, decides, holds and looks after."""
    with looking():  # the reminders at the top ask the same again
        return render(request, "home.html", {"desk": desk_of(request.who)})


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
