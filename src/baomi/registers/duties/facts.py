"""What rules may know about duties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """A duty whose day has passed."""

    clause: str
    subject: UUID
    due_on: date
