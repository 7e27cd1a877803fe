"""Papers and copies as the rules know them, and what befalls one or the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from baomi.kernel.happening import Happening
from baomi.kernel.verdict import Ref
from baomi.kernel.words import Level


class State(StrEnum):
    """Where a copy stands."""

    UNSTORED = "unstored"  # numbered, not yet locked in
    STORED = "stored"  # in a cabinet
    HELD = "held"  # in somebody's hands
    ARCHIVED = "archived"  # in a cabinet of the archive
    MISSING = "missing"


CARRYING: Final = "carrying"  # purpose of a copy that is carried out of the office
CONSULTING: Final = "consulting"  # purpose of an archived copy while it is consulted


class Carrier(StrEnum):
    """What bears the information (涉密载体)."""

    PAPER = "paper"
    TELEGRAM = "telegram"
    DISC = "disc"
    ELECTRONIC_FILE = "electronic_file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How long a level lasts. Empty kind: none is recorded."""

    kind: str  # years, months, until, condition
    value: str
    presumed: bool  # not stated on the carrier; taken from the terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper as the rules know it."""

    id: UUID
    own: bool
    carrier: Carrier
    issuer: str
    central_or_provincial: bool
    reference: str  # 收文编号: names it without its title
    level: Level
    marked: bool  # a mark stands on it, or its handler recorded one
    term: Term
    release_level: str
    conveyance: str
    handler: UUID | None
    circle: frozenset[UUID]  # as it is on the day: named, or covered by a unit, post or rank
    circle_set: bool
    copies_were_given: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One numbered copy, and who has it."""

    id: UUID
    paper: Paper
    number: str
    label: str
    state: State
    cabinet: UUID | None
    home_cabinet: UUID | None
    holder: UUID | None
    kept_by: UUID | None
    purpose: str
    since: date
    ver: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfPaper(Happening):
    """Something befalls a paper as a whole."""

    paper: Paper

    @property
    def subject(self) -> UUID:
        """The paper."""
        return self.paper.id

    @property
    def level(self) -> Level:
        """The paper's."""
        return self.paper.level


@dataclass(frozen=True, slots=True, kw_only=True)
class OfCopy(Happening):
    """Something befalls one copy."""

    copy: Copy

    @property
    def subject(self) -> UUID:
        """The copy."""
        return self.copy.id

    @property
    def level(self) -> Level:
        """Its paper's."""
        return self.copy.paper.level


def ref_copy(copy: Copy) -> Ref:
    """A copy, as a refusal names it: by number, never by title."""
    label = f"{copy.paper.reference} 第{copy.number}份"
    return Ref("custody.copy", copy.id, label, "该份文件")


def ref_paper(paper: Paper) -> Ref:
    """A paper, as a refusal names it: by its registered number, never by title."""
    return Ref("custody.paper", paper.id, paper.reference, "另一事项")
