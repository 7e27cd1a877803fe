"""What rules may know about duties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baomi.kernel.happening import Happening
from baomi.kernel.words import Person, Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """A duty whose day has passed."""

    clause: str
    subject: UUID
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyIsWaived(Happening):
    """Somebody is released from a duty. ``waived_by``: who may do so; None: nobody.

    ``owed_by``: the humans who owe it, in person or by a post.
    """

    duty: UUID
    title: str
    clause: str
    waived_by: Post | None
    owed_by: frozenset[UUID]
    by: Person
    reason: str

    @property
    def subject(self) -> UUID:
        """The duty."""
        return self.duty


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesArePassedOn(Happening):
    """Everything that somebody owed is passed on: nothing of his is left open."""

    former_owner: UUID

    @property
    def subject(self) -> UUID:
        """Who owed it."""
        return self.former_owner
