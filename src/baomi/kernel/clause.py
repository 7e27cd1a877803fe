"""A clause of the rulebook, and how it binds actions.

A clause names no screen. Each guard names the happening that it speaks of, and is asked for
every deed that carries one; duties and approvals bind the same way.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_type_hints
from uuid import UUID

from baomi.kernel.approving import Stated
from baomi.kernel.controls import (
    ApprovalRule,
    Due,
    DutyRule,
    Guard,
    GuardCheck,
    HappeningT,
    Opening,
    Owner,
    PlainRule,
    RegisterRule,
    TimedRule,
)
from baomi.kernel.happening import Deed, Happening
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import Ref, Refusal
from baomi.kernel.words import Post

__all__ = [
    "ApprovalRule",
    "Clause",
    "Due",
    "DutyRule",
    "Guard",
    "Opening",
    "Owner",
    "Part",
    "PlainRule",
    "RegisterRule",
    "TimedRule",
]


def _declared_at() -> str:
    """Module and line of the declaration, for the coverage matrix."""
    frame = sys._getframe(2)
    return f"{frame.f_globals['__name__'].removeprefix('baomi.')}:{frame.f_lineno}"


def _anybody(it: Happening) -> frozenset[UUID]:
    return frozenset()


def _nothing_stated(it: Happening) -> tuple[Stated, ...]:
    return ()


def _of_the_office(it: Happening) -> UUID | None:
    return None


def _always(it: Happening, deed: Deed[Any]) -> bool:
    return True


def _unnamed(it: Happening, deed: Deed[Any]) -> str:
    return ""


def _several(kinds: type[Happening] | tuple[type[Happening], ...]) -> tuple[type[Happening], ...]:
    return kinds if isinstance(kinds, tuple) else (kinds,)


@dataclass(eq=False)
class Part:
    """A numbered part of a clause, and the controls that carry it."""

    id: str
    guards: list[Guard[Any]] = field(default_factory=list)
    approvals: list[ApprovalRule[Any]] = field(default_factory=list)
    duties: list[DutyRule[Any]] = field(default_factory=list)
    timed: list[TimedRule] = field(default_factory=list)
    registers: list[RegisterRule] = field(default_factory=list)
    plain: list[PlainRule] = field(default_factory=list)

    @property
    def every_duty(self) -> tuple[DutyRule[Any] | TimedRule, ...]:
        """Its duties: those that happenings open, and those that time alone opens."""
        return (*self.duties, *self.timed)

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
        title: str,
        by: Post | None,
        when: type[HappeningT],
        applies: Callable[[HappeningT, Deed[Any]], bool] = _always,
        terms: Callable[[HappeningT], tuple[Stated, ...]] = _nothing_stated,
        concerns: Callable[[HappeningT], frozenset[UUID]] = _anybody,
        unit: Callable[[HappeningT], UUID | None] = _of_the_office,
        body: str = "",
    ) -> None:
        """Require a recorded approval, given by another than its asker and whom it is about.

        ``by`` None: the post is a setting of the terms. ``terms`` says for exactly what it is
        given: a deed that differs needs another one. ``body``: an outside body consents.
        """
        rule = ApprovalRule(
            self.id, title, by, body, when, applies, terms, concerns, unit, _declared_at()
        )
        self.approvals.append(rule)

    def duty(
        self,
        name: str,
        *,
        title: str,
        opens_on: type[HappeningT],
        closes_on: type[Happening] | tuple[type[Happening], ...],
        owner: Callable[[HappeningT, Deed[Any]], Owner],
        due: Callable[[HappeningT, Deed[Any]], Due],
        when: Callable[[HappeningT, Deed[Any]], bool] = _always,
        about: Callable[[HappeningT, Deed[Any]], str] = _unnamed,
        waived_by: Post | None = None,
    ) -> None:
        """Declare a dated obligation; ``title`` is Chinese and names no paper.

        ``about`` names what it is about where that is no copy or slip: a post, a unit, a label.
        ``waived_by``: who may waive it, with a reason; None: nobody may.
        """
        rule = DutyRule(
            self.id,
            name,
            title,
            opens_on,
            _several(closes_on),
            owner,
            due,
            when,
            about,
            waived_by,
            _declared_at(),
        )
        self.duties.append(rule)

    def timed_duty(
        self,
        name: str,
        *,
        title: str,
        openings: Callable[[date, date, Terms], Iterable[Opening]],
        owner: Owner,
        closes_on: type[Happening] | tuple[type[Happening], ...],
        waived_by: Post | None = None,
    ) -> None:
        """Declare an obligation that time alone opens, once for each subject and period.

        ``openings`` gives those that are to be shown from a day between two days on. A happening
        closes the one of its own subject and period.
        """
        where = _declared_at()
        rule = TimedRule(
            self.id, name, title, openings, owner, _several(closes_on), waived_by, where
        )
        self.timed.append(rule)

    def register(self, register: str, *, fields: tuple[str, ...], what: str) -> None:
        """Declare where the fact is recorded and which fields it needs."""
        self.registers.append(RegisterRule(self.id, register, fields, what, _declared_at()))

    def form(self, name: str, *, what: str) -> None:
        """Declare a paper form, by its kind, that is produced from the records."""
        self.plain.append(PlainRule(self.id, "form", what, _declared_at(), (name,)))

    def access(self, what: str, *, actions: tuple[str, ...] = ()) -> None:
        """Declare that the program itself limits who sees or does it: these actions, by posts."""
        self.plain.append(PlainRule(self.id, "access", what, _declared_at(), actions))

    def check(self, what: str) -> None:
        """Declare what only people can keep: for checklists, training and pledges."""
        self.plain.append(PlainRule(self.id, "check", what, _declared_at(), ()))

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
