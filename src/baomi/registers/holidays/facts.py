"""What rules may know about the notices on holidays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final
from uuid import UUID

from baomi.kernel.happening import Happening


class DayKind(Enum):
    """What a notice says of a day."""

    OFF = "off"
    WORK = "work"
    ORDINARY = "ordinary"  # an earlier notice said otherwise

    @property
    def word(self) -> str:
        """As people read it."""
        return _KINDS[self]


_KINDS: Final = {DayKind.OFF: "放假", DayKind.WORK: "上班", DayKind.ORDINARY: "照常"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayNoticeIsRecorded(Happening):
    """The office records the notice on a year's holidays."""

    office: UUID
    year: int

    @property
    def subject(self) -> UUID:
        """The office: its calendar is known from now on."""
        return self.office

    @property
    def period(self) -> str:
        """The year, as the duty to record its notice names it."""
        return str(self.year)
