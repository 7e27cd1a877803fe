"""Hand-over slips, and what befalls them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from baomi.kernel.happening import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A hand-over slip (交接清单): what one person was given, or gave back, on one day."""

    id: UUID
    label: str
    kind: str  # out, back
    person: UUID
    drawn_up_by: UUID
    confirmed: bool
    void: bool  # what it lists was undone


@dataclass(frozen=True, slots=True, kw_only=True)
class OfSlip(Happening):
    """Something befalls a slip."""

    slip: Slip

    @property
    def subject(self) -> UUID:
        """The slip."""
        return self.slip.id


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipIsDrawnUp(OfSlip):
    """A slip is made; it waits for a signature unless the person confirmed on the spot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipIsConfirmed(OfSlip):
    """The person confirms a slip, or his signature on it is recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipIsVoid(OfSlip):
    """A hand-over that the slip lists is undone, and the slip with it."""
