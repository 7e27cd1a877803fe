"""Tables of custody: papers, their numbered copies, circles, every movement and its papers."""

from baomi.registers.custody.models.archive import Archiving, Consultation, ConsultationLine
from baomi.registers.custody.models.copies import Copy, Correction, Movement
from baomi.registers.custody.models.outings import Outing, OutingCompanion, OutingLine
from baomi.registers.custody.models.papers import (
    CircleGround,
    CircleMember,
    Conveyance,
    Envelope,
    Paper,
    VoidedNumber,
)
from baomi.registers.custody.models.slips import Slip, SlipLine
from baomi.registers.custody.models.titles import TitlePair, TitleShadow

__all__ = [
    "Archiving",
    "CircleGround",
    "CircleMember",
    "Consultation",
    "ConsultationLine",
    "Conveyance",
    "Copy",
    "Correction",
    "Envelope",
    "Movement",
    "Outing",
    "OutingCompanion",
    "OutingLine",
    "Paper",
    "Slip",
    "SlipLine",
    "TitlePair",
    "TitleShadow",
    "VoidedNumber",
]
