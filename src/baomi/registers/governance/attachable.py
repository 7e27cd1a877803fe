"""What of governance may have files attached: the signed papers of its books."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final
from uuid import UUID

from baomi.kernel.words import Level
from baomi.registers.attachments.load import Attachable
from baomi.registers.governance.reads import BOOKS
from baomi.registers.listing import Book

# what is signed, issued or kept as a paper
_KINDS: Final = (
    *("governance.yearly", "governance.rulebook_version", "governance.document"),
    *("governance.pledge", "governance.oversight"),
)


def _called(book: Book) -> Callable[[Iterable[UUID]], Mapping[UUID, str]]:
    """These things bear no numbers: the register's name stands for them."""
    return lambda ids: dict.fromkeys(ids, book.title)


ATTACHABLE: Final = tuple(
    Attachable(
        kind=book.kind,
        title=book.title.removesuffix("登记簿"),
        rows=book.rows,
        level=lambda thing: Level.NONE,
        names=_called(book),
    )
    for book in BOOKS.values()
    if book.kind in _KINDS
)
