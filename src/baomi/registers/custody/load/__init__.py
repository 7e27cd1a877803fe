"""From rows to facts, a whole set at a time: for deciding, never for showing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, Max, OuterRef, Value
from django.db.models.functions import Concat

from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level, Purpose
from baomi.registers.custody import facts, models
from baomi.registers.custody.load.circle import (
    BY_NAME,
    POST,
    RANK,
    UNIT,
    WrittenCircle,
    circles,
    covered,
    grounds_of,
    ranks_of,
    written_circle,
)
from baomi.registers.custody.load.movements import Moved, movements_of, newest_movements
from baomi.registers.office import load as office
from baomi.registers.prepared import Prepared
from baomi.registers.seen_once import seen_once

# told here as well, so that whoever decides has one place to ask
__all__ = (
    "BY_NAME",
    "POST",
    "RANK",
    "UNIT",
    "Moved",
    "WrittenCircle",
    "covered",
    "grounds_of",
    "movements_of",
    "newest_movements",
    "ranks_of",
    "written_circle",
)

RETURN_KINDS = ("take_back", "past_back")
_PAPER = (
    "id",
    "origin",
    "carrier",
    "issuer",
    "registered_number",
    "level",
    "mark_typed",
    "marked_by_id",
    "term_kind",
    "term_value",
    "term_presumed",
    "release_level",
    "conveyance",
    "handler_id",
    "circle_set_on",
)
_COPY = (
    "id",
    "paper_id",
    "copy_number",
    "label_serial",
    "state",
    "cabinet_id",
    "home_cabinet_id",
    "holder_id",
    "kept_by_id",
    "purpose",
    "since",
    "ver",
)
# the same words for what does not exist and for what may not be seen
UNKNOWN_SLIP = "没有这张交接清单，请核对清单标签"


# a bare kind leads SQLite to every movement of that kind there ever was, not to the copies'
_STANDING = models.Movement.objects.filter(voided_by=None).alias(what=Concat("kind", Value("")))
# a recorded past is no circulation under a circle: fixing the first circle is not widening
_WERE_GIVEN = Exists(_STANDING.filter(copy__paper=OuterRef("pk"), what="hand_over"))
_PAPERS = Prepared(
    lambda ids: models.Paper.objects.filter(id__in=ids).values_list(*_PAPER, _WERE_GIVEN)
)
_COPIES = Prepared(lambda ids: models.Copy.objects.filter(id__in=ids).values_list(*_COPY))
_READERS = Prepared(  # who kept it for his unit need not have read it
    lambda papers: (
        _STANDING.filter(copy__paper__in=papers, what__in=RETURN_KINDS)
        .exclude(from_holder=None)
        .exclude(before__purpose=Purpose.KEEPING.value)
        .values_list("copy__paper_id", "from_holder_id")
        .distinct()
    )
)


@seen_once
def papers(ids: Iterable[UUID], terms: Terms, day: date) -> Mapping[UUID, facts.Paper]:
    """Papers by id, with their circles as they are on a day."""
    rows = [dict(zip((*_PAPER, "given"), row, strict=True)) for row in _PAPERS(ids)]
    of = circles([row["id"] for row in rows], day)
    return {row["id"]: _paper(row, of[row["id"]], terms) for row in rows}


def _paper(row: Mapping[str, Any], circle: frozenset[UUID], terms: Terms) -> facts.Paper:
    return facts.Paper(
        id=row["id"],
        own=row["origin"] == "own",
        carrier=facts.Carrier(row["carrier"]),
        issuer=row["issuer"],
        central_or_provincial=terms.is_central_or_provincial(row["issuer"]),
        reference=row["registered_number"],
        level=Level(row["level"]),
        marked=bool(row["mark_typed"]) or row["marked_by_id"] is not None,
        term=facts.Term(
            kind=row["term_kind"], value=row["term_value"], presumed=row["term_presumed"]
        ),
        release_level=row["release_level"],
        conveyance=row["conveyance"],
        handler=row["handler_id"],
        circle=circle,
        circle_set=row["circle_set_on"] is not None,
        copies_were_given=row["given"],
    )


def paper(key: UUID, terms: Terms, day: date) -> facts.Paper:
    """One paper. Raises ``BadInput`` for an unknown one."""
    found = papers([key], terms, day).get(key)
    if found is None:
        raise BadInput("没有这份文件，请核对编号")
    return found


@seen_once
def copies(ids: Iterable[UUID], terms: Terms, day: date) -> tuple[facts.Copy, ...]:
    """Copies in the order of ``ids``, each with its paper as it is on a day.

    Raises ``BadInput`` for unknown ones.
    """
    wanted = list(dict.fromkeys(ids))  # a label read twice is one copy
    rows = {row[0]: dict(zip(_COPY, row, strict=True)) for row in _COPIES(wanted)}
    if any(key not in rows for key in wanted):
        raise BadInput("没有这份文件，请核对标签")
    of = papers({row["paper_id"] for row in rows.values()}, terms, day)
    return tuple(_copy(rows[key], of) for key in wanted)


def _copy(row: Mapping[str, Any], of: Mapping[UUID, facts.Paper]) -> facts.Copy:
    return facts.Copy(
        id=row["id"],
        paper=of[row["paper_id"]],
        number=row["copy_number"],
        label=office.label("C", row["label_serial"]),
        state=facts.State(row["state"]),
        cabinet=row["cabinet_id"],
        home_cabinet=row["home_cabinet_id"],
        holder=row["holder_id"],
        kept_by=row["kept_by_id"],
        purpose=row["purpose"],
        since=row["since"],
        ver=row["ver"],
    )


@seen_once
def readers_so_far(paper_ids: Iterable[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """Who has read each paper and handed it back, by paper."""
    found: dict[UUID, set[UUID]] = {key: set() for key in paper_ids}
    for paper_id, reader in _READERS(found):
        found[paper_id].add(reader)
    return {key: frozenset(readers) for key, readers in found.items()}


def next_serial(year: int, category: str) -> int:
    """The next number of a series; numbers are never used twice, voided ones included."""
    series = {"series_year": year, "series_category": category}
    used = models.Paper.objects.filter(**series).aggregate(last=Max("series_serial"))["last"]
    voided = models.VoidedNumber.objects.filter(**series).aggregate(last=Max("series_serial"))
    return max(used or 0, voided["last"] or 0) + 1


def references(ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """What copies and slips are called by id, without a title: numbers and labels."""
    wanted = list(ids)
    copies = models.Copy.objects.filter(id__in=wanted).values_list(
        "id", "paper__registered_number", "copy_number", "label_serial"
    )
    slips = models.Slip.objects.filter(id__in=wanted).values_list(
        "id", Value("", CharField()), Value("", CharField()), "label_serial"
    )
    return {
        key: f"{registered} 第{number}份 {office.label('C', serial)}"
        if number
        else f"交接清单 {office.label('S', serial)}"
        for key, registered, number, serial in copies.union(slips, all=True)
    }


def cabinets_in_use(ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which of some cabinets hold a copy now."""
    rows = models.Copy.objects.filter(cabinet__in=list(ids)).values_list("cabinet_id", flat=True)
    return frozenset(rows.distinct())


