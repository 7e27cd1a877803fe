"""Who and what the demonstration's story has at hand: the office, its people, time and chance."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
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
from baomi.kernel.clock import day_of
from baomi.kernel.words import Level, Person, Post
from baomi.registers.custody import load as custody_register
from baomi.registers.custody.facts import State
from baomi.registers.custody.models import Copy
from baomi.registers.office import load as office_register
from baomi.rulebook.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A paper that is in the register, and its copies."""

    id: UUID
    described: Described
    copies: tuple[UUID, ...]
    circle: tuple[UUID, ...]  # who was in it and cleared for it at first, in the order of the plan
    unit: str


@dataclass(kw_only=True)
class Staff:
    """Who serves where just now: people come, go and change places through the year."""

    registrar: UUID  # or who stands in
    secrecy_leader: UUID
    heads: dict[str, UUID]
    keepers: dict[str, UUID]
    readers: dict[str, tuple[UUID, ...]]
    overseers: dict[str, UUID] = field(default_factory=dict)  # leaders in charge, by unit
    by_post: dict[Post, UUID] = field(default_factory=dict)  # those of the sections

    @classmethod
    def of(cls, office: Office) -> Staff:
        """As the office begins."""
        return cls(
            registrar=office.registrar,
            secrecy_leader=office.secrecy_leader,
            heads=dict(office.heads),
            keepers=dict(office.keepers),
            readers=dict(office.readers),
        )

    def joins(self, person: UUID, unit: str) -> None:
        """A reader more."""
        self.readers[unit] += (person,)

    def leaves(self, person: UUID, unit: str) -> None:
        """A reader fewer."""
        self.readers[unit] = tuple(each for each in self.readers[unit] if each != person)


@dataclass(kw_only=True)
class Scene:
    """The office in the midst of its year."""

    office: Office
    staff: Staff
    diary: Diary
    agenda: Agenda
    rng: Random
    mailbag: Mailbag
    names: Iterator[tuple[str, str]]  # of people who are still to come, with their logins
    people: dict[UUID, Person]
    logins: dict[UUID, str]
    owing: Counter[UUID] = field(default_factory=Counter)  # who hands something back too late
    spared: Counter[UUID] = field(default_factory=Counter)  # the story has plans of its own
    careless: set[UUID] = field(default_factory=set)  # who may be late: nothing else waits for them
    resting: set[str] = field(default_factory=set)  # units whose keeper takes nothing more
    spare: list[tuple[Entered, UUID]] = field(default_factory=list)  # copies without a way
    kept: dict[str, Entered] = field(default_factory=dict)  # papers that stories come back to

    @property
    def last(self) -> int:
        """The number of the last working day."""
        return self.agenda.last

    @property
    def registrar(self) -> UUID:
        """The registrar, or who stands in just now."""
        return self.staff.registrar

    @property
    def today(self) -> date:
        """The day on which the story has arrived."""
        return day_of(self.diary.at_us)

    @property
    def now(self) -> date:
        """The day on which the story ends."""
        return day_of(self.diary.now_us)

    def day(self, number: int) -> date:
        """A working day by its number."""
        return self.agenda.days[number]

    def number(self, day: date) -> int:
        """The number of the last working day up to a day; -1 before the first one."""
        return bisect_right(self.agenda.days, day) - 1

    def at(self, part: float) -> int:
        """The number of the day on which a part of the year is over."""
        return max(1, round(part * self.last))

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
            self.registrar,
            copy,
            person=person,
            purpose=purpose,
            **({} if purpose == "keeping" else place),
        )

    def lend(self, copy: UUID, person: UUID, unit: str) -> None:
        """The unit's keeper gives a copy that he keeps to a reader of his unit."""
        self.do(
            "custody.hand_over_copy",
            self.staff.keepers[unit],
            copy,
            person=person,
            place=self.office.rooms[unit],
        )

    def take_back(self, copy: UUID, *, by: UUID | None = None) -> None:
        """The registrar, or the keeper who gave it, takes a copy back."""
        self.do("custody.take_back_copy", by or self.registrar, copy)

    def readers(self, unit: str) -> tuple[UUID, ...]:
        """Who may read in a unit: its head and its readers; the keeper keeps."""
        return (self.staff.heads[unit], *self.staff.readers[unit])

    def circle(self, paper: Entered) -> frozenset[UUID]:
        """Everybody in a paper's circle today, by its units, posts and ranks too."""
        return custody_register.paper(paper.id, Terms.on(self.today), self.today).circle

    def in_circle(self, paper: Entered) -> tuple[UUID, ...]:
        """Those for whom a paper was meant and who are still in its circle."""
        today = self.circle(paper)
        return tuple(each for each in paper.circle if each in today)

    def cleared(self, people: Iterable[UUID], level: Level) -> tuple[UUID, ...]:
        """Those who are cleared for a level."""
        return tuple(each for each in people if self.people[each].clearance >= level)

    def free(self, people: Iterable[UUID], level: Level) -> tuple[UUID, ...]:
        """Those who are cleared, owe nothing, and for whom the story has no plans of its own."""
        cleared = self.cleared(people, level)
        return tuple(each for each in cleared if not self.owing[each] and not self.spared[each])

    def meet(self, *people: UUID) -> None:
        """Know people as they stand today, after a deed that concerns them."""
        self.people |= office_register.people(people, self.today, Terms.on(self.today))

    @staticmethod
    def has_copies(person: UUID) -> bool:
        """Whether somebody has a copy in his hands, or answers for one that he gave on."""
        held = Copy.objects.filter(state=State.HELD.value)
        return held.filter(holder=person).exists() or held.filter(kept_by=person).exists()
