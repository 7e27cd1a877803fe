"""What somebody may see of custody. Nothing here answers without an actor."""

from collections.abc import Mapping
from typing import Final

from baomi.registers.custody.reads.archive import ARCHIVINGS, CONSULTATIONS, CONSULTED
from baomi.registers.custody.reads.circle import CIRCLE, GROUNDS
from baomi.registers.custody.reads.copies import COPIES
from baomi.registers.custody.reads.incoming import ENVELOPES, VOIDED_NUMBERS
from baomi.registers.custody.reads.movements import MOVEMENTS, history
from baomi.registers.custody.reads.naming import NAMES, OFFERS
from baomi.registers.custody.reads.outings import LINES as OUTING_LINES
from baomi.registers.custody.reads.outings import OUTINGS
from baomi.registers.custody.reads.papers import CONVEYANCES, PAPERS
from baomi.registers.custody.reads.picking import PICKERS
from baomi.registers.custody.reads.slip_books import LINES, SLIPS
from baomi.registers.custody.reads.visible import Visible, movements_for, visible_to
from baomi.registers.listing import Book

_EVERY: Final = (
    *(COPIES, PAPERS, MOVEMENTS, SLIPS, CONVEYANCES, ENVELOPES, VOIDED_NUMBERS),
    *(OUTINGS, ARCHIVINGS, CONSULTATIONS),
)
BOOKS: Final[Mapping[str, Book]] = {book.name: book for book in _EVERY}

__all__ = [
    "BOOKS",
    "CIRCLE",
    "CONSULTED",
    "GROUNDS",
    "LINES",
    "NAMES",
    "OFFERS",
    "OUTING_LINES",
    "PICKERS",
    "Visible",
    "history",
    "movements_for",
    "visible_to",
]
