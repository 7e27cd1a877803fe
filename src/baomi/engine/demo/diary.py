"""Performs the demonstration's deeds at their times, and seals between them as the worker does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from baomi.engine.attachments.attaching import Wanted, attach
from baomi.engine.perform import perform
from baomi.engine.request import Receipt, Request
from baomi.engine.sealer import LONGEST_QUIET_US, LONGEST_UNSEALED_US, seal_when_due
from baomi.engine.tick import open_duties
from baomi.kernel.clock import clock, day_of, instant_on
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import Refused
from baomi.kernel.words import Door

_SECOND_US = 1_000_000
_BETWEEN_DEEDS = (20, 90)  # seconds
_CROWDED_US = 1_000  # between deeds on a day that is too short for them
_LAST_MINUTES = 17 * 60 + 30
_LOOK_AFTER = 16  # deeds, after which the worker looks whether so many wait that it must seal


class NotRefused(Exception):
    """The story has a deed refused, and the rulebook let it pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """An entry after the fact (补记): the day on which it happened, and why it comes late."""

    on: date
    reason: str


class Diary:
    """Knows the time of the story, which only goes forward, and never beyond now."""

    def __init__(self, start_us: int, now_us: int, rng: Random) -> None:
        self.at_us = start_us
        self.now_us = now_us
        self._rng = rng
        self._looked_us = start_us
        self._unlooked = 0

    def move_to(self, instant_us: int) -> None:
        """Let time pass; the worker seals meanwhile what is due. Never goes back."""
        tick = self.at_us + LONGEST_UNSEALED_US
        while tick < instant_us:
            self.at_us = tick
            self.seal()
            tick += LONGEST_QUIET_US
        self.at_us = max(self.at_us, instant_us)

    def seal(self) -> None:
        """Seal if it is due."""
        self._looked_us, self._unlooked = self.at_us, 0
        with clock.standing_at(self.at_us):
            seal_when_due()

    def _seal_between_deeds(self) -> None:
        """Nothing can be due sooner, and looking is not free."""
        self._unlooked += 1
        waited_us = self.at_us - self._looked_us
        if self._unlooked >= _LOOK_AFTER or waited_us >= LONGEST_UNSEALED_US:
            self.seal()

    def do(
        self,
        action: str,
        by: UUID,
        targets: tuple[UUID, ...],
        inputs: Mapping[str, Any],
        *,
        second: UUID | None = None,
        late: Late | None = None,
    ) -> Receipt:
        """Do a deed, a little later than the one before. Raises what ``perform`` raises."""
        self._go_on()
        request = Request(
            action=action,
            actor=by,
            targets=targets,
            inputs=inputs,
            op_id=new_id(),
            door=Door.WORKER,
            second=second,
            happened_on=late.on if late else None,
            late_reason=late.reason if late else "",
        )
        with clock.standing_at(self.at_us):
            receipt = perform(request)
        self._seal_between_deeds()
        return receipt

    def attempt(
        self,
        action: str,
        by: UUID,
        targets: tuple[UUID, ...],
        inputs: Mapping[str, Any],
        *,
        second: UUID | None = None,
    ) -> tuple[str, ...]:
        """Ask for what the rulebook refuses. Returns the clauses; raises ``NotRefused``."""
        try:
            self.do(action, by, targets, inputs, second=second)
        except Refused as refused:
            return refused.verdict.clauses
        raise NotRefused(action)

    def attach(self, kind: str, thing: UUID, content: bytes, *, by: UUID) -> None:
        """Attach the signed paper of something internal. Raises what ``attach`` raises."""
        self._go_on()
        wanted = Wanted(kind=kind, thing=thing, role="signed", level="internal")
        with clock.standing_at(self.at_us):
            attach(wanted, content, actor=by, door=Door.WORKER, op_id=new_id())

    def open_duties(self) -> None:
        """Do what the worker does each minute: open what time brings."""
        with clock.standing_at(self.at_us):
            open_duties()

    def _go_on(self) -> None:
        gap = self._rng.randint(*_BETWEEN_DEEDS) * _SECOND_US
        evening_us = instant_on(day_of(self.at_us), *divmod(_LAST_MINUTES, 60))
        if self.at_us + gap > min(evening_us, self.now_us):
            gap = _CROWDED_US
        self.at_us += gap
