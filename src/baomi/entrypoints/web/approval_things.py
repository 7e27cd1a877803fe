"""The things that a request for approval is about, as its page tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from baomi.engine.face.reading import books, names_of
from baomi.entrypoints.guarding.logged_in import Who
from baomi.registers import paging
from baomi.registers.approvals.reads.told import Numbered, told_things

UNSEEN: Final = "另一事项"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One of the things that the deed is done to. One that the reader may not see has no name."""

    key: UUID | None
    name: str
    level: str
    title: str


def things_of(who: Who, request: UUID, kind: str, things: Sequence[UUID]) -> tuple[Thing, ...]:
    """The things by number and level, and those that the reader may open by their title too."""
    if not things:
        return ()
    names = names_of(who.person, kind, things, who.terms)
    marks = _marks(who, kind, things)
    told = told_things(who.person, request, [each for each in things if each not in names])
    return tuple(
        Thing(key=each, name=names[each], **marks.get(each, {"level": "", "title": ""}))
        if each in names
        else _unseen(told.get(each))
        for each in things
    )


def _unseen(told: Numbered | None) -> Thing:
    """What he may not open: by its number, if that is told him."""
    if told is None:
        return Thing(key=None, name=UNSEEN, level="", title="")
    return Thing(key=None, name=told.number, level=told.level.title, title="")


def _marks(who: Who, kind: str, things: Sequence[UUID]) -> dict[UUID, dict[str, str]]:
    """Level and title of each, where the register knows them."""
    book = books().get(kind)
    if book is None or not {"level", "title"} <= {column.key for column in book.columns}:
        return {}
    columns = ("level", "title")
    page = paging.some(book, who.person, who.terms, things, columns=columns)
    cells = zip(page.ids, page.rows, strict=True)
    return {key: {"level": row[0], "title": row[1]} for key, row in cells}
