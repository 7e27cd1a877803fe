"""One named deed that changes the registers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar, Final, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, field_validator

from baomi.kernel.approving import Approval, Need
from baomi.kernel.happening import Deed, FactsT, Happening
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import Refusal
from baomi.kernel.words import Level, Person, Post

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2099


class Inputs(BaseModel):
    """What a person, a file or a program enters.

    The web form, the API schema, the command line options and the import columns are all made
    from it: each field has a Chinese ``title`` and ``description``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @field_validator("*", mode="after")
    @classmethod
    def _days_are_of_this_age(cls, value: Any) -> Any:
        """A year typed wrongly would stand in a register for ever, past what can be counted on."""
        if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ValueError(f"日期应当在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间，请核对年份")
        return value


class NoInputs(Inputs):
    """For actions that need nothing but their targets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """Another deed as it would be judged now: what speaks against it, and what must be approved.

    ``entered`` is what was entered, as it is kept until the deed is done.
    """

    action: str
    title: str
    kind: str  # of its targets
    refusals: tuple[Refusal, ...]
    needs: tuple[Need, ...]
    entered: Mapping[str, Any]
    level: Level  # the highest of what it befalls


Foresee = Callable[["Asked", str, tuple[UUID, ...], Mapping[str, Any]], Foreseen]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks for what, on which day: all that is known before the registers are read."""

    action: str
    op_id: UUID
    actor: Person
    second: Person | None
    today: date
    recorded_on: date
    terms: Terms
    targets: tuple[UUID, ...]
    approvals: tuple[Approval, ...]
    # what the engine lends to the few deeds that are about other deeds and about the rulebook
    foresee: Foresee | None = None
    waived_by: Callable[[str, str, str], Post | None] | None = None  # clause, name, title of a duty
    due_by_time: Callable[[Deed[Any]], Iterable[Mapping[str, Any]]] | None = None  # rows to open

    def deed(self, *, facts: FactsT, happenings: Iterable[Happening] = ()) -> Deed[FactsT]:
        """The deed as far as it is known: what decides whether the button is live."""
        return Deed(
            action=self.action,
            op_id=self.op_id,
            actor=self.actor,
            second=self.second,
            today=self.today,
            recorded_on=self.recorded_on,
            terms=self.terms,
            targets=self.targets,
            approvals=self.approvals,
            happenings=tuple(happenings),
            shadow=(),
            shadow_on=self.today,
            facts=facts,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A deed that another one entails; done under the same pen, judged, an entry of its own."""

    action: str
    targets: tuple[UUID, ...]
    inputs: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a deed changed: the rows by table, what it entails, and what its asker is told.

    ``voids`` names the operation that an undo takes back: the engine reopens and voids what
    that operation settled.
    """

    touched: Mapping[str, Iterable[UUID]]
    follow_ups: tuple[FollowUp, ...] = ()
    voids: UUID | None = None
    told: Mapping[str, Any] = field(default_factory=dict)


ReadT = TypeVar("ReadT")


class Action(ABC, Generic[ReadT]):
    """One deed. A subclass stands in a file of its own, named as the deed is."""

    name: ClassVar[str]  # "custody.hand_over_copy"
    title: ClassVar[str]  # Chinese, in the rulebook's words
    help: ClassVar[str]  # Chinese, for the clerk
    done_by: ClassVar[frozenset[Post]]
    brings: ClassVar[tuple[type[Happening], ...]]
    inputs: ClassVar[type[Inputs]] = NoInputs
    target: ClassVar[str | None] = None  # kind of its targets, "custody.copy"; None: it has none
    entails: ClassVar[tuple[str, ...]] = ()
    asked_by: ClassVar[frozenset[Post]] = frozenset()  # who else may ask for its approval
    only_today: ClassVar[bool] = False  # never written up after the fact
    recorded_past: ClassVar[bool] = False  # 补录: the past is recorded, not judged

    @abstractmethod
    def situate(self, asked: Asked) -> Deed[ReadT]:
        """Read what is known before anything is entered: one query for 200 targets."""

    @abstractmethod
    def complete(self, situation: Deed[ReadT], inputs: Any) -> Deed[ReadT]:
        """Add what the inputs refer to. Raises ``BadInput`` for what cannot be meant."""

    @abstractmethod
    def carry_out(self, deed: Deed[ReadT]) -> Change:
        """Change the registers. Called only by ``perform``, inside its transaction."""


def lived_through(deed: Deed[FactsT], happenings: Iterable[Happening], *, on: date) -> Deed[FactsT]:
    """The recorded past with the happenings that the rules of that day are asked about."""
    return replace(deed, shadow=tuple(happenings), shadow_on=on)


def with_happenings(
    deed: Deed[FactsT], happenings: Iterable[Happening], *, facts: FactsT | None = None
) -> Deed[FactsT]:
    """The deed with its happenings (and facts) completed."""
    if facts is None:
        return replace(deed, happenings=tuple(happenings))
    return replace(deed, happenings=tuple(happenings), facts=facts)
