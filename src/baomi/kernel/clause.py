"""A clause of the rulebook, and how it binds actions.

A clause names no screen. Each guard names the happening that it speaks of, and is asked for
every deed that carries one; duties and approvals bind the same way.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar, get_type_hints
from uuid import UUID

from baomi.kernel.happening import Deed, Happening
from baomi.kernel.verdict import Ref, Refusal
from baomi.kernel.words import Post

HappeningT = TypeVar("HappeningT", bound=Happening)
GuardCheck = Callable[[HappeningT, Deed[Any]], Refusal | None]


def _declared_at() -> str:
    """Module and line of the declaration, for the coverage matrix."""
    frame = sys._getframe(2)
    return f"{frame.f_globals['__name__'].removeprefix('baomi.')}:{frame.f_lineno}"


@dataclass(frozen=True, slots=True)
class Guard(Generic[HappeningT]):
    """A rule that a happening must not break."""

    clause: str
    title: str  # the same sentence in Chinese, true when lawful
    reads: type[HappeningT]
    check: GuardCheck[HappeningT]
    where: str

    @property
    def name(self) -> str:
        """The guard's sentence, true when lawful."""
        return self.check.__name__

    @property
    def key(self) -> str:
        """As the ledger names it: ``GZ2.3.1b/reader_is_in_the_circle``."""
        return f"{self.clause}/{self.name}"


@dataclass(frozen=True, slots=True)
class ApprovalRule(Generic[HappeningT]):
    """A recorded approval that a happening needs, by a post, never one's own."""

    clause: str
    by: Post
    when: type[HappeningT]
    applies: Callable[[HappeningT], bool]
    where: str

    @property
    def key(self) -> str:
        """As the ledger names it: ``GZ2.2.5a/approved_by_group_leader``."""
        return f"{self.clause}/approved_by_{self.by.value}"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owes a duty: a person, or whoever holds a post (for a unit)."""

    person: UUID | None
    post: Post | None
    unit: UUID | None


@dataclass(frozen=True, slots=True)
class DutyRule(Generic[HappeningT]):
    """A dated obligation that one happening opens and another one closes."""

    clause: str
    name: str
    title: str
    opens_on: type[HappeningT]
    closes_on: tuple[type[Happening], ...]
    owner: Callable[[HappeningT, Deed[Any]], Owner]
    due: Callable[[HappeningT, Deed[Any]], date]
    when: Callable[[HappeningT, Deed[Any]], bool]
    where: str


@dataclass(frozen=True, slots=True)
class RegisterRule:
    """A fact that must be recorded, and the fields without which it is refused."""

    clause: str
    register: str  # table: "custody_copy"
    fields: tuple[str, ...]
    what: str
    where: str


@dataclass(frozen=True, slots=True)
class PlainRule:
    """A form, an access limit or a check: named here, carried elsewhere."""

    clause: str
    kind: str  # form, access, check
    what: str
    where: str


def _always(it: Happening, deed: Deed[Any]) -> bool:
    return True


@dataclass(eq=False)
class Part:
    """A numbered part of a clause, and the controls that carry it."""

    id: str
    guards: list[Guard[Any]] = field(default_factory=list)
    approvals: list[ApprovalRule[Any]] = field(default_factory=list)
    duties: list[DutyRule[Any]] = field(default_factory=list)
    registers: list[RegisterRule] = field(default_factory=list)
    plain: list[PlainRule] = field(default_factory=list)

    def guard(self, title: str) -> Callable[[GuardCheck[HappeningT]], GuardCheck[HappeningT]]:
        """Register a guard; ``title`` is its sentence in Chinese, true when lawful.

        What it reads is the type of its first parameter.
        """
        where = _declared_at()

        def register(check: GuardCheck[HappeningT]) -> GuardCheck[HappeningT]:
            hints = get_type_hints(check)
            reads = next(kind for name, kind in hints.items() if name != "return")
            self.guards.append(Guard(self.id, title, reads, check, where))
            return check

        return register

    def approval(
        self,
        *,
        by: Post,
        when: type[HappeningT],
        applies: Callable[[HappeningT], bool] = lambda _: True,
    ) -> None:
        """Require a recorded approval by the holder of a post, given by another than its asker."""
        self.approvals.append(ApprovalRule(self.id, by, when, applies, _declared_at()))

    def duty(
        self,
        name: str,
        *,
        title: str,
        opens_on: type[HappeningT],
        closes_on: type[Happening] | tuple[type[Happening], ...],
        owner: Callable[[HappeningT, Deed[Any]], Owner],
        due: Callable[[HappeningT, Deed[Any]], date],
        when: Callable[[HappeningT, Deed[Any]], bool] = _always,
    ) -> None:
        """Declare a dated obligation; ``title`` is Chinese and names no paper."""
        closing = closes_on if isinstance(closes_on, tuple) else (closes_on,)
        rule = DutyRule(self.id, name, title, opens_on, closing, owner, due, when, _declared_at())
        self.duties.append(rule)

    def register(self, register: str, *, fields: tuple[str, ...], what: str) -> None:
        """Declare where the fact is recorded and which fields it needs."""
        self.registers.append(RegisterRule(self.id, register, fields, what, _declared_at()))

    def form(self, what: str) -> None:
        """Declare a paper form that is produced from the records."""
        self.plain.append(PlainRule(self.id, "form", what, _declared_at()))

    def access(self, what: str) -> None:
        """Declare that the program itself limits who sees or does it."""
        self.plain.append(PlainRule(self.id, "access", what, _declared_at()))

    def check(self, what: str) -> None:
        """Declare what only people can keep: for checklists, training and pledges."""
        self.plain.append(PlainRule(self.id, "check", what, _declared_at()))

    def refuse(
        self, reason: str, *, remedy: str, remedy_action: str | None = None, **refs: Ref
    ) -> Refusal:
        """A refusal that rests on this part. Called by a guard, whose name it bears."""
        guard = sys._getframe(1).f_code.co_name
        return Refusal(
            clause=self.id,
            guard=guard,
            reason=reason,
            remedy=remedy,
            remedy_action=remedy_action,
            refs=refs,
        )


class Clause(Part):
    """One numbered clause. The id is the paper's own numbering; ``clause.b`` is its part b."""

    def __init__(
        self,
        id: str,
        title: str,
        *,
        in_force_since: date,
        in_force_until: date | None = None,
    ) -> None:
        super().__init__(id)
        self.title = title
        self.in_force_since = in_force_since
        self.in_force_until = in_force_until
        self.parts: dict[str, Part] = {}

    def __getattr__(self, letter: str) -> Part:
        if letter.startswith("_"):
            raise AttributeError(letter)
        return self.parts.setdefault(letter, Part(f"{self.id}{letter}"))

    def every_part(self) -> tuple[Part, ...]:
        """The clause itself and its parts."""
        return (self, *self.parts.values())

    def in_force(self, day: date) -> bool:
        """Whether the clause binds on a day."""
        started = self.in_force_since <= day
        return started and (self.in_force_until is None or day <= self.in_force_until)
