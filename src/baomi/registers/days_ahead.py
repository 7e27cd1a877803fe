"""How far ahead a day may be entered: a year typed wrongly is said, not kept."""

from __future__ import annotations

from datetime import date
from typing import Final

from baomi.kernel.schedule import months_later
from baomi.kernel.verdict import BadInput

MOST_YEARS: Final = 5
_MONTHS: Final = 12


def not_too_far(day: date | None, today: date, *, what: str, field: str) -> None:
    """Raises ``BadInput`` for a day more than ``MOST_YEARS`` years after today."""
    if day is not None and day > months_later(today, MOST_YEARS * _MONTHS):
        raise BadInput(f"{what}最多填到 {MOST_YEARS} 年以后，请核对年份", field=field)
