"""Which terms hold on a day, for reading: the engine says so when it starts.

The terms stand in the rulebook, above the registers; a register that lists by them asks here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from baomi.kernel.terms import Terms

_told: list[Callable[[date], Terms]] = []


def told_by(source: Callable[[date], Terms]) -> None:
    """Say where the terms of a day are to be had."""
    _told[:] = [source]


def terms_on(day: date) -> Terms:
    """The terms in force on a day."""
    return _told[0](day)
