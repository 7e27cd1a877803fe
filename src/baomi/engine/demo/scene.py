"""Who and what the demonstration's story has at hand: the office, its people, time and chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from baomi.engine.demo.days import Agenda, Life
from baomi.engine.demo.diary import Diary, Late
from baomi.engine.demo.office_plan import READING_ROOM, Office
from baomi.engine.demo.papers import Described, Mailbag
from baomi.engine.request import Receipt
from baomi.kernel.words import Level, Person
from baomi.registers.office import load as office_register
from baomi.rulebook.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A paper that is in the register, and its copies."""

    id: UUID
    described: Described
    copies: tuple[UUID, ...]
    circle: tuple[UUID, ...]  # who may read it and is cleared for it, in the order of the plan
    unit: str


@dataclass(kw_only=True)
class Scene:
    """The office in the midst of its month."""

    office: Office
    diary: Diary
    agenda: Agenda
    rng: Random
    mailbag: Mailbag
    people: Mapping[UUID, Person]
    owing: Counter[UUID] = field(default_factory=Counter)  # who hands something back too late
    spared: set[UUID] = field(default_factory=set)  # for whom the story has plans of its own
    careless: set[UUID] = field(default_factory=set)  # who may be late: nothing else waits for them

    @property
    def last(self) -> int:
        """The number of the last working day."""
        return self.agenda.last

    def day(self, number: int) -> date:
        """A working day by its number."""
        return self.agenda.days[number]

    def begin(self, life: Life) -> None:
        """Let a life begin."""
        self.agenda.begin(life)

    def do(
        self,
        action: str,
        by: UUID,
        *targets: UUID,
        second: UUID | None = None,
        late: Late | None = None,
        **inputs: Any,
    ) -> Receipt:
        """Do a deed. Raises what ``perform`` raises: the story asks for nothing unlawful here."""
        return self.diary.do(action, by, targets, inputs, second=second, late=late)

    def attempt(
        self, action: str, by: UUID, *targets: UUID, second: UUID | None = None, **inputs: Any
    ) -> None:
        """Ask for what the rulebook refuses. Raises ``NotRefused`` when it does not."""
        self.diary.attempt(action, by, targets, inputs, second=second)

    def give(self, copy: UUID, person: UUID, *, unit: str = "", purpose: str = "reading") -> None:
        """The registrar gives a copy: read in the reading room, handled in the unit's own."""
        place: dict[str, Any] = {"place": self.office.rooms[unit or READING_ROOM]}
        self.do(
            "custody.hand_over_copy",
            self.office.registrar,
            copy,
            person=person,
            purpose=purpose,
            **({} if purpose == "keeping" else place),
        )

    def take_back(self, copy: UUID, *, by: UUID | None = None) -> None:
        """The registrar, or the keeper who gave it, takes a copy back."""
        self.do("custody.take_back_copy", by or self.office.registrar, copy)

    def staff(self, unit: str) -> tuple[UUID, ...]:
        """Who may read in a unit: its head and its readers; the keeper keeps."""
        return (self.office.heads[unit], *self.office.readers[unit])

    def cleared(self, people: tuple[UUID, ...], level: Level) -> tuple[UUID, ...]:
        """Those who are cleared for a level."""
        return tuple(each for each in people if self.people[each].clearance >= level)

    def free(self, people: tuple[UUID, ...]) -> tuple[UUID, ...]:
        """Those who owe nothing and for whom the story has no plans of its own."""
        return tuple(each for each in people if not self.owing[each] and each not in self.spared)


def people_of(office: Office, day: date) -> Mapping[UUID, Person]:
    """Everybody in the invented office, as the rules know them on a day."""
    return office_register.people(office.logins, day, Terms.on(day))
