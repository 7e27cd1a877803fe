"""A journey on which copies are carried out, as it is entered into the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.words import Person
from baomi.registers.custody import facts, models


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """Who carries and keeps it, who goes along, on what occasion, where to, until when."""

    carrier: Person
    keeper: Person
    companions: tuple[Person, ...]
    occasions: frozenset[facts.Occasion]
    destination: str
    purpose: str
    measures: str
    leaves_on: date
    back_until: date


def enter_journey(
    deed: Deed[Any], copies: Sequence[facts.Copy], journey: Journey
) -> tuple[UUID, dict[str, set[UUID]]]:
    """Enter an outing with its copies and companions. Returns its id, and what was touched."""
    outing = models.Outing(
        id=new_id(),
        serial_year=deed.recorded_on.year,
        serial=_next_serial(deed.recorded_on.year),
        registered_on=deed.recorded_on,
        registered_by_id=deed.actor.id,
        carrier_id=journey.carrier.id,
        unit_id=journey.carrier.unit,
        keeper_id=journey.keeper.id,
        business_trip=facts.Occasion.BUSINESS_TRIP in journey.occasions,
        public_place=facts.Occasion.PUBLIC_PLACE in journey.occasions,
        social_occasion=facts.Occasion.SOCIAL_OCCASION in journey.occasions,
        destination=journey.destination,
        purpose=journey.purpose,
        measures=journey.measures,
        level=max(copy.paper.level for copy in copies).value,
        leaves_on=journey.leaves_on,
        back_until=journey.back_until,
        op=deed.op_id,
    )
    outing.save(force_insert=True)
    lines = [
        models.OutingLine(id=new_id(), outing_id=outing.id, copy_id=copy.id) for copy in copies
    ]
    models.OutingLine.objects.bulk_create(lines)
    companions = [
        models.OutingCompanion(id=new_id(), outing_id=outing.id, person_id=person.id)
        for person in journey.companions
    ]
    models.OutingCompanion.objects.bulk_create(companions)
    return outing.id, {
        "custody_outing": {outing.id},
        "custody_outing_line": {line.id for line in lines},
        "custody_outing_companion": {each.id for each in companions},
    }


def _next_serial(year: int) -> int:
    """The next number of the year; a voided one is not used again."""
    rows = models.Outing.objects.filter(serial_year=year)
    return (rows.aggregate(last=Max("serial"))["last"] or 0) + 1
