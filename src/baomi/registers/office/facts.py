"""What rules may know about the office: rooms, cabinets, accounts, appointments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_OID, UUID, uuid5

from baomi.kernel.happening import Happening
from baomi.kernel.verdict import Ref
from baomi.kernel.words import Level, Person, PersonnelClass, Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """An inner unit (委、办、室、科)."""

    id: UUID
    name: str
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Who holds a post, for which unit, from and until when (both days included)."""

    id: UUID
    person: UUID
    post: Post
    unit: UUID | None
    from_on: date
    until_on: date | None
    letter: str
    ex_officio: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Deputation:
    """A recorded stand-in for the holder of a post, from and until when (both days included)."""

    id: UUID
    principal: UUID
    deputy: UUID
    post: Post
    unit: UUID | None
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account. ``password_set_on`` is None while a one-time code is in force."""

    id: UUID
    person: UUID
    login: str
    state: str  # active, suspended, closed
    password_set_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room, and whether protective measures are recorded for it."""

    id: UUID
    name: str
    unit: UUID
    keeps_papers: bool
    protected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cabinet:
    """A cabinet, its room, and the highest level that it may hold."""

    id: UUID
    name: str
    level: Level
    room: Room
    unit: UUID
    in_use: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomIsRegistered(Happening):
    """A room is entered into the register, or its use or measures change."""

    room: Room
    responsible: UUID

    @property
    def subject(self) -> UUID:
        """The room."""
        return self.room.id


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomIsProtected(Happening):
    """Protective measures are recorded for a room."""

    room: Room

    @property
    def subject(self) -> UUID:
        """The room."""
        return self.room.id


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsTwoPersons(Happening):
    """What nobody does alone: a second person confirms it."""

    person: Person

    @property
    def subject(self) -> UUID:
        """The person whom it befalls."""
        return self.person.id


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTakesPost(NeedsTwoPersons):
    """Somebody is appointed to a post, or stands in for its holder, from a day on."""

    post: Post
    unit: UUID | None
    posts_held: frozenset[Post]  # on any day of the new term
    from_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountIsReopened(NeedsTwoPersons):
    """An account gets a new one-time code: whoever has it acts as the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostIsDeputed(Happening):
    """Somebody is to stand in for the holder of a post."""

    person: Person  # who stands in
    principal: UUID
    post: Post
    unit: UUID | None
    asker_heads_the_unit: bool
    days: int  # the first and the last included

    @property
    def subject(self) -> UUID:
        """Who stands in."""
        return self.person.id


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputationEnds(Happening):
    """A deputation is ended before its last day."""

    deputation: Deputation
    asker_heads_the_unit: bool

    @property
    def subject(self) -> UUID:
        """The deputation."""
        return self.deputation.id


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanIsSettled(NeedsTwoPersons):
    """It is recorded who a row's human being is: the same as another row's, or not after all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsAreOneHuman(Happening):
    """Two rows turn out to be one human being: what he holds in both, he holds."""

    person: Person
    first: Person  # whose human being it is
    posts_held: frozenset[Post]  # by all rows known to be the person's
    posts_of_first: frozenset[Post]  # by all rows known to be the first one's

    @property
    def subject(self) -> UUID:
        """The row that joins."""
        return self.person.id


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalKeyIsDestroyed(NeedsTwoPersons):
    """The key of somebody's sealed personal data is destroyed: nobody can read them again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonIsClassed(Happening):
    """Somebody gets another class, and with it another level that he may read."""

    person: Person
    personnel_class: PersonnelClass

    @property
    def subject(self) -> UUID:
        """The person."""
        return self.person.id


def seat(post: Post, unit: UUID | None) -> UUID:
    """A post (of a unit), whoever holds it: what the duties about its vacancy are kept by."""
    return uuid5(NAMESPACE_OID, f"baomi:seat:{post.value}:{unit or ''}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFallsVacant(Happening):
    """A post that must be held has no holder from a day on."""

    post: Post
    unit: UUID | None
    unit_name: str  # empty: a post of the office
    from_on: date
    director_is_there: bool  # on that day: it is for him to see that the post is filled

    @property
    def subject(self) -> UUID:
        """The post, whoever holds it."""
        return seat(self.post, self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostIsFilled(Happening):
    """A post gets a holder."""

    post: Post
    unit: UUID | None

    @property
    def subject(self) -> UUID:
        """The post, whoever holds it."""
        return seat(self.post, self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostIsAbolished(Happening):
    """A post ceases with its unit, and nobody need hold it any more."""

    post: Post
    unit: UUID

    @property
    def subject(self) -> UUID:
        """The post, whoever held it."""
        return seat(self.post, self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitHeadLeaves(Happening):
    """The head of a unit gives up the post, with the office or without it."""

    person: UUID
    unit: UUID

    @property
    def subject(self) -> UUID:
        """The person who was the head."""
        return self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesAreLeft(Happening):
    """Somebody leaves the office while he owes duties that others can do."""

    person: UUID
    name: str
    last_day: date

    @property
    def subject(self) -> UUID:
        """The person who leaves."""
        return self.person


def ref_person(person: Person) -> Ref:
    """A person, as a refusal names him."""
    return Ref("office.person", person.id, person.name, "有关人员")


def ref_cabinet(cabinet: Cabinet) -> Ref:
    """A cabinet, as a refusal names it."""
    return Ref("office.cabinet", cabinet.id, cabinet.name, "某柜")


def ref_room(room: Room) -> Ref:
    """A room, as a refusal names it."""
    return Ref("office.room", room.id, room.name, "某处")
