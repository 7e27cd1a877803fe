"""Work over a second long, as its asker watches it: progress, what came of it, its file."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from baomi.engine.jobs import queue
from baomi.engine.jobs.queue import JobSeen
from baomi.entrypoints.guarding.logged_in import Asking
from baomi.entrypoints.web.importing import COUNTS, FIELDS, IGNORED, columns_of, for_page

PREVIEW: Final = "import_preview"
IMPORT: Final = "import"
TYPES: Final = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
    ".pdf": "application/pdf",
}


@require_safe
def index(request: Asking) -> HttpResponse:
    """One's own jobs of the last day."""
    return render(request, "jobs.html", {"jobs": queue.mine(request.who.id)})


@require_safe
def job(request: Asking, key: UUID) -> HttpResponse:
    """One job; its page asks again by itself until the job is over."""
    seen = _own(request, key)
    is_asking_itself = bool(request.headers.get("HX-Request"))
    if seen.kind == PREVIEW and seen.state == queue.DONE:
        if is_asking_itself:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return HttpResponseRedirect(reverse("import_seen", args=[key]))
    told = {
        "job": seen,
        "faults": [for_page(each) for each in seen.faults],
        "is_import": seen.kind in (PREVIEW, IMPORT),
        "columns": columns_of(seen),
        "fields": (*FIELDS, IGNORED),
        "counts": COUNTS,
        "problems": [
            each | {"text": for_page(each["text"])} for each in seen.told.get("problems", ())
        ],
    }
    return render(request, "job.html", told)


@require_safe
def job_file(request: Asking, key: UUID) -> HttpResponse:
    """The file that came of a job, under its neutral name."""
    _own(request, key)
    found = queue.result_file(key, request.who.id)
    if found is None:
        raise Http404
    name, content = found
    kind = TYPES.get(f".{name.rpartition('.')[2]}", "application/octet-stream")
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_POST
def stop(request: Asking, key: UUID) -> HttpResponse:
    """Have a job stopped; one that is over already stays as it is."""
    _own(request, key)
    queue.stop(key, request.who.id)
    return HttpResponseRedirect(reverse("job", args=[key]))


def _own(request: Asking, key: UUID) -> JobSeen:
    seen = queue.seen(key, request.who.id)
    if seen is None:
        raise Http404
    return seen
