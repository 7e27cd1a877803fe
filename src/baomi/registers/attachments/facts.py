"""What rules may know about attachments. Plain values: no Django, no queries, no defaults."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from baomi.kernel.happening import Happening
from baomi.kernel.words import Level


class Role(StrEnum):
    """What a file is to the thing that it belongs to."""

    SIGNED = "signed"  # a form that was signed by hand
    LETTER = "letter"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """One attached file: to what it belongs, what it is to it, whether it still counts."""

    id: UUID
    kind: str  # of the thing: custody.slip
    thing: UUID
    role: Role
    level: Level
    attached_by: UUID
    void: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfAttachment(Happening):
    """Something befalls an attachment; what matters is the thing that it belongs to."""

    attached: Attached

    @property
    def subject(self) -> UUID:
        """The thing that it belongs to."""
        return self.attached.thing


@dataclass(frozen=True, slots=True, kw_only=True)
class FileIsAttached(OfAttachment):
    """A scan or a letter is attached to a thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentIsVoided(OfAttachment):
    """It turns out that a file does not belong there."""
