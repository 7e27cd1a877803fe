"""Copies that are carried out of the office (携带外出), and come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from baomi.kernel.words import Person, Purpose
from baomi.registers.custody.facts.things import OfCopy


class Occasion(StrEnum):
    """On what occasion something is carried out; several may fit."""

    BUSINESS_TRIP = "business_trip"  # 因公外出
    PUBLIC_PLACE = "public_place"  # 公共场所
    SOCIAL_OCCASION = "social_occasion"  # 社交活动


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLeavesPremises(OfCopy):
    """A copy is carried out of the office."""

    carrier: Person
    carrier_has_it: bool  # by the register
    keeper: Person  # 本人或指定的专人
    companions: tuple[Person, ...]
    occasions: frozenset[Occasion]
    destination: str
    purpose: str
    measures: str
    leaves_on: date
    until: date

    @property
    def on_business(self) -> bool:
        """Whether it is carried on a business trip."""
        return Occasion.BUSINESS_TRIP in self.occasions

    @property
    def in_public(self) -> bool:
        """Whether it is carried into a public place or to a social occasion."""
        return bool(self.occasions & {Occasion.PUBLIC_PLACE, Occasion.SOCIAL_OCCASION})

    @property
    def travellers(self) -> tuple[Person, ...]:
        """Everybody who goes with it, each once: the carrier, the keeper, the companions."""
        people = {each.id: each for each in (self.carrier, self.keeper, *self.companions)}
        return tuple(people.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyComesBackToPremises(OfCopy):
    """A copy that was carried out is back and was checked; the carrier still holds it."""

    carrier: Person
    checker: Person
    purpose: Purpose  # for which the carrier had it before, and has it again
    until: date
