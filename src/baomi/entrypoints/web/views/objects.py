"""One thing of a register: what it is, who has it, what may be done with it and why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from baomi.engine.approving import may_ask_for
from baomi.engine.explain import explain_all
from baomi.engine.face.reading import books
from baomi.entrypoints.guarding.logged_in import Asking
from baomi.entrypoints.web import attaching, refused
from baomi.entrypoints.web.entitled import ASKED_IN_THE_FORM
from baomi.entrypoints.web.panels.attachments import attachments_of, ways_from
from baomi.entrypoints.web.panels.every import FACES, PLAIN, papers_of
from baomi.entrypoints.web.panels.panel import Face, Seen
from baomi.entrypoints.web.wanted import is_offered
from baomi.kernel.action import Action
from baomi.kernel.words import Door
from baomi.registers import paging
from baomi.registers.seen_once import looking

# the daily deeds, in the order in which a clerk reaches for them
_USUAL: Final = (
    *("custody.take_back_copy", "custody.hand_over_copy", "custody.store_copies"),
    *("custody.draw_up_slip", "custody.undo", "custody.set_circle", "custody.convey_paper"),
    *("custody.confirm_slip", "custody.acknowledge_slip"),
)
# kinds whose things have a page of their own
PAGES: Final = {"approvals.request": "approval"}


@dataclass(frozen=True, slots=True)
class Button:
    """A deed that may be asked for here: live, or with what speaks against it.

    ``asks``: its approval is asked for first, and then it is live as well.
    """

    action: Action[Any]
    refusals: tuple[dict[str, Any], ...] = ()
    fault: str = ""
    asks: bool = False

    @property
    def is_live(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.refusals and not self.fault


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A deed that only others may ask for, and who."""

    action: Action[Any]
    posts: str


@require_safe
def thing(request: Asking, kind: str, key: UUID) -> HttpResponse:
    """The page of one row."""
    if kind in PAGES:
        return HttpResponseRedirect(reverse(PAGES[kind], args=[key]))
    seen = _seen(request, kind, key)
    face = FACES.get(kind, PLAIN)
    with looking():
        panels = [found for panel in face.panels if (found := panel(seen)) is not None]
        attached = attachments_of(seen)
        panels += [attached] if attached is not None else []
        buttons, elsewhere = _deeds(seen)
    told = {
        "book": seen.book,
        "head": face.head(seen),
        "facts": _facts(seen, face),
        "panels": panels,
        "buttons": sorted(buttons, key=_by_use),
        "elsewhere": elsewhere,
        "papers": [*papers_of(seen), *ways_from(seen)],
        "target": key,
        "attach": attaching.offer(request.who, kind, key),
    }
    return render(request, "object.html", told)


def _by_use(button: Button) -> tuple[bool, bool, int]:
    """What can be done before what cannot, today's work before what is written up of the past."""
    name = button.action.name
    place = _USUAL.index(name) if name in _USUAL else len(_USUAL)
    return not button.is_live, button.action.recorded_past, place


def _seen(request: Asking, kind: str, key: UUID) -> Seen:
    """The row, as he may see it. Raises ``Http404``."""
    who = request.who
    for book in books().values():
        if book.kind == kind and is_offered(book, who):
            record = paging.one(book, who.person, who.terms, key)
            if record is not None:
                return Seen(book, record, who)
    raise Http404


def _facts(seen: Seen, face: Face) -> list[tuple[str, str, Any, Any]]:
    """Key, heading, cell and link of what is recorded, without what the head tells or is empty."""
    links = seen.record.links
    return [
        (
            key,
            heading,
            cell,
            link if (link := links.get(key)) != (seen.book.kind, seen.key) else None,
        )
        for (key, heading), cell in zip(seen.record.columns, seen.record.cells, strict=True)
        if key not in face.left_out and cell not in ("", None)
    ]


def _deeds(seen: Seen) -> tuple[list[Button], list[Elsewhere]]:
    who, kind, key = seen.who, seen.book.kind, seen.key
    related = {key: refused.related_to(kind, key, seen.record.links)}
    buttons: list[Button] = []
    elsewhere: list[Elsewhere] = []
    for each in explain_all(who.id, kind, key, Door.WEB):
        if not each.may_ask and may_ask_for(each.action, who.person):
            buttons.append(Button(each.action, asks=True))
            continue
        if not each.may_ask:
            titles = sorted(who.terms.post_title(post) for post in each.action.done_by)
            elsewhere.append(Elsewhere(each.action, "、".join(titles)))
            continue
        found = [
            no
            for no in (each.verdict.refusals if each.verdict else ())
            if no.guard not in ASKED_IN_THE_FORM
        ]
        if refused.lacks_only_approval(found):
            buttons.append(Button(each.action, asks=True))
            continue
        told = tuple(refused.told(found, who, [key], related, of=each.action))
        buttons.append(Button(each.action, told, each.fault or ""))
    return buttons, elsewhere
