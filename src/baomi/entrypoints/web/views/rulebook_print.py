"""A 制度, a part of it or one clause for printing: as a clean page, and as a PDF."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baomi.engine.clauses.listed import Listed, clause_of, systems
from baomi.engine.clauses.narrowing import choose, grouped, narrowed
from baomi.engine.clauses.printed import printed_clause
from baomi.engine.home import office_name
from baomi.engine.papers.rulebook import RulebookPaper, render_rulebook
from baomi.entrypoints.guarding.logged_in import Asking
from baomi.kernel.clock import clock
from baomi.kernel.verdict import BadInput
from baomi.rulebook.text import load_text


@require_safe
def page(request: Asking, clause_id: str) -> HttpResponse:
    """What stands below a number of the paper, or in a 制度, for the browser's printer."""
    clauses = _wanted(clause_id)
    told = {
        "number": clause_id,
        "title": _title(clause_id, clauses),
        "groups": [
            (
                group,
                [(above, printed_clause(each, request.who.terms)) for above, each in group.clauses],
            )
            for group in grouped(clauses)
        ],
        "day": clock.today(),
    }
    return render(request, "rulebook_print.html", told)


@require_safe
def pdf(request: Asking, clause_id: str) -> HttpResponse:
    """The same as a PDF."""
    clauses = _wanted(clause_id)
    paper = RulebookPaper(
        office=office_name(),
        title=_title(clause_id, clauses),
        groups=tuple(
            (
                group.title,
                tuple(
                    (
                        [heading.written for heading in above],
                        printed_clause(each, request.who.terms),
                    )
                    for above, each in group.clauses
                ),
            )
            for group in grouped(clauses)
        ),
    )
    content = render_rulebook(paper, day=clock.today())
    disposition = {"Content-Disposition": 'attachment; filename="rulebook.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=disposition)


def _wanted(number: str) -> list[Listed]:
    """Raises ``Http404``: there is no such 制度, heading or clause."""
    own = clause_of(number)
    if own is not None:
        return [own]
    try:
        key = "system" if number in systems() else "under"
        return choose(narrowed({key: number}), ())
    except BadInput:
        raise Http404 from None


def _title(number: str, clauses: list[Listed]) -> str:
    if number in systems():
        return systems()[number]
    if clauses[0].id == number:
        return f"{number} {clauses[0].title}"
    heading = load_text().heading_of.get(number)
    return f"{number} {heading.written}" if heading else number
