"""What rules may know about the office: rooms, cabinets, accounts, appointments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

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


def ref_person(person: Person) -> Ref:
    """A person, as a refusal names him."""
    return Ref("office.person", person.id, person.name, "有关人员")


def ref_cabinet(cabinet: Cabinet) -> Ref:
    """A cabinet, as a refusal names it."""
    return Ref("office.cabinet", cabinet.id, cabinet.name, "某柜")


def ref_room(room: Room) -> Ref:
    """A room, as a refusal names it."""
    return Ref("office.room", room.id, room.name, "某处")
