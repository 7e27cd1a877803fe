"""How papers and copies are called, and what is offered while somebody types or scans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from baomi.kernel.terms import Terms
from baomi.kernel.words import Person
from baomi.registers.custody.reads.outings import names_of_outings
from baomi.registers.custody.reads.visible import visible_to

Names = Mapping[UUID, str]
Offer = tuple[str, str]
MOST = 12
_LONGEST = 60
_SHORTEST = 2


def _papers(actor: Person, ids: Iterable[UUID], _terms: Terms) -> Names:
    rows = visible_to(actor).papers.filter(id__in=list(ids))
    return dict(rows.values_list("id", "registered_number"))


def _copies(actor: Person, ids: Iterable[UUID], _terms: Terms) -> Names:
    rows = visible_to(actor).copies.filter(id__in=list(ids))
    values = rows.values_list("id", "paper__registered_number", "copy_number")
    return {key: f"{paper}/{copy}" for key, paper, copy in values}


def _offer_papers(actor: Person, typed: str) -> list[Offer]:
    text = typed.strip()
    if not _SHORTEST <= len(text) <= _LONGEST:
        return []
    rows = visible_to(actor).papers.filter(registered_number__startswith=text)
    return list(rows.order_by("-id").values_list("registered_number", "title")[:MOST])


def _offer_copies(actor: Person, typed: str) -> list[Offer]:
    paper, _, number = typed.strip().partition("/")
    if not _SHORTEST <= len(paper) <= _LONGEST:
        return []
    rows = visible_to(actor).copies.filter(
        paper__registered_number__startswith=paper, copy_number__startswith=number
    )
    values = rows.order_by("-label_serial").values_list(
        "paper__registered_number", "copy_number", "paper__title"
    )
    return [(f"{paper}/{copy}", title) for paper, copy, title in values[:MOST]]


NAMES: Mapping[str, Callable[[Person, Iterable[UUID], Terms], Names]] = {
    "custody.paper": _papers,
    "custody.copy": _copies,
    "custody.outing": names_of_outings,
}
OFFERS: Mapping[str, Callable[[Person, str], list[Offer]]] = {
    "custody.paper": _offer_papers,
    "custody.copy": _offer_copies,
}
