"""Printing: labels, badges, slips; what is long becomes a job."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from baomi.engine.face.reading import books, names_of, pick
from baomi.engine.jobs import queue
from baomi.engine.jobs.kinds.printing import PRINTERS, SEES_SEALINGS, pages_of
from baomi.engine.papers.labels import StationCode, render_station_codes
from baomi.entrypoints.guarding.logged_in import Asking, Who
from baomi.entrypoints.web.entitled import may_print
from baomi.entrypoints.web.menu import CUSTODIANS
from baomi.entrypoints.web.station import MODES, SLIP_CODE
from baomi.kernel.clock import clock
from baomi.kernel.verdict import BadInput
from baomi.registers import paging
from baomi.registers.office.reads.visible import sees_details

MOST_PAGES: Final = 60  # at once; more is a job
MOST_AT_ONCE: Final = 200  # labels: what a page makes without keeping others waiting
CODES: Final = "codes"
NARROW: Final = frozenset({"label", "registered_number", "copy_number", "level", "name"})
# what is printed of a thing's own page, and the kind of thing
KINDS: Final = {
    "labels": "custody.copy",
    "badges": "office.person",
    "cabinet_labels": "office.cabinet",
    "slip": "custody.slip",
}
TITLES: Final = {"labels": "文件标签", "badges": "工牌", "cabinet_labels": "柜标签"}
SHEETS: Final = (
    ("a4_21", "A4，3 列 7 行（21 张，63.5×38.1 毫米）"),
    ("a4_24", "A4，3 列 8 行（24 张，70×37 毫米）"),
    ("one_60_40", "标签打印机，单张 60×40 毫米"),
)


@require_safe
def index(request: Asking) -> HttpResponse:
    """What there is to print: labels of new copies first."""
    who = request.who
    if not who.person.posts & CUSTODIANS:
        raise Http404
    columns = ("registered_number", "copy_number", "level", "label")
    unstored = paging.page(
        books()["custody.copy"],
        who.person,
        who.terms,
        filters={"state": "unstored"},
        columns=columns,
        size=paging.MOST_ROWS,
    )
    cabinets = paging.page(
        books()["office.cabinet"], who.person, who.terms, columns=("name", "room"), size=200
    )
    told = {
        "unstored": unstored,
        "cabinets": cabinets,
        "narrow": NARROW,
        "sheets": SHEETS,
        "prints_badges": sees_details(who.person),
        "prints_sealing": bool(who.person.posts & SEES_SEALINGS),
    }
    return render(request, "print.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: Asking, paper: str, key: UUID | None = None) -> HttpResponse:
    """A paper as a PDF; a label of one thing is asked for its sheet first."""
    who = request.who
    if request.method != "POST" and key is None:  # back from a log-in in between
        return HttpResponseRedirect(reverse("printing"))
    if paper == CODES:
        return _codes(who)
    if paper not in KINDS and paper != "checkpoint":
        raise Http404
    if paper == "checkpoint" and not who.person.posts & SEES_SEALINGS:
        raise Http404
    ids = [key] if key else _chosen(request, paper)
    if not may_print(who, paper, ids):
        raise Http404
    asked = {
        "ids": [str(each) for each in ids],
        "sheet": request.POST.get("sheet", ""),
        "used": request.POST.get("used", ""),
    }
    if request.method != "POST":
        _seen_or_404(who, KINDS.get(paper), ids)
        if paper in TITLES:
            return _ask_for_sheet(request, paper, ids)
    elif paper in TITLES and _is_long(paper, asked):
        job = queue.ask("print", who.id, asked | {"paper": paper})
        return HttpResponseRedirect(reverse("job", args=[job]))
    return _pdf(*PRINTERS[paper](who.person, asked))


def _is_long(paper: str, asked: dict[str, Any]) -> bool:
    return pages_of(paper, asked) > MOST_PAGES or len(asked["ids"]) > MOST_AT_ONCE


def _seen_or_404(who: Who, kind: str | None, ids: Sequence[UUID]) -> None:
    """Raises ``Http404``: an address of what one may not see is one of nothing."""
    try:
        for each in ids:
            pick(who.person, kind or "", str(each))
    except BadInput:
        raise Http404 from None


def _chosen(request: Asking, paper: str) -> list[UUID]:
    """What was ticked, and what was typed or scanned: a paper's number means all its copies."""
    try:
        found = dict.fromkeys(UUID(each) for each in request.POST.getlist("ids"))
    except ValueError:
        raise BadInput("选中的内容无法识别，请返回重新选择") from None
    for text in request.POST.getlist("typed"):
        if text.strip() and paper in KINDS:
            found |= dict.fromkeys(_typed(request.who, KINDS[paper], text))
    return list(found)


def _typed(who: Who, kind: str, text: str) -> list[UUID]:
    """Raises ``BadInput``."""
    try:
        return [pick(who.person, kind, text)]
    except BadInput:
        if kind != "custody.copy":
            raise
    paper = pick(who.person, "custody.paper", text)
    page = paging.page(
        books()["custody.copy"],
        who.person,
        who.terms,
        filters={"paper": str(paper)},
        order="oldest",
        size=paging.MOST_ROWS,
    )
    return list(page.ids)


def _ask_for_sheet(request: Asking, paper: str, ids: Sequence[UUID]) -> HttpResponse:
    names = names_of(request.who.person, KINDS[paper], ids, request.who.terms)
    told = {
        "paper": paper,
        "paper_title": TITLES[paper],
        "kind": KINDS[paper],
        "things": [(each, names.get(each, "")) for each in ids],
        "sheets": SHEETS,
    }
    return render(request, "print_one.html", told)


def _codes(who: Who) -> HttpResponse:
    if not who.person.posts & CUSTODIANS:
        raise Http404
    codes = [StationCode(each.code, each.title, each.key) for each in MODES.values()]
    codes.append(StationCode(SLIP_CODE, "出清单", "F9"))
    return _pdf(render_station_codes(codes, day=clock.today()), "codes.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=disposition)
