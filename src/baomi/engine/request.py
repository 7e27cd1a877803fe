"""What an entrypoint asks for, and what it gets: the same for every door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from baomi.kernel.verdict import Refusal
from baomi.kernel.words import Door


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A deed asked for: who, what, to which things, with which inputs, through which door."""

    action: str
    actor: UUID
    targets: tuple[UUID, ...]
    inputs: Mapping[str, Any]
    op_id: UUID
    door: Door
    second: UUID | None = None  # the second person of a two-person deed
    happened_on: date | None = None  # 补记: a day that has passed
    late_reason: str = ""

    def content(self) -> dict[str, Any]:
        """What the operation id stands for: the same id with another content is refused."""
        return {
            "action": self.action,
            "actor": self.actor,
            "targets": self.targets,
            "inputs": dict(self.inputs),
            "second": self.second,
            "happened_on": self.happened_on,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A deed that was done: its place in the ledger, and what its asker is told."""

    seq: int
    leaf: str  # hex
    op_id: UUID
    told: Mapping[str, Any]
    notes: tuple[Refusal, ...] = field(default=(), compare=False)

    @property
    def text(self) -> str:
        """As printed on a slip: ``seq:first 16 hex digits``."""
        return f"{self.seq}:{self.leaf[:16]}"
