"""Which of many things may this be done to, and why not to the others? Changes, records nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from baomi.engine import registry
from baomi.engine.asked import asked
from baomi.engine.request import Request
from baomi.kernel.action import Action, Asked
from baomi.kernel.happening import Deed
from baomi.kernel.judge import judge, may_ask
from baomi.kernel.verdict import BadInput, Refusal

MOST_LOOKS: Final = 120  # a page is no place to wait for more


@dataclass(frozen=True, slots=True)
class Answer:
    """What speaks against one thing: refusals, or the sentence on what cannot be meant."""

    refusals: tuple[Refusal, ...] = ()
    fault: str = ""

    @property
    def allowed(self) -> bool:
        """Whether nothing speaks against it yet."""
        return not self.refusals and not self.fault


def explain_each(request: Request) -> Mapping[UUID, Answer]:
    """The answer for each target as if it were asked for alone, before anything is entered.

    All targets are read at once; only where one of them cannot be meant are they read in parts,
    and then no more than ``MOST_LOOKS`` times: what is left is judged when it is done.
    Raises ``BadInput`` for the day asked for.
    """
    action = registry.actions()[request.action]
    asking = asked(action, request)
    barred = tuple(may_ask(action, asking.actor, asking.terms))
    if barred:
        return dict.fromkeys(asking.targets, Answer(barred))
    return _each(action, asking, iter(range(MOST_LOOKS)))


def _each(action: Action[Any], asking: Asked, looks: Iterator[int]) -> dict[UUID, Answer]:
    if next(looks, None) is None:
        return dict.fromkeys(asking.targets, Answer())
    try:
        deed = action.situate(asking)
    except BadInput as fault:
        half = len(asking.targets) // 2
        if not half:
            return dict.fromkeys(asking.targets, Answer(fault=fault.sentence))
        first, second = asking.targets[:half], asking.targets[half:]
        found = _each(action, replace(asking, targets=first), looks)
        return found | _each(action, replace(asking, targets=second), looks)
    return {target: Answer(_alone(action, deed, target)) for target in asking.targets}


def _alone(action: Action[Any], deed: Deed[Any], target: UUID) -> tuple[Refusal, ...]:
    """The verdict on one target: what befalls the others is not its concern."""
    others = set(deed.targets) - {target}
    happenings = tuple(each for each in deed.happenings if each.subject not in others)
    alone = replace(deed, targets=(target,), happenings=happenings)
    return judge(action, alone, registry.rulebook()).refusals
