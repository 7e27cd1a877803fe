"""Attach a scan to a thing, take an attached file out, and signed papers that come back."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baomi.engine.attachments import returning, store
from baomi.engine.attachments.attaching import SIGNED, Wanted, attach_upload
from baomi.engine.attachments.attaching import attach as upload_and_attach
from baomi.engine.attachments.checking import too_large
from baomi.engine.attachments.judging import MOST_RETURNED
from baomi.engine.attachments.serving import fetched
from baomi.engine.faults import sentences_for
from baomi.engine.inputs import InvalidInputs
from baomi.engine.operations import OperationIdReused
from baomi.entrypoints.guarding.logged_in import Asking
from baomi.entrypoints.web import attaching
from baomi.entrypoints.web.entitled import only_for
from baomi.entrypoints.web.menu import CUSTODIANS
from baomi.kernel.ids import derived_id, new_id
from baomi.kernel.verdict import BadInput, Refused
from baomi.kernel.words import Door, Level

FAULTS: Final = (BadInput, InvalidInputs, OperationIdReused, Refused)


@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: Asking, kind: str, key: UUID) -> HttpResponse:
    """The form for one thing, or the deed; back to the thing's page afterwards."""
    offer = attaching.offer(request.who, kind, key)
    if offer is None:
        raise Http404
    if request.method != "POST":
        return render(request, "attach.html", {"attach": offer, "faults": [], "typed": {}})
    file = request.FILES.get("file")
    try:
        if file is None:
            raise BadInput(attaching.why_no_file(request, too_large()))
        wanted = Wanted(
            kind=kind,
            thing=key,
            role=request.POST.get("role", ""),
            level=request.POST.get("level", ""),
            note=request.POST.get("note", ""),
        )
        op_id = _uuid(request.POST.get("op_id", "")) or new_id()
        upload_and_attach(wanted, file.read(), actor=request.who.id, door=Door.WEB, op_id=op_id)
    except FAULTS as fault:
        told = {
            "attach": offer,
            "faults": sentences_for(fault, request.who.person),
            "typed": request.POST,
        }
        return render(request, "attach.html", told, status=422)
    return HttpResponseRedirect(reverse("object", args=[kind, key]))


@require_safe
def file(request: Asking, key: UUID) -> HttpResponse:
    """An attached file, to be saved."""
    found = fetched(request.who.person, key)
    if found is None:
        raise Http404
    return HttpResponse(found.content, content_type=found.type, headers=found.headers)


@require_http_methods(["GET", "HEAD", "POST"])
def returned(request: Asking) -> HttpResponse:
    """A scan of signed papers: which page belongs to what. Nothing is attached yet."""
    only_for(request.who, CUSTODIANS)
    told: dict[str, Any] = {"pages": (), "fault": "", "done": ()}
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise BadInput(attaching.why_no_file(request, too_large()))
            pages = returning.read_scan(file.read(), request.who.person)
            told["pages"] = [_shown(page) for page in pages]
        except BadInput as no:
            told["fault"] = no.sentence
    status = 422 if told["fault"] else 200
    return render(request, "attach_returned.html", told, status=status)


def _shown(page: returning.ReturnedPage) -> dict[str, Any]:
    least = page.belongs.level if page.belongs else min(Level)
    levels = attaching.levels_from(least)
    fault = page.fault if levels else "此页所属一项的密级高于本机核准存放的密级，不能附上"
    return {"page": page, "levels": levels, "fault": fault, "label": _label(page)}


def _label(page: returning.ReturnedPage) -> str:
    return page.belongs.label if page.belongs else ""


@require_POST
def take(request: Asking) -> HttpResponse:
    """Attach the pages that were chosen, each by itself; the others are removed."""
    only_for(request.who, CUSTODIANS)
    uploads = request.POST.getlist("upload")[:MOST_RETURNED]
    done = []
    for number, text in enumerate(uploads, start=1):
        upload = _uuid(text)
        if upload is None:
            raise Http404
        if request.POST.get(f"take.{number}") != "yes":
            store.forget(upload, request.who.id)
            continue
        done.append((number, *_taken(request, number, upload)))
    return render(request, "attach_returned.html", {"pages": (), "fault": "", "done": done})


def _taken(request: Asking, number: int, upload: UUID) -> tuple[str, str]:
    """A page's label, and why it was not attached; empty: it was."""
    label = request.POST.get(f"label.{number}", "").strip()
    try:
        belongs = returning.belonging(label, request.who.person)
        wanted = Wanted(
            kind=belongs.kind,
            thing=belongs.thing,
            role=SIGNED,
            level=request.POST.get(f"level.{number}", ""),
        )
        op_id = derived_id(upload, "returned")
        attach_upload(wanted, upload, actor=request.who.id, door=Door.WEB, op_id=op_id)
    except FAULTS as fault:
        return label, "".join(sentences_for(fault, request.who.person))
    return belongs.label, ""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
