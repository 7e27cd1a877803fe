"""What befalls papers and copies from their registration to their return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baomi.kernel.words import Person, Purpose
from baomi.registers.custody.facts.things import OfCopy, OfPaper
from baomi.registers.duties.facts import Overdue
from baomi.registers.office.facts import Cabinet, Room


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperEntersRegister(OfPaper):
    """A paper, received or our own, is entered and gets its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperIsMarked(OfPaper):
    """Level and term are marked on a paper of our own."""

    marker: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyIsNumbered(OfCopy):
    """A copy gets its number and its label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleIsFixed(OfPaper):
    """Somebody is to be in the circle of readers: when it is set, and when it is widened."""

    members: tuple[Person, ...]  # whom this deed means
    added: tuple[Person, ...]
    added_grounds: tuple[str, ...]  # units, posts, ranks whose future members come in too
    ranks: Mapping[UUID, str]  # of the members, as the office writes them
    release_level_checked: bool  # the registrar compared what the program cannot compare


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleIsSet(CircleIsFixed):
    """The circle of readers is fixed or changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleIsWidened(CircleIsFixed):
    """Readers are added after circulation has begun."""

    named: tuple[Person, ...]  # added by name; the rest come in by a unit, post or rank
    grounds_in_words: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyEntersCabinet(OfCopy):
    """A copy is locked into a cabinet."""

    cabinet: Cabinet


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLeavesCabinet(OfCopy):
    """A copy is taken out of its cabinet, for whatever purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyIsGiven(OfCopy):
    """A copy leaves the hands of whoever gives it, to whomever it goes."""

    giver: Person
    giver_has_it: bool  # by the register: from the cabinet as registrar, or in hand as keeper


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyReachesPerson(OfCopy):
    """A copy comes into somebody's hands, who answers for it from then on."""

    person: Person
    giver: Person
    purpose: Purpose
    place: Room | None  # where it is read or kept
    overdue: tuple[Overdue, ...]  # what the person should have handed back already
    units_in_circle: frozenset[UUID]
    circulation_ended: bool  # everybody in the circle has read it


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyReturns(OfCopy):
    """A copy comes back from a person, to a cabinet or to the unit's keeper."""

    person: UUID
    taker: Person
    cabinet: Cabinet | None  # None: it stays with the unit's keeper
    circulation_ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyGoesMissing(OfCopy):
    """A copy cannot be found."""

    last_holder: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyIsFound(OfCopy):
    """A missing copy is found again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperIsConveyed(OfPaper):
    """A paper's content is conveyed (传达) to an audience."""

    audience: str
    audience_level: str
    manner: str
    place: Room
    on: date
    release_level_checked: bool  # the registrar compared what the program cannot compare
    demands_kept: bool  # stated: the conveyance keeps to what the paper demands (传达要求)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordIsCorrected(OfPaper):
    """Descriptive fields of a paper's record are put right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedIsUndone(OfCopy):
    """The newest deed on a copy is taken back."""

    done_by: UUID
    done_on: date
    newest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPaperIsRecorded(OfPaper):
    """A register book tells that a paper was received (补录)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCopyWentOut(OfCopy):
    """A register book tells that a copy was given out (补录)."""

    holder: UUID
    still_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCopyCameBack(OfCopy):
    """A register book tells that a copy was handed back (补录)."""
