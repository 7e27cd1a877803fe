"""Official forms of one thing, as PDF or docx."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from baomi.engine.papers.forms.printing import FORMATS, print_form
from baomi.entrypoints.guarding.logged_in import Asking
from baomi.kernel.words import Door


@require_safe
def form(request: Asking, name: str, key: UUID, written: str) -> HttpResponse:
    """A form as a file. Raises ``Http404``: there is none for him."""
    who = request.who
    made = print_form(who.person, who.terms, name, key, written, door=Door.WEB)
    if made is None:
        raise Http404
    disposition = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return HttpResponse(made.content, content_type=FORMATS[written], headers=disposition)
