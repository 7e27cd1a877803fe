"""How each kind of thing is shown; a kind without a face of its own shows all that is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.urls import NoReverseMatch, reverse

from baomi.engine.papers.forms.kinds import printed_of
from baomi.engine.papers.forms.printing import DOCX, PDF
from baomi.entrypoints.web.entitled import may_print
from baomi.entrypoints.web.panels import (
    attachments,
    custody_archive,
    custody_copy,
    custody_outing,
    custody_paper,
    governance,
    incoming,
    people,
    places,
)
from baomi.entrypoints.web.panels.panel import Face, Head, Seen


def _plain(seen: Seen) -> Head:
    return Head(number=seen.book.title)


PLAIN: Final = Face(head=_plain)
FACES: Final[Mapping[str, Face]] = {
    "attachments.attachment": attachments.FACE,
    "custody.consultation": custody_archive.CONSULTATION,
    "custody.copy": custody_copy.FACE,
    "custody.outing": custody_outing.FACE,
    "custody.paper": custody_paper.FACE,
    "custody.envelope": incoming.ENVELOPE,
    "custody.slip": incoming.SLIP,
    "duties.duty": people.DUTY,
    "governance.yearly": governance.YEARLY,
    "governance.item": governance.ITEM,
    "governance.rulebook_version": governance.VERSION,
    "governance.document": governance.DOCUMENT,
    "governance.pledge": governance.PLEDGE,
    "governance.oversight": governance.OVERSIGHT,
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
# an official form: to be printed as it is, or to be gone on with in a writing program
_WRITTEN: Final = ((PDF, "PDF", "printer"), (DOCX, "Word", "file-text"))


def papers_of(seen: Seen) -> list[tuple[str, str, str]]:
    """What can be printed of it: addresses, titles and icons; none while nothing prints."""
    kind, who = seen.book.kind, seen.who
    try:
        own = [
            (reverse("print", args=[paper, seen.key]), title, "qrcode")
            for paper, title in _PAPERS.get(kind, ())
            if may_print(who, paper, [seen.key])
        ]
        return own + [
            (reverse("form", args=[form.name, seen.key, written]), f"{form.title}（{told}）", icon)
            for form in printed_of(kind, seen.key, who.person)
            for written, told, icon in _WRITTEN
        ]
    except NoReverseMatch:
        return []
