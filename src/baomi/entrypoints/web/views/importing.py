"""Bring a register book of the past in: hand it in, look at what would be done, answer, do it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baomi.engine.jobs import queue
from baomi.engine.jobs.queue import JobSeen
from baomi.entrypoints.guarding import drafts
from baomi.entrypoints.guarding.logged_in import Asking
from baomi.entrypoints.web import importing
from baomi.entrypoints.web.entitled import only_for
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post

IMPORTERS: Final = frozenset({Post.REGISTRAR})
PREVIEW, IMPORT = "import_preview", "import"
LINES: Final = 50
RESTORED: Final = "已恢复登录过期前填写的回答，请核对后重新预览。"


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Asking) -> HttpResponse:
    """Where a book is handed in, and what came of those of the last day."""
    only_for(request.who, IMPORTERS)
    if request.method != "POST":
        return _form(request)
    file = request.FILES.get("book")
    if file is None or not file.name:
        return _form(request, _why_no_file(request))
    fault = importing.fault_of_file(file.name, file.size or 0)
    if fault:
        return _form(request, fault)
    name = file.name[-importing.LONGEST :]
    try:
        job = queue.ask(PREVIEW, request.who.id, {"name": name}, file=file.read())
    except BadInput as no:
        return _form(request, no.sentence)
    return HttpResponseRedirect(reverse("job", args=[job]))


def _why_no_file(request: Asking) -> str:
    """A file that is too large is dropped as it comes in, so that it fills no memory."""
    sent = request.META.get("CONTENT_LENGTH") or "0"
    if sent.isdecimal() and int(sent) > importing.LARGEST:
        return importing.fault_of_file("x.csv", importing.LARGEST + 1)
    return "请先选择登记簿文件。"


def _form(request: Asking, fault: str = "") -> HttpResponse:
    jobs = [job for job in queue.mine(request.who.id) if job.kind in (PREVIEW, IMPORT)]
    told = {"fault": fault, "jobs": jobs}
    return render(request, "import.html", told, status=422 if fault else 200)


@require_safe
def seen(request: Asking, key: UUID) -> HttpResponse:
    """What importing the book would do, row by row; nothing is recorded yet."""
    job = _previewed(request, key)
    again = None
    if request.GET.get("again"):
        again = _own(request, _uuid(request.GET["again"]))
    return _preview(request, job, again=again)


def _preview(
    request: Asking,
    job: JobSeen,
    *,
    again: JobSeen | None = None,
    typed: Mapping[importing.Place, str] | None = None,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    lines = job.told["lines"]
    pages = max(1, -(-len(lines) // LINES))
    number = request.GET.get("page", "1")
    page = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 1
    page = min(max(page, 1), pages)
    problems = [each | {"text": importing.for_page(each["text"])} for each in job.told["problems"]]
    told = {
        "job": job,
        "counts": importing.COUNTS,
        "fates": importing.FATES,
        "lines": lines[(page - 1) * LINES : page * LINES],
        "page": page,
        "pages": pages,
        "problems": problems,
        "questions": importing.questions_of(job, typed or importing.typed_answers(again)),
        "given": job.asked.get("answers") or (),
        "columns": importing.columns_of(job),
        "has_unknown": any(each["column"] and not each["rows"] for each in problems),
        "fields": (*importing.FIELDS, importing.IGNORED),
        "faults": [fault]
        if fault
        else [importing.for_page(x) for x in again.faults]
        if again
        else [],
    }
    return render(request, "import_seen.html", told, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def look_again(request: Asking, key: UUID) -> HttpResponse:
    """The same book with these answers and columns: a new preview."""
    job = _over(request, key)
    if request.method != "POST":
        return _restored(request, job)
    mapping, fault = importing.mapping_in(request.POST)
    answers = importing.answers_in(request.POST, job.told.get("asked", ()))
    if "heading" not in request.POST:
        mapping = dict(job.asked.get("mapping") or {})
    told = {
        "name": job.asked.get("name", ""),
        "mapping": mapping,
        "answers": [*(job.asked.get("answers") or ()), *answers],
        "before": str(_last_done(request, job)),
    }
    return _asked(request, PREVIEW, told, job, fault)


@require_POST
def do(request: Asking, key: UUID) -> HttpResponse:
    """Record what the preview showed, with the answers given there."""
    job = _previewed(request, key)
    told = {name: job.asked.get(name) for name in ("name", "mapping", "answers")}
    return _asked(request, IMPORT, told | {"before": str(key)}, job, "")


def _restored(request: Asking, job: JobSeen) -> HttpResponse:
    """Back from a log-in in between: what was typed stands in its fields again."""
    draft = drafts.found(_uuid(request.GET.get("draft", "")), request.who.account)
    if draft is None or job.state != queue.DONE:
        raise Http404
    answers = importing.answers_in(draft.fields, job.told.get("asked", ()))
    return _preview(request, job, typed=importing.by_place(answers), fault=RESTORED)


def _asked(
    request: Asking, kind: str, told: dict[str, Any], job: JobSeen, fault: str
) -> HttpResponse:
    if not fault:
        try:
            new = queue.ask(kind, request.who.id, told, file_of=job.id)
            return HttpResponseRedirect(reverse("job", args=[new]))
        except BadInput as no:
            fault = no.sentence
    if job.state == queue.DONE:
        return _preview(request, job, fault=fault, status=422)
    return _form(request, fault)


def _last_done(request: Asking, job: JobSeen) -> UUID:
    """The preview to go back to: this one, or the one before a look that could not be taken."""
    if job.state == queue.DONE or not job.asked.get("before"):
        return job.id
    return _uuid(str(job.asked["before"]))


def _own(request: Asking, key: UUID) -> JobSeen:
    """A preview or import of one's own. Raises ``Http404``."""
    only_for(request.who, IMPORTERS)
    job = queue.seen(key, request.who.id)
    if job is None or job.kind not in (PREVIEW, IMPORT):
        raise Http404
    return job


def _over(request: Asking, key: UUID) -> JobSeen:
    job = _own(request, key)
    if job.kind != PREVIEW or job.is_open:
        raise Http404
    return job


def _previewed(request: Asking, key: UUID) -> JobSeen:
    job = _over(request, key)
    if job.state != queue.DONE:
        raise Http404
    return job


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
