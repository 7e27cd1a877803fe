"""From rows to facts, a whole set at a time: for deciding, never for showing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, Max, OuterRef, Q, Value
from django.db.models.functions import Concat

from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level, Purpose
from baomi.registers.custody import facts, models
from baomi.registers.office import load as office
from baomi.registers.prepared import Prepared
from baomi.registers.seen_once import seen_once

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
_MOVED = (
    "id",
    "copy_id",
    "op",
    "kind",
    "happened_on",
    "at_us",
    "turn",
    "actor_id",
    "from_holder_id",
    "to_holder_id",
    "before",
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
_CIRCLES = Prepared(
    lambda papers: models.CircleMember.objects.filter(paper__in=papers).values_list(
        "paper_id", "person_id"
    )
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
def papers(ids: Iterable[UUID], terms: Terms) -> Mapping[UUID, facts.Paper]:
    """Papers by id, with their circles."""
    rows = [dict(zip((*_PAPER, "given"), row, strict=True)) for row in _PAPERS(ids)]
    circles: dict[UUID, set[UUID]] = {row["id"]: set() for row in rows}
    for paper, person in _CIRCLES(circles):
        circles[paper].add(person)
    return {row["id"]: _paper(row, circles[row["id"]], terms) for row in rows}


def _paper(row: Mapping[str, Any], circle: Iterable[UUID], terms: Terms) -> facts.Paper:
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
        circle=frozenset(circle),
        circle_set=row["circle_set_on"] is not None,
        copies_were_given=row["given"],
    )


def paper(key: UUID, terms: Terms) -> facts.Paper:
    """One paper. Raises ``BadInput`` for an unknown one."""
    found = papers([key], terms).get(key)
    if found is None:
        raise BadInput("没有这份文件，请核对编号")
    return found


@seen_once
def copies(ids: Iterable[UUID], terms: Terms) -> tuple[facts.Copy, ...]:
    """Copies in the order of ``ids``, each with its paper. Raises ``BadInput`` for unknown ones."""
    wanted = list(dict.fromkeys(ids))  # a label read twice is one copy
    rows = {row[0]: dict(zip(_COPY, row, strict=True)) for row in _COPIES(wanted)}
    if any(key not in rows for key in wanted):
        raise BadInput("没有这份文件，请核对标签")
    of = papers({row["paper_id"] for row in rows.values()}, terms)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A movement as it stands: what an undo, a return or a finding must know of it."""

    id: UUID
    copy: UUID
    op: UUID
    kind: str
    happened_on: date
    at_us: int
    turn: int
    actor: UUID
    from_holder: UUID | None
    to_holder: UUID | None
    before: Mapping[str, Any]

    @property
    def other_person(self) -> UUID | None:
        """Who stands opposite the one who moved it: the receiver, or who gave it back."""
        return self.to_holder if self.kind == "hand_over" else self.from_holder


def newest_movements(copies: Iterable[UUID]) -> Mapping[UUID, Moved]:
    """The newest deed on each copy that stands; undone ones and the undoing itself left out."""
    return {moved.copy: moved for moved in _moved(copy__in=list(copies))}


def movements_of(op: UUID) -> tuple[Moved, ...]:
    """What one operation moved and what still stands of it."""
    return tuple(_moved(op=op))


def _moved(**which: Any) -> list[Moved]:
    rows = models.Movement.objects.filter(voided_by=None, **which).exclude(kind="undo")
    return [
        Moved(
            id=row["id"],
            copy=row["copy_id"],
            op=row["op"],
            kind=row["kind"],
            happened_on=row["happened_on"],
            at_us=row["at_us"],
            turn=row["turn"],
            actor=row["actor_id"],
            from_holder=row["from_holder_id"],
            to_holder=row["to_holder_id"],
            before=row["before"],
        )
        for row in rows.order_by("turn").values(*_MOVED)
    ]


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
    rows = models.Copy.objects.filter(id__in=wanted).values_list(
        "id", "paper__registered_number", "copy_number", "label_serial"
    )
    slips = models.Slip.objects.filter(id__in=wanted).values_list("id", "label_serial")
    return {key: f"交接清单 {office.label('S', serial)}" for key, serial in slips} | {
        key: f"{registered} 第{number}份 {office.label('C', serial)}"
        for key, registered, number, serial in rows
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


def ranks_of(people: Iterable[UUID]) -> Mapping[UUID, str]:
    """Ranks as the office writes them, by person; a circle is compared with the release level."""
    rows = apps.get_model("office", "Person").objects.filter(id__in=list(people))
    return dict(rows.values_list("id", "rank"))


def people_of_ranks(ranks: Iterable[str], day: date) -> Mapping[UUID, str]:
    """Everybody in service on a day whose rank is one of these, with that rank."""
    in_service = Q(joined_on__lte=day) & (Q(left_on=None) | Q(left_on__gte=day))
    people = apps.get_model("office", "Person").objects
    return dict(people.filter(in_service, rank__in=list(ranks)).values_list("id", "rank"))
