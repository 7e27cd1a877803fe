"""A list that leaves a register: headings, rows, and the highest level that stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from baomi.kernel.words import Level


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows that an actor may see. ``columns``: key and Chinese heading, in the rows' order."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Any, ...], ...]
    level: Level = Level.NONE
