"""The index by which titles are searched: derived from the papers, written where they are.

It is not ledgered: it says nothing that the papers' rows do not say, and is made anew from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final
from uuid import UUID

from baomi.registers.custody import models
from baomi.registers.custody.titles import pairs_of, shadow_of

_PAPERS_AT_ONCE: Final = 500
Described = tuple[UUID, str, str, str]
"""A paper's id, title, issuer and number."""


def enter_titles(papers: Sequence[Described]) -> None:
    """Enter papers that stand in no index yet."""
    shadows = {key: shadow_of(*texts) for key, *texts in papers}
    models.TitleShadow.objects.bulk_create(
        models.TitleShadow(paper=key, folded=folded) for key, folded in shadows.items()
    )
    models.TitlePair.objects.bulk_create(
        (
            models.TitlePair(pair=pair, paper=key)
            for key, folded in shadows.items()
            for pair in pairs_of(folded)
        ),
        batch_size=5000,
    )


def enter_anew(paper: UUID) -> None:
    """Index a paper whose title, issuer or number was put right."""
    shadow = models.TitleShadow.objects.filter(paper=paper)
    for folded in shadow.values_list("folded", flat=True):
        models.TitlePair.objects.filter(paper=paper, pair__in=pairs_of(folded)).delete()
    shadow.delete()
    enter_titles(list(_described([paper])))


def reindex_titles() -> int:
    """Make the whole index anew from the papers. Returns how many there are."""
    models.TitlePair.objects.all().delete()
    models.TitleShadow.objects.all().delete()
    waiting = iter(models.Paper.objects.order_by("id").values_list("id", flat=True))
    count = 0
    while part := list(islice(waiting, _PAPERS_AT_ONCE)):
        enter_titles(list(_described(part)))
        count += len(part)
    return count


def _described(papers: Iterable[UUID]) -> Iterable[Described]:
    rows = models.Paper.objects.filter(id__in=list(papers))
    return rows.values_list("id", "title", "issuer", "number")
