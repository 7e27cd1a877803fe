"""From rows to facts, a whole set at a time: for deciding, never for showing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Max, Q

from baomi.kernel.labels import make_label
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level, Purpose
from baomi.registers.custody import facts, models

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
    "before",
)
RETURN_KINDS = ("take_back", "past_back")


def papers(ids: Iterable[UUID], terms: Terms) -> Mapping[UUID, facts.Paper]:
    """Papers by id, with their circles."""
    rows = list(models.Paper.objects.filter(id__in=list(ids)).values(*_PAPER))
    keys = [row["id"] for row in rows]
    circles: dict[UUID, set[UUID]] = {key: set() for key in keys}
    members = models.CircleMember.objects.filter(paper__in=keys)
    for paper, person in members.values_list("paper_id", "person_id"):
        circles[paper].add(person)
    # a recorded past is no circulation under a circle: fixing the first circle is not widening
    given = models.Movement.objects.filter(copy__paper__in=keys, kind="hand_over", voided_by=None)
    were_given = set(given.values_list("copy__paper_id", flat=True).distinct())
    return {
        row["id"]: facts.Paper(
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
            circle=frozenset(circles[row["id"]]),
            circle_set=row["circle_set_on"] is not None,
            copies_were_given=row["id"] in were_given,
        )
        for row in rows
    }


def paper(key: UUID, terms: Terms) -> facts.Paper:
    """One paper. Raises ``BadInput`` for an unknown one."""
    found = papers([key], terms).get(key)
    if found is None:
        raise BadInput("没有这份文件，请核对编号")
    return found


def copies(ids: Iterable[UUID], terms: Terms) -> tuple[facts.Copy, ...]:
    """Copies in the order of ``ids``, each with its paper. Raises ``BadInput`` for unknown ones."""
    wanted = list(dict.fromkeys(ids))  # a label read twice is one copy
    rows = {row["id"]: row for row in models.Copy.objects.filter(id__in=wanted).values(*_COPY)}
    if any(key not in rows for key in wanted):
        raise BadInput("没有这份文件，请核对标签")
    of = papers({row["paper_id"] for row in rows.values()}, terms)
    return tuple(_copy(rows[key], of) for key in wanted)


def _copy(row: Mapping[str, Any], of: Mapping[UUID, facts.Paper]) -> facts.Copy:
    return facts.Copy(
        id=row["id"],
        paper=of[row["paper_id"]],
        number=row["copy_number"],
        label=make_label("C", row["label_serial"]),
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
    before: Mapping[str, Any]


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
            before=row["before"],
        )
        for row in rows.order_by("turn").values(*_MOVED)
    ]


def readers_so_far(paper_ids: Iterable[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """Who has read each paper and handed it back, by paper."""
    found: dict[UUID, set[UUID]] = {key: set() for key in paper_ids}
    rows = models.Movement.objects.filter(
        copy__paper__in=list(found), kind__in=RETURN_KINDS, voided_by=None
    ).exclude(before__purpose=Purpose.KEEPING.value)  # who kept it for his unit need not have read
    for paper_id, reader in rows.values_list("copy__paper_id", "from_holder_id"):
        if reader is not None:
            found[paper_id].add(reader)
    return {key: frozenset(readers) for key, readers in found.items()}


def next_serial(year: int, category: str) -> int:
    """The next number of a series; numbers are never used twice, voided ones included."""
    series = {"series_year": year, "series_category": category}
    used = models.Paper.objects.filter(**series).aggregate(last=Max("series_serial"))["last"]
    voided = models.VoidedNumber.objects.filter(**series).aggregate(last=Max("series_serial"))
    return max(used or 0, voided["last"] or 0) + 1


def references(ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """Registered number, copy number and label of copies by id: names them without a title."""
    rows = models.Copy.objects.filter(id__in=list(ids)).values_list(
        "id", "paper__registered_number", "copy_number", "label_serial"
    )
    return {
        key: f"{registered} 第{number}份 {make_label('C', serial)}"
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
