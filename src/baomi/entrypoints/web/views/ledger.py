"""台账校验: how far the ledger has come, its sealings, its entries, a slip compared with it."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baomi.engine import ledger_seen, sealer
from baomi.engine.books import CHECKPOINTS, ENTRIES, ITSELF, kind_title
from baomi.engine.face.reading import names_of
from baomi.engine.jobs import queue
from baomi.engine.papers.codes import qr_svg
from baomi.engine.papers.printing import checkpoint_sheet
from baomi.entrypoints.guarding.logged_in import Asking, Who
from baomi.entrypoints.web.entitled import only_for
from baomi.entrypoints.web.menu import VERIFIERS
from baomi.entrypoints.web.panels.panel import narrow_of
from baomi.kernel.verdict import BadInput
from baomi.registers import paging

SHOWN: Final = 15
LONGEST_TYPED: Final = 100
VERIFY: Final = "verify"
NOT_HERE: Final = (
    "本服务没有签名密钥，不能在页面上封存：封存由后台签封程序自动办理（每 64 条或 10 分钟一次），"
    "也可由系统管理员在服务器上运行 baomi ledger checkpoint。"
)


@require_safe
def index(request: Asking) -> HttpResponse:
    """The ledger's head, its sealings, and its newest entries."""
    return _page(request)


def _page(
    request: Asking,
    *,
    typed: str = "",
    fault: str = "",
    compared: ledger_seen.Compared | None = None,
    status: int = 200,
) -> HttpResponse:
    who = request.who
    only_for(who, VERIFIERS)
    sealings = paging.page(
        CHECKPOINTS,
        who.person,
        who.terms,
        size=SHOWN,
        after=request.GET.get("after"),
        before=request.GET.get("before"),
    )
    jobs = [job for job in queue.mine(who.id) if job.kind == VERIFY]
    told = {
        "standing": ledger_seen.standing(),
        "sealings": sealings,
        "narrow": narrow_of(CHECKPOINTS),
        "entries": paging.page(ENTRIES, who.person, who.terms, size=SHOWN),
        "narrow_entries": narrow_of(ENTRIES),
        "verified": jobs[0] if jobs else None,
        "why_not_seal": "" if sealer.can_seal() else NOT_HERE,
        "typed": typed,
        "fault": fault,
        "compared": compared,
        "found": _told(who, compared.entry) if compared and compared.entry else None,
    }
    return render(request, "ledger.html", told, status=status)


def _told(who: Who, entry: ledger_seen.EntrySeen) -> dict[str, Any]:
    """An entry's head in words."""
    by = ITSELF
    if entry.actor != UUID(int=0):
        names = names_of(who.person, "office.person", [entry.actor], who.terms)
        by = names.get(entry.actor, ITSELF)
    return {
        "seq": entry.seq,
        "title": kind_title(entry.kind),
        "time_us": entry.time_us,
        "by": by,
        "receipt": entry.receipt,
        "leaf": entry.leaf,
        "op": str(entry.op),
        "note": entry.note,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: Asking) -> HttpResponse:
    """Whether a slip's receipt is the ledger's own; typed text comes by POST alone."""
    only_for(request.who, VERIFIERS)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("ledger"))
    typed = request.POST.get("receipt", "").strip()[:LONGEST_TYPED]
    try:
        compared = ledger_seen.compared(typed)
    except BadInput as wrong:
        return _page(request, typed=typed, fault=wrong.sentence, status=422)
    return _page(request, typed=typed, compared=compared)


@require_safe
def entry(request: Asking, seq: int) -> HttpResponse:
    """One entry's head; a sealing with its note, as text and as QR."""
    only_for(request.who, VERIFIERS)
    found = ledger_seen.entry(seq)
    if found is None:
        raise Http404
    return render(request, "entry.html", {"each": _told(request.who, found)})


@require_safe
def qr(request: Asking, seq: int) -> HttpResponse:
    """The note of a sealing as a drawing: the policy allows none within the page."""
    only_for(request.who, VERIFIERS)
    found = ledger_seen.entry(seq)
    if found is None or not found.note:
        raise Http404
    return HttpResponse(qr_svg(found.note), content_type="image/svg+xml")


@require_safe
def note(request: Asking, seq: int) -> HttpResponse:
    """The note of a sealing as a file to be kept elsewhere: octet by octet as it was signed."""
    only_for(request.who, VERIFIERS)
    found = ledger_seen.entry(seq)
    if found is None or not found.note:
        raise Http404
    disposition = f'attachment; filename="checkpoint-{seq}.txt"'
    return HttpResponse(
        found.note.encode(),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )


@require_safe
def sheet(request: Asking) -> HttpResponse:
    """The newest sealing on paper. Raises ``BadInput`` where nothing was sealed yet."""
    only_for(request.who, VERIFIERS)
    printed = checkpoint_sheet()
    disposition = f'inline; filename="{printed.name}"'
    return HttpResponse(
        printed.content,
        content_type="application/pdf",
        headers={"Content-Disposition": disposition},
    )


@require_POST
def verify(request: Asking) -> HttpResponse:
    """Have the whole ledger verified: a job."""
    only_for(request.who, VERIFIERS)
    try:
        job = queue.ask(VERIFY, request.who.id, {})
    except BadInput as no:
        return _page(request, fault=no.sentence, status=422)
    return HttpResponseRedirect(reverse("job", args=[job]))


@require_POST
def seal(request: Asking) -> HttpResponse:
    """Seal now, where this process may sign."""
    only_for(request.who, VERIFIERS)
    if not sealer.can_seal():
        return _page(request, fault=NOT_HERE, status=409)
    try:
        written = sealer.seal_now()
    except sealer.SealRefused as no:
        return _page(request, fault=f"{no}。", status=409)
    except sealer.NoSigningKey:
        return _page(request, fault=NOT_HERE, status=409)
    return HttpResponseRedirect(reverse("entry", args=[written.seq]))
