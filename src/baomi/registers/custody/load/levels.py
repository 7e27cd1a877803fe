"""Levels of what others attach things to, and numbers without a title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Max

from baomi.kernel.words import Level
from baomi.registers.custody import models


def level_of_paper(paper: UUID) -> Level:
    """A paper's level; ``NONE`` for an unknown one."""
    found = models.Paper.objects.filter(id=paper).values_list("level", flat=True).first()
    return Level.NONE if found is None else Level(found)


def level_of_slip(slip: UUID) -> Level:
    """The highest level of what a slip lists: as the slip itself is marked when it is printed."""
    lines = models.SlipLine.objects.filter(slip=slip)
    highest = lines.aggregate(highest=Max("copy__paper__level"))["highest"]
    return Level.NONE if highest is None else Level(highest)


def numbers_of_papers(ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """The registered numbers of papers, by id."""
    rows = models.Paper.objects.filter(id__in=list(ids))
    return dict(rows.values_list("id", "registered_number"))


def levels_of(ids: Iterable[UUID]) -> Mapping[UUID, Level]:
    """The levels of papers and copies, by id."""
    wanted = list(ids)
    papers = models.Paper.objects.filter(id__in=wanted).values_list("id", "level")
    copies = models.Copy.objects.filter(id__in=wanted).values_list("id", "paper__level")
    return {key: Level(level) for key, level in papers.union(copies, all=True)}
