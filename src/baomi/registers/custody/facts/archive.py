"""Copies that go into the archive (归档), and who consults them there (查阅档案)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baomi.kernel.words import Person
from baomi.registers.custody.facts.things import OfCopy
from baomi.registers.office.facts import Cabinet, Room


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyIsArchived(OfCopy):
    """A copy is put into the archive."""

    cabinet: Cabinet
    archive_number: str
    handed_over_by: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveIsConsulted(OfCopy):
    """Somebody consults an archived copy on the spot."""

    person: Person
    consulting_unit: str
    place: Room
    purpose: str
    excerpts: bool  # he will excerpt or quote it
    excerpt_use: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationEnds(OfCopy):
    """A consulted copy goes back into its cabinet."""

    person: UUID
    excerpted: str  # what was excerpted or quoted; empty: nothing
    excerpt_kept: str  # where the excerpt went
    excerpts_approved: bool
