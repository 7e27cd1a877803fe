"""A happening: one small fact of what befalls a thing or a person, the vocabulary of the rules."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from baomi.kernel.approving import Approval
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import Refusal
from baomi.kernel.words import Level, Person


class Happening:
    """Base of all happenings. Concrete ones are frozen, slotted, and without default values."""

    __slots__ = ()

    @property
    @abstractmethod
    def subject(self) -> UUID:
        """The thing that it befalls: duties and approvals are kept by it."""

    @property
    def level(self) -> Level:
        """The level of what it befalls."""
        return Level.NONE

    @property
    def period(self) -> str:
        """The period that it is about, as the duty that time opened names it: ``2026``."""
        return ""


FactsT = TypeVar("FactsT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed(Generic[FactsT]):
    """What is about to be done: who, when, and the happenings that it carries.

    ``facts`` is what the action itself read and needs to carry it out; no rule sees it.
    ``shadow`` holds the happenings that a recorded past would have been judged by: what they
    refuse is noted on the row and binds nothing. ``foreseen`` is what speaks against another
    deed, for which this one only asks: it is refused for the same.
    """

    action: str
    op_id: UUID
    actor: Person
    second: Person | None
    today: date  # the day on which it happened
    recorded_on: date  # the day on which it is entered
    terms: Terms
    targets: tuple[UUID, ...]
    approvals: tuple[Approval, ...]
    happenings: tuple[Happening, ...]
    shadow: tuple[Happening, ...]
    shadow_on: date  # the day on which the past happened: only its rules speak
    notes: tuple[Any, ...] = field(default=())
    foreseen: tuple[Refusal, ...] = field(default=())
    facts: FactsT
