"""How each kind of thing is shown; a kind without a face of its own shows all that is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.urls import NoReverseMatch, reverse

from baomi.entrypoints.web.entitled import may_print
from baomi.entrypoints.web.panels import custody_copy, custody_paper, incoming, people, places
from baomi.entrypoints.web.panels.panel import Face, Head, Seen


def _plain(seen: Seen) -> Head:
    return Head(number=seen.book.title)


PLAIN: Final = Face(head=_plain)
FACES: Final[Mapping[str, Face]] = {
    "custody.copy": custody_copy.FACE,
    "custody.paper": custody_paper.FACE,
    "custody.envelope": incoming.ENVELOPE,
    "custody.slip": incoming.SLIP,
    "duties.duty": people.DUTY,
    "office.person": people.PERSON,
    "office.post_holding": people.HOLDING,
    "office.deputation": people.DEPUTATION,
    "office.account": people.ACCOUNT,
    "office.unit": places.UNIT,
    "office.room": places.ROOM,
    "office.cabinet": places.CABINET,
    "office.outside_body": places.OUTSIDE_BODY,
}
# what is printed of a thing: the paper's name at the printer, and its title
_PAPERS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "custody.copy": (("labels", "文件标签"),),
    "custody.slip": (("slip", "交接清单"),),
    "office.cabinet": (("cabinet_labels", "柜标签"),),
    "office.person": (("badges", "工牌"),),
}


def papers_of(seen: Seen) -> list[tuple[str, str]]:
    """What can be printed of it: addresses and titles; none while nothing prints."""
    try:
        return [
            (reverse("print", args=[paper, seen.key]), title)
            for paper, title in _PAPERS.get(seen.book.kind, ())
            if may_print(seen.who, paper, [seen.key])
        ]
    except NoReverseMatch:
        return []
