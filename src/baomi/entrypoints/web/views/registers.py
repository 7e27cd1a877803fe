"""The registers: which there are, and the rows of one: filtered, sorted, searched, by pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from baomi.engine import registry
from baomi.engine.exporting.recording import RECORD
from baomi.engine.face.listed import rows_as_data, witness
from baomi.engine.face.reading import books
from baomi.engine.jobs import queue
from baomi.engine.jobs.kinds.printing import PRINTERS
from baomi.entrypoints.guarding.logged_in import Asking
from baomi.entrypoints.web import refused, wanted
from baomi.entrypoints.web.bulk import actions_for
from baomi.entrypoints.web.wanted import Wanted
from baomi.kernel.judge import may_ask
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Door
from baomi.registers import paging
from baomi.registers.listing import Book, Page

PRINTED_LIST = "register"  # name of the printer that prints a book's rows
LONGEST_REASON = 200
_FOLDERS = {
    "custody": "涉密载体",
    "duties": "应办事项",
    "office": "机关与人员",
    "holidays": "放假安排",
    "exports": "导出",
    "ledger": "台账日志",
}
# the registers that are opened daily come first in their group
_FIRST = (
    *("custody.copy", "custody.paper", "custody.movement", "custody.slip"),
    *("office.person", "office.unit", "office.post"),
)


@require_safe
def index(request: Asking) -> HttpResponse:
    """Every register that he is offered, with what it is for."""
    groups: dict[str, list[Book]] = {title: [] for title in _FOLDERS.values()}
    listed = {**dict.fromkeys(_FIRST), **books()}
    for name, book in listed.items():
        if book is not None and wanted.is_offered(book, request.who):
            folder = name.partition(".")[0]
            groups.setdefault(_FOLDERS.get(folder, folder), []).append(book)
    shown = {title: found for title, found in groups.items() if found}
    return render(request, "registers.html", {"groups": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: Asking, name: str) -> HttpResponse:
    """A register from its beginning; posting keeps what is looked for and shows that."""
    book = wanted.book_named(name, request.who)
    if request.method != "POST":
        return _page(request, wanted.in_address(book, request.who, request.GET))
    asked, faults = wanted.posted(book, request.who, request.POST)
    if not faults:
        faults = _not_askable(request, asked)
    if faults:
        return _page(request, asked, faults=faults, status=422)
    return HttpResponseRedirect(wanted.keep(asked, request.who))


def _not_askable(request: Asking, asked: Wanted) -> tuple[str, ...]:
    """What the register itself finds wrong: said beside the form, with what was entered."""
    try:
        paging.page(asked.book, request.who.person, request.who.terms, size=1, **asked.asked)
    except BadInput as fault:
        return (fault.sentence,)
    return ()


@require_safe
def search(request: Asking, name: str, key: UUID) -> HttpResponse:
    """What was looked for, as it stands now."""
    book = wanted.book_named(name, request.who)
    return _page(request, wanted.found(book, request.who, key))


@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: Asking, name: str) -> HttpResponse:
    """The rows into a file or onto paper: a job, and a deed that gives its reason."""
    book = wanted.book_named(name, request.who)
    if request.method != "POST":  # back from a log-in in between
        return HttpResponseRedirect(reverse("register", args=[name]))
    asked, faults = wanted.posted(book, request.who, request.POST)
    reason = request.POST.get("reason", "").strip()
    if not reason:
        faults = (*faults, "请写明导出的理由，例如：年度核对")
    elif len(reason) > LONGEST_REASON:
        faults = (*faults, f"理由最多 {LONGEST_REASON} 个字，请缩短")
    if faults:
        return _page(request, asked, faults=faults, reason=reason, status=422)
    on_paper = request.POST.get("on") == "paper"
    told: dict[str, Any] = {
        "book": book.name,
        "reason": reason,
        "format": request.POST.get("format", ".xlsx"),
        "door": Door.WEB.value,
        **asked.asked,
    }
    try:
        if on_paper and PRINTED_LIST not in PRINTERS:
            raise BadInput("台账的打印件尚未提供：请用浏览器打印本页，或导出后打印。")
        job = queue.ask(
            "print" if on_paper else "export",
            request.who.id,
            told | {"paper": PRINTED_LIST} if on_paper else told,
        )
    except BadInput as fault:
        return _page(request, asked, faults=(fault.sentence,), reason=reason, status=422)
    return HttpResponseRedirect(reverse("job", args=[job]))


def _page(
    request: Asking,
    asked: Wanted,
    *,
    faults: tuple[str, ...] = (),
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    """The rows, or, where they cannot be asked for so, what is wrong and no rows."""
    who, book = request.who, asked.book
    page: Page | None = None
    if not faults:
        after, before = request.GET.get("after"), request.GET.get("before")
        try:
            page = paging.page(
                book, who.person, who.terms, after=after, before=before, **asked.asked
            )
        except BadInput as fault:
            faults, status = (fault.sentence,), 422
    if page is not None:
        shown = rows_as_data(page.columns, page.rows)
        witness(book.name, "listed", shown, door=Door.WEB)
    deeds = actions_for(book.kind, who)
    exporting = may_ask(registry.actions()[RECORD], who.person, who.terms)
    told = {
        "wanted": asked,
        "book": book,
        "page": page,
        "faults": faults,
        "reason": reason,
        "filters": wanted.shown_filters(asked, who),
        "narrow": {column.key for column in book.columns if column.is_narrow},
        "shown": asked.columns or [column.key for column in book.columns if column.is_shown],
        "is_selectable": bool(deeds),
        "bar_of_export": refused.told(exporting, who),
        "is_printable": PRINTED_LIST in PRINTERS,
        "begin_with": _beginnings(request, book),
    }
    return render(request, "register.html", told, status=status)


def _beginnings(request: Asking, book: Book) -> list[dict[str, Any]]:
    """The deeds that make the book's first rows: live for whoever may ask for them."""
    who = request.who
    found = [registry.actions()[name] for name in book.begin_with if name in registry.actions()]
    return [
        {
            "name": action.name,
            "title": action.title,
            "why_not": "；".join(each.remedy for each in may_ask(action, who.person, who.terms)),
        }
        for action in found
    ]
