"""A register's list as the command line shows and exports it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from inspect import signature
from typing import Any
from uuid import UUID

from baomi.engine import registry
from baomi.engine.evidence import duty_key, observe
from baomi.engine.face.reading import Lister, lister
from baomi.engine.snapshot import snapshot
from baomi.entrypoints.cli.answer import Stop
from baomi.entrypoints.cli.session import Asker
from baomi.kernel.words import Door, Level

# which column says whose a row is
WHOSE = ("holder", "person", "owner")
MINE = "mine"
STATE = "state"
DAYS_OVERDUE = "overdue_days"
DUTIES = "duties.duty"
# which lists can be narrowed by a column; told where another one was asked for
NARROWED = {
    DAYS_OVERDUE: (DUTIES,),
    MINE: ("custody.copy", DUTIES, "office.account", "office.post"),
}

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
        keys = [key for key, _ in self.columns]
        return [dict(zip(keys, map(_data, row), strict=True)) for row in self.rows]

    def as_text(self) -> list[list[object]]:
        """Each row as a person reads it."""
        return [[shown(value) for value in row] for row in self.rows]

    def narrowed(self, key: str, wanted: Callable[[Any], bool]) -> Listed:
        """The rows whose column says what is wanted. Raises ``Stop`` where there is none."""
        keys = [each for each, _ in self.columns]
        if key not in keys:
            so = "、".join(NARROWED.get(MINE if key in WHOSE else key, ()))
            raise Stop(
                f"“{self.name}”不能这样筛选。"
                + (f"可以这样筛选的台账有：{so}。" if so else "请去掉筛选的选项。")
            )
        place = keys.index(key)
        return replace(self, rows=tuple(row for row in self.rows if wanted(row[place])))


def of(who: Asker, found: Listed) -> Listed:
    """The rows of a list that are somebody's own. Raises ``Stop`` where no column says whose."""
    keys = {key for key, _ in found.columns}
    if MINE in keys:
        return found.narrowed(MINE, bool)
    column = next((key for key in WHOSE if key in keys), WHOSE[0])
    return found.narrowed(column, lambda name: name == who.person.name)


def read(name: str, who: Asker, *, observed: str) -> Listed:
    """A list as somebody may see it, all of it as it stood at one moment. Raises ``Stop``."""
    with snapshot():
        told = _called(lister(name), who)
    observe("register", name.replace(".", "_"), observed, door=Door.CLI.value)
    level = getattr(told, "level", Level.NONE)
    found = Listed(name, tuple(told.columns), tuple(told.rows), level)
    if name == DUTIES:
        _witness_overdue(found)
    return found


def _witness_overdue(found: Listed) -> None:
    """Tell the coverage measurement which duties were shown as overdue."""
    rules = {
        (rule.clause, rule.title): duty_key(rule)
        for clause in registry.rulebook()
        for part in clause.every_part()
        for rule in part.duties
    }
    for row in found.as_data():
        key = rules.get((row["clause"], row["title"]))
        if key is not None and row[DAYS_OVERDUE]:
            observe("duty", key, "overdue", door=Door.CLI.value)


def _called(lists: Lister, who: Asker) -> Any:
    """Call a list with the actor, and with the day's terms where it words its rows by them."""
    asked = [each for each in signature(lists).parameters.values() if each.default is each.empty]
    return lists(*(who.person, who.terms)[: len(asked)])


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


def _data(value: Any) -> Any:
    if isinstance(value, Level):
        return value.code
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
