"""A register's list as the command line shows and exports it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any, Final

from baomi.engine.face.listed import rows_as_data, witness
from baomi.engine.face.reading import book, books
from baomi.engine.snapshot import snapshot
from baomi.entrypoints.cli.answer import Stop
from baomi.entrypoints.cli.session import Asker
from baomi.kernel.words import Door, Level
from baomi.registers import paging
from baomi.registers.filters import YES

MINE = "mine"
OVERDUE = "overdue"
DUTIES = "duties.duty"

_EVERYTHING: Final[Mapping[str, str]] = MappingProxyType({})
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """The columns (key and Chinese heading) and the rows that somebody may see."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    level: Level = Level.NONE

    @property
    def head(self) -> list[str]:
        """The headings."""
        return [heading for _, heading in self.columns]

    def as_data(self) -> list[dict[str, Any]]:
        """Each row by its keys, as a program reads it."""
        return rows_as_data(self.columns, self.rows)

    def as_text(self) -> list[list[object]]:
        """Each row as a person reads it."""
        return [[shown(value) for value in row] for row in self.rows]


def narrowed_by(key: str) -> tuple[str, ...]:
    """The books that can be narrowed by one thing."""
    return tuple(name for name, each in books().items() if key in {one.key for one in each.filters})


def asked(name: str, *, mine: bool, overdue: bool) -> dict[str, str]:
    """The filters that were asked for. Raises ``Stop`` where the book has no such one."""
    wanted = [key for key, is_wanted in ((MINE, mine), (OVERDUE, overdue)) if is_wanted]
    for key in wanted:
        if key not in {each.key for each in book(name).filters}:
            so = "、".join(narrowed_by(key))
            raise Stop(f"“{name}”不能这样筛选。可以这样筛选的台账有：{so}。")
    return dict.fromkeys(wanted, YES)


def read(
    name: str, who: Asker, *, observed: str, filters: Mapping[str, str] = _EVERYTHING
) -> Listed:
    """A book as somebody may see it, all of it as it stood at one moment. Raises ``BadInput``."""
    with snapshot():
        told = paging.listing(book(name), who.person, who.terms, filters=filters)
    found = Listed(name, told.columns, told.rows, told.level)
    witness(name, observed, found.as_data(), door=Door.CLI)
    return found


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
