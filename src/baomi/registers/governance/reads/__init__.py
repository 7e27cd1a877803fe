"""The leading group's work as its people may see it. What one may not see does not exist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from baomi.registers.governance.reads.naming import NAMES, OFFERS, PICKERS
from baomi.registers.governance.reads.responsibility import OVERSIGHTS, PLEDGES
from baomi.registers.governance.reads.rules import REVIEWS, VERSIONS
from baomi.registers.governance.reads.yearly import DOCUMENTS, ITEMS, YEARLIES
from baomi.registers.listing import Book

_EVERY: Final = (YEARLIES, ITEMS, VERSIONS, REVIEWS, DOCUMENTS, PLEDGES, OVERSIGHTS)
BOOKS: Final[Mapping[str, Book]] = {book.name: book for book in _EVERY}

__all__ = ["BOOKS", "NAMES", "OFFERS", "PICKERS"]