def next_label() -> int:
    """The next serial of copies' labels."""
    return (models.Copy.objects.aggregate(last=Max("label_serial"))["last"] or 0) + 1


def numbers_of(paper_id: UUID) -> frozenset[str]:
    """Copy numbers (份号) that a paper's copies bear already."""
    rows = models.Copy.objects.filter(paper=paper_id)
    return frozenset(rows.values_list("copy_number", flat=True))


def serial_is_used(year: int, category: str, serial: int) -> bool:
    """Whether a number of a series was given or voided."""
    number = {"series_year": year, "series_category": category, "series_serial": serial}
    given = models.Paper.objects.filter(**number).exists()
    return given or models.VoidedNumber.objects.filter(**number).exists()


def entered_as(issuer: str, number_key: str) -> str | None:
    """The registered number under which this issuer's paper of that 文号 stands already."""
    rows = models.Paper.objects.filter(origin="received", issuer=issuer, number_key=number_key)
    return rows.values_list("registered_number", flat=True).first()


def holders_of(paper_id: UUID) -> frozenset[UUID]:
    """Everybody in whose hands a copy of a paper is."""
    rows = models.Copy.objects.filter(paper=paper_id, state=facts.State.HELD.value)
    return frozenset(rows.values_list("holder_id", flat=True)) - {None}
