"""Find papers by what is written on them: title, issuer, number, and copies by their papers'.

Two signs are enough. The index names the papers that hold a pair; a pair that many hold is
looked up paper by paper instead, from the newest on, until the page is full.
"""

from __future__ import annotations

import unicodedata
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from baomi.kernel.labels import LabelError
from baomi.kernel.spelling import fold
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person
from baomi.registers.custody import models
from baomi.registers.custody.reads.picking import is_label, paper_named
from baomi.registers.custody.titles import pairs_of
from baomi.registers.office import load as office

TOO_SHORT: Final = "请至少输入两个字"
PAIR: Final = 2
# papers that hold a pair, by what is looked for: beyond, they are not gathered to be sorted
MANY: Final = {"id": 1000, "paper": 200}
_MOST_PAIRS: Final = 12


def search_papers(rows: QuerySet[Any], text: str, actor: Person) -> QuerySet[Any]:
    """Papers by title, issuer, 文号, 收文编号 or a copy's label. Raises ``BadInput``."""
    if is_label(text):
        labelled = models.Copy.objects.filter(label_serial=_serial_of(text))
        return rows.filter(id__in=labelled.values("paper"))
    return rows.filter(_of_papers(text, "id"))


def search_copies(rows: QuerySet[Any], text: str, actor: Person) -> QuerySet[Any]:
    """Copies by label, 份号, ``2021-011/000758``, or whatever finds their paper.

    Raises ``BadInput``.
    """
    if is_label(text):
        return rows.filter(label_serial=_serial_of(text))
    plain = unicodedata.normalize("NFKC", text).strip()
    paper, sign, number = plain.rpartition("/")
    if sign and paper.strip() and number.strip():
        papers = models.Paper.objects.filter(paper_named(paper) or Q(pk__in=()))
        return rows.filter(paper__in=papers.values("id"), copy_number=number.strip())
    if not plain.isascii():
        return rows.filter(_of_papers(text, "paper"))
    numbered = models.Copy.objects.filter(copy_number=plain).values("id")
    if len(fold(text)) < PAIR:
        return rows.filter(id__in=numbered)
    found = models.Copy.objects.filter(_of_papers(text, "paper")).values("id")
    return rows.filter(id__in=numbered.union(found))


def _serial_of(text: str) -> int:
    try:
        label = office.label_in(text)
    except LabelError as broken:
        raise BadInput(str(broken)) from None
    return label.serial if label.kind == "C" else 0


def _of_papers(text: str, key: str) -> Q:
    """Rows whose paper, by its id in the column ``key``, bears the text or the number."""
    named = paper_named(text)
    bearing = _bearing(text, key)
    if named is None:
        return bearing
    papers = models.Paper.objects.filter(named).values("id")
    return Q(**{f"{key}__in": papers}) | bearing


def _bearing(text: str, key: str) -> Q:
    folded = fold(text)
    pairs = pairs_of(folded)[:_MOST_PAIRS]
    if not pairs:
        raise BadInput(TOO_SHORT)
    rare = _rare_one(pairs, MANY[key])
    holding = models.TitlePair.objects.filter(pair=rare or pairs[0])
    if len(folded) > PAIR:
        shadow = models.TitleShadow.objects.filter(paper=OuterRef("paper"), folded__contains=folded)
        holding = holding.filter(Exists(shadow))
    if rare is None:
        return Q(Exists(holding.filter(paper=OuterRef(key))))
    # few enough to be named: PostgreSQL guesses badly how many papers hold a pair that is rare
    return Q(**{f"{key}__in": list(holding.values_list("paper", flat=True))})


def _rare_one(pairs: tuple[str, ...], many: int) -> str | None:
    """A pair that few papers hold; None where all are common."""
    told_by = {
        f"many_{place}": Subquery(
            models.TitlePair.objects.filter(pair=pair)
            .order_by("paper")
            .values("paper")[many : many + 1]
        )
        for place, pair in enumerate(pairs)
    }
    first = models.TitleShadow.objects.order_by("paper").annotate(**told_by).values(*told_by)[:1]
    for told in first:
        return next((p for p, holder in zip(pairs, told.values(), strict=True) if not holder), None)
    return pairs[0]
