"""A book's rows as they leave the system: read at one moment, worded for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Any, Final

from baomi.engine.face.reading import book
from baomi.engine.snapshot import snapshot
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level, Person
from baomi.registers import paging
from baomi.registers.listing import Listing

_ASKED: Final = ("order", "search")
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


def read_listing(
    name: str, actor: Person, terms: Terms, asked: Mapping[str, Any] = _NOTHING
) -> Listing:
    """Every row of a book that the actor may see, as it stood at one moment.

    ``asked``: ``order``, ``search``, ``filters`` and ``columns`` as a page takes them. Raises
    ``BadInput``: there is no such book, order, filter or column, or he is not offered it.
    """
    found = book(name)
    if found.seen_by is not None and not found.seen_by(actor):
        raise BadInput(f"“{found.title}”不供本人岗位查看。")
    told = {key: str(asked.get(key) or "") for key in _ASKED}
    filters = {str(key): str(value) for key, value in dict(asked.get("filters") or {}).items()}
    columns = [str(key) for key in asked.get("columns") or ()]
    with snapshot():
        return paging.listing(found, actor, terms, filters=filters, columns=columns, **told)


def shown(value: Any) -> object:
    """A value as a person reads it: 机密, 2026-01-31, 是."""
    if isinstance(value, Level):
        return value.title
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "、".join(str(shown(each)) for each in value)
    return value
