"""A register's rows as a program reads them, and as the coverage measurement hears of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Final
from uuid import UUID

from baomi.engine import registry
from baomi.engine.evidence import duty_key, observe
from baomi.engine.face.reading import book
from baomi.kernel.words import Door, Level

DUTIES: Final = "duties.duty"
DAYS_OVERDUE: Final = "overdue_days"


def as_data(value: Any) -> Any:
    """A cell as a program reads it: a level's code, a day as 2026-01-31, an id as text."""
    if isinstance(value, Level):
        return value.code
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [as_data(each) for each in value]
    return str(value) if isinstance(value, UUID) else value


def rows_as_data(
    columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]]
) -> list[dict[str, Any]]:
    """Each row by the keys of its columns."""
    keys = [key for key, _ in columns]
    return [dict(zip(keys, map(as_data, row), strict=True)) for row in rows]


def register_of(name: str) -> str:
    """The table whose rows a book shows, as clauses name it: office.post shows post holdings."""
    table = name.replace(".", "_")
    return table if table in registry.ledgered() else book(name).kind.replace(".", "_") or table


def witness(name: str, outcome: str, rows: Iterable[Mapping[str, Any]], *, door: Door) -> None:
    """Tell the coverage measurement that a book was shown, and which duties as overdue."""
    observe("register", register_of(name), outcome, door=door.value)
    if name != DUTIES:
        return
    for row in rows:
        key = _duties().get((row.get("clause"), row.get("title")))
        if key is not None and row.get(DAYS_OVERDUE):
            observe("duty", key, "overdue", door=door.value)


@cache
def _duties() -> Mapping[tuple[Any, Any], str]:
    return {
        (rule.clause, rule.title): duty_key(rule)
        for clause in registry.rulebook()
        for part in clause.every_part()
        for rule in part.every_duty
    }
