"""The leading group's work, for deciding: set-wise, unfiltered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Max, Q

from baomi.kernel.words import Level
from baomi.registers.governance import facts, models

PLAN = "plan"
SUMMARY = "summary"


def standing_yearly(kind: str, year: int) -> facts.Yearly | None:
    """The newest version of a year's plan or summary; None: there is none yet."""
    rows = models.Yearly.objects.filter(kind=kind, year=year, replaced_on=None)
    row = rows.values_list("id", "version", "level").first()
    if row is None:
        return None
    key, version, level = row
    return facts.Yearly(id=key, kind=kind, year=year, version=version, level=Level(level))


def last_version(kind: str, year: int) -> int:
    """The number of the newest version; 0: there is none yet."""
    rows = models.Yearly.objects.filter(kind=kind, year=year)
    return rows.aggregate(last=Max("version"))["last"] or 0


def goals_among(items: Iterable[UUID]) -> frozenset[UUID]:
    """Those of some items that are goals of a plan."""
    rows = models.Item.objects.filter(id__in=list(items), yearly__kind=PLAN)
    return frozenset(rows.values_list("id", flat=True))


def versions(ids: Iterable[UUID]) -> Mapping[UUID, facts.Version]:
    """Versions of the 制度 by id."""
    return _versions(Q(id__in=list(ids)))


def standing_version(system: facts.System) -> facts.Version | None:
    """The version of a 制度 that no other one repealed; None: none is recorded."""
    found = _versions(Q(system=system.value, repealed_on=None))
    return next(iter(found.values()), None)


def newest_issue(system: facts.System) -> date | None:
    """The day on which the newest recorded version of a 制度 was issued."""
    rows = models.RulebookVersion.objects.filter(system=system.value)
    newest: date | None = rows.aggregate(last=Max("issued_on"))["last"]
    return newest


def _versions(wanted: Q) -> Mapping[UUID, facts.Version]:
    rows = models.RulebookVersion.objects.filter(wanted).values_list(
        "id", "system", "issued_on", "in_force_from", "repealed_on"
    )
    return {
        key: facts.Version(
            id=key,
            system=facts.System(system),
            issued_on=issued_on,
            in_force_from=in_force_from,
            repealed_on=repealed_on,
        )
        for key, system, issued_on, in_force_from, repealed_on in rows
    }


def oversights(ids: Iterable[UUID]) -> Mapping[UUID, facts.Oversight]:
    """Who oversees what, by id."""
    return _oversights(Q(id__in=list(ids)))


def oversights_of(
    unit: UUID, first: date, last: date | None, *, leader: UUID | None = None
) -> tuple[facts.Oversight, ...]:
    """Who oversees a unit (or whether one person does) on any day from ``first`` to ``last``."""
    begun = Q() if last is None else Q(from_on__lte=last)
    wanted = begun & Q(unit=unit) & (Q(until_on=None) | Q(until_on__gte=first))
    return tuple(_oversights(wanted & (Q(leader=leader) if leader else Q())).values())


def _oversights(wanted: Q) -> Mapping[UUID, facts.Oversight]:
    rows = models.Oversight.objects.filter(wanted).order_by("from_on", "id")
    values = rows.values_list("id", "leader_id", "unit_id", "from_on", "until_on")
    return {
        key: facts.Oversight(id=key, leader=leader, unit=unit, from_on=from_on, until_on=until_on)
        for key, leader, unit, from_on, until_on in values
    }


def is_pledged(year: int, unit: UUID, head: UUID, leader: UUID) -> bool:
    """Whether a pledge of these two for a year and a unit was drawn up already, and stands."""
    rows = models.Pledge.objects.filter(
        year=year, unit=unit, head=head, leader=leader, cancelled_on=None
    )
    return rows.exists()


def pledges(ids: Iterable[UUID]) -> Mapping[UUID, facts.Pledge]:
    """Pledges by id."""
    rows = models.Pledge.objects.filter(id__in=list(ids)).values(
        *("id", "role", "leader", "head", "unit", "unit__name", "recorded_on", "cancelled_on")
    )
    return {
        row["id"]: facts.Pledge(
            id=row["id"],
            role=facts.Role(row["role"]),
            leader=row["leader"],
            head=row["head"],
            unit=row["unit"],
            unit_name=row["unit__name"],
            signed=row["recorded_on"] is not None,
            cancelled=row["cancelled_on"] is not None,
        )
        for row in rows
    }
