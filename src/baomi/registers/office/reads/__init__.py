"""The office as its people may see it: what a name means to somebody, and the lists he is shown.

Everybody in service sees units, people's names and units, posts, rooms and cabinets; accounts are
seen by the three administrators, and by each person his own. What one may not see does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from baomi.registers.listing import Book
from baomi.registers.office.reads.deputations import DEPUTATIONS
from baomi.registers.office.reads.naming import NAMES, OFFERS
from baomi.registers.office.reads.people import ACCOUNTS, PEOPLE, POSTS
from baomi.registers.office.reads.pickers import PICKERS, find
from baomi.registers.office.reads.places import CABINETS, OUTSIDE_BODIES, ROOMS, UNITS
from baomi.registers.office.reads.visible import visible_to

_EVERY: Final = (
    *(UNITS, PEOPLE, POSTS, DEPUTATIONS),
    *(OUTSIDE_BODIES, ROOMS, CABINETS, ACCOUNTS),
)
BOOKS: Final[Mapping[str, Book]] = {book.name: book for book in _EVERY}

__all__ = ["BOOKS", "NAMES", "OFFERS", "PICKERS", "find", "visible_to"]
