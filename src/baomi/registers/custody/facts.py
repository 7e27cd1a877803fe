"""What rules may know about custody. Plain values: no Django, no queries, no defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from baomi.kernel.happening import Happening
from baomi.kernel.verdict import Ref
from baomi.kernel.words import Level, Person, Purpose
from baomi.registers.duties.facts import Overdue
from baomi.registers.office.facts import Cabinet, Room


class State(StrEnum):
    """Where a copy stands."""

    UNSTORED = "unstored"  # numbered, not yet locked in
    STORED = "stored"  # in a cabinet
    HELD = "held"  # in somebody's hands
    MISSING = "missing"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class OfCopy(Happening):
    """Something befalls one copy."""

    copy: Copy

    @property
    def subject(self) -> UUID:
        """The copy."""
        return self.copy.id


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
class CircleIsSet(OfPaper):
    """The circle of readers is fixed or changed."""

    members: tuple[Person, ...]
    added: tuple[Person, ...]
    added_grounds: tuple[str, ...]  # units, posts, ranks whose future members come in too
    ranks: Mapping[UUID, str]  # of the members, as the office writes them
    release_level_checked: bool  # the registrar compared what the program cannot compare


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleIsWidened(OfPaper):
    """Readers are added after circulation has begun."""

    added: tuple[Person, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A hand-over slip (交接清单): what one person was given, or gave back, on one day."""

    id: UUID
    label: str
    kind: str  # out, back
    person: UUID
    drawn_up_by: UUID
    confirmed: bool
    void: bool  # what it lists was undone


@dataclass(frozen=True, slots=True, kw_only=True)
class OfSlip(Happening):
    """Something befalls a slip."""

    slip: Slip

    @property
    def subject(self) -> UUID:
        """The slip."""
        return self.slip.id


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipIsDrawnUp(OfSlip):
    """A slip is made; it waits for a signature unless the person confirmed on the spot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipIsConfirmed(OfSlip):
    """The person confirms a slip, or his signature on it is recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipIsVoid(OfSlip):
    """A hand-over that the slip lists is undone, and the slip with it."""


def ref_copy(copy: Copy) -> Ref:
    """A copy, as a refusal names it: by number, never by title."""
    label = f"{copy.paper.reference} 第{copy.number}份"
    return Ref("custody.copy", copy.id, label, "该份文件")


def ref_paper(paper: Paper) -> Ref:
    """A paper, as a refusal names it: by its registered number, never by title."""
    return Ref("custody.paper", paper.id, paper.reference, "另一事项")
