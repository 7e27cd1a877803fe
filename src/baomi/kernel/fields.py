"""What a field of ``Inputs`` stands for, so that every door can offer and resolve it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Pick:
    """The field names a row of a register; a door resolves a name, number or label to its id."""

    kind: str  # "office.person"


PersonRef = Annotated[UUID, Pick("office.person")]
UnitRef = Annotated[UUID, Pick("office.unit")]
RoomRef = Annotated[UUID, Pick("office.room")]
CabinetRef = Annotated[UUID, Pick("office.cabinet")]
PaperRef = Annotated[UUID, Pick("custody.paper")]
CopyRef = Annotated[UUID, Pick("custody.copy")]
EnvelopeRef = Annotated[UUID, Pick("custody.envelope")]

LevelCode = Literal["none", "internal", "confidential", "secret", "top_secret"]
