"""Which deeds close a duty, as its clause declares: what a reminder leads to."""

from __future__ import annotations

from functools import cache
from typing import Any

from baomi.engine import registry
from baomi.kernel.action import Action
from baomi.kernel.clause import DutyRule, TimedRule


@cache
def deeds_for(clause: str, title: str) -> tuple[Action[Any], ...]:
    """The deeds that bring what closes the duties of a title under a clause, in order of name.

    None for a duty that was given by hand, and for one whose clause is carried no longer.
    """
    for each in registry.rulebook():
        for part in each.every_part():
            rules = part.every_duty
            for rule in rules:
                if (rule.clause, rule.title) == (clause, title):
                    return _bringing(rule)
    return ()


def _bringing(rule: DutyRule[Any] | TimedRule) -> tuple[Action[Any], ...]:
    """Those that are done to the thing itself; what settles it by the way comes last."""
    closing = rule.closes_on
    found = [each for each in registry.actions().values() if set(each.brings) & set(closing)]

    def place(action: Action[Any]) -> tuple[int, str]:
        firsts = [closing.index(each) for each in action.brings if each in closing]
        return min(firsts), action.name

    return tuple(sorted(found, key=place))
