"""Cells and sheets as read: typed values beside the text that the clerk saw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

EXACT_DIGITS = 15
"""A spreadsheet keeps fifteen digits of a number; of a longer one the last are lost."""


class UnreadableBook(ValueError):
    """A file that cannot be read as a register; ``message`` is a Chinese sentence.

    It says what is wrong and how to mend it, and carries nothing of the file's content but
    headings.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Cell:
    """One cell.

    ``merged``: ``""``, ``origin`` (the top left one of a merged range), ``above`` (its value
    is the origin's, which stands higher in this column) or ``left`` (… further left).
    ``flaw``: ``""``, ``formula`` or ``error``.
    """

    value: str | int | float | bool | date | datetime | None
    merged: str = ""
    flaw: str = ""

    @property
    def typed(self) -> str:
        """The cell's text, without blanks at its ends; days as ISO, whole numbers without point."""
        value = self.value
        if value is None:
            return ""
        if isinstance(value, datetime):
            at_midnight = value.time().isoformat() == "00:00:00"
            return value.date().isoformat() if at_midnight else value.isoformat(" ")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() else repr(value)
        return str(value).strip()

    def __repr__(self) -> str:
        """Kind only: what is shown in logs must hold nothing of a book's content."""
        return f"<Cell {type(self.value).__name__}>"

    @property
    def is_own(self) -> bool:
        """Whether the cell holds something of its own, not a merged range's value."""
        return bool(self.typed) and self.merged not in ("above", "left")

    @property
    def lost_digits(self) -> bool:
        """Whether this is a number too long for a spreadsheet: its end is not what was typed."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return bool(abs(value) >= 10**EXACT_DIGITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: every row from the first one to the last that holds anything."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


EMPTY = Cell(value=None)
