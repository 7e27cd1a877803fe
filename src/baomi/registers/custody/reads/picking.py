"""How a typed or scanned text finds a paper, a copy or an envelope: among what may be seen only."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

from django.db.models import Q

from baomi.kernel.labels import LabelError
from baomi.kernel.numbers import parse_number
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.custody import models
from baomi.registers.custody.reads.archive import find_consultation
from baomi.registers.custody.reads.outings import find_outing
from baomi.registers.custody.reads.slips import find_slip
from baomi.registers.custody.reads.visible import visible_to
from baomi.registers.custody.series import parse_series_number
from baomi.registers.office import load as office

# the same words for what does not exist and for what may not be seen
UNKNOWN_PAPER: Final = "没有这份文件，请核对收文编号或文件字号"
UNKNOWN_COPY: Final = "没有这一份文件，请核对标签，或写成 收文编号/份号，如 2021-011/000758"
UNKNOWN_ENVELOPE: Final = "没有这次收文，请核对编号"
_MOST_SHOWN = 5


def find_paper(actor: Person, text: str) -> UUID:
    """The paper of a registered number, a 文号, a copy's label or an id. Raises ``BadInput``."""
    papers = visible_to(actor).papers
    key = _id_in(text)
    if is_label(text):
        copies = models.Copy.objects.filter(label_serial=_serial_of(text))
        wanted = papers.filter(id__in=copies.values("paper"))
        found = list(wanted.values_list("id", "registered_number"))
    elif key is not None:
        found = list(papers.filter(id=key).values_list("id", "registered_number"))
    else:
        found = list(papers.filter(_named(text)).values_list("id", "registered_number"))
    if not found:
        raise BadInput(UNKNOWN_PAPER)
    if len(found) > 1:
        numbers = "、".join(number for _, number in found[:_MOST_SHOWN])
        raise BadInput(f"有 {len(found)} 份文件是这个字号，请改用收文编号：{numbers}")
    return found[0][0]


def find_copy(actor: Person, text: str) -> UUID:
    """The copy of a label, of ``2021-011/000758`` or of an id. Raises ``BadInput``."""
    copies = visible_to(actor).copies
    key = _id_in(text)
    if key is not None:
        wanted = copies.filter(id=key)
    elif is_label(text):
        wanted = copies.filter(label_serial=_serial_of(text))
    else:
        paper, sign, number = unicodedata.normalize("NFKC", text).rpartition("/")
        if not sign or not paper.strip() or not number.strip():
            raise BadInput(UNKNOWN_COPY)
        papers = models.Paper.objects.filter(_named(paper))
        wanted = copies.filter(paper__in=papers.values("id"), copy_number=number.strip())
    found = list(wanted.values_list("id", flat=True)[:2])
    if len(found) != 1:
        raise BadInput(UNKNOWN_COPY)
    return found[0]


def find_envelope(actor: Person, text: str) -> UUID:
    """The envelope of an id, for the registrar. Raises ``BadInput``."""
    key = _id_in(text)
    may_see = actor.in_service and Post.REGISTRAR in actor.posts
    if key is None or not may_see or not models.Envelope.objects.filter(id=key).exists():
        raise BadInput(UNKNOWN_ENVELOPE)
    return key


def is_label(text: str) -> bool:
    """Whether a text was meant as a label of the office's own."""
    return unicodedata.normalize("NFKC", text).strip().upper().startswith("BM")


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None


def paper_named(text: str) -> Q | None:
    """The paper of a 文号 or a registered number; None for a text that is neither."""
    number, series = parse_number(text), parse_series_number(text)
    by_number = Q(number_key=number.key) if number else None
    if series is None:
        return by_number
    by_series = Q(
        series_year=series.year, series_category=series.category, series_serial=series.serial
    )
    return by_series if by_number is None else by_number | by_series


def _named(text: str) -> Q:
    return paper_named(text) or Q(pk__in=())


def _serial_of(text: str) -> int:
    try:
        label = office.label_in(text)
    except LabelError as broken:
        raise BadInput(str(broken)) from None
    if label.kind != "C":
        raise BadInput("扫到的不是文件标签，请扫文件上的标签")
    return label.serial


PICKERS: Final[Mapping[str, Callable[[Person, str], UUID]]] = {
    "custody.consultation": find_consultation,
    "custody.copy": find_copy,
    "custody.envelope": find_envelope,
    "custody.outing": find_outing,
    "custody.paper": find_paper,
    "custody.slip": find_slip,
}
