"""Decide. Pure: a deed and the rulebook in, the verdict out; no database, no clock, no request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from baomi.kernel.action import Action
from baomi.kernel.clause import ApprovalRule, Clause, Part
from baomi.kernel.happening import Deed, Happening
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import Refusal, Verdict
from baomi.kernel.words import Person, Post

ACCESS = "access"


def judge(action: Action[Any], deed: Deed[Any], rulebook: Iterable[Clause]) -> Verdict:
    """Ask who may do it, and every guard and approval whose happening the deed carries.

    Called with a situation it says whether the button is live; called with the completed deed
    it says whether it may be done. A guard is asked once for each happening of its type.
    """
    refusals = may_ask(action, deed.actor, deed.terms)
    asked: dict[str, None] = {ACCESS: None}
    for part in _parts_in_force(deed, rulebook):
        for happening in deed.happenings:
            found, keys = _ask(part, happening, deed)
            refusals.extend(found)
            asked.update(dict.fromkeys(keys))
    return Verdict(tuple(refusals), tuple(asked))


def shadow_refusals(deed: Deed[Any], rulebook: Iterable[Clause]) -> tuple[Refusal, ...]:
    """What the rules in force on that day would have said of a recorded past: notes, no bar."""
    if not deed.shadow:
        return ()
    refusals: list[Refusal] = []
    then = replace(deed, today=deed.shadow_on)
    for part in _parts_in_force(then, rulebook):
        for happening in deed.shadow:
            refusals.extend(_ask(part, happening, then)[0])
    return tuple(refusals)


def _parts_in_force(deed: Deed[Any], rulebook: Iterable[Clause]) -> Iterable[Part]:
    for clause in rulebook:
        if clause.in_force(deed.today):
            for part in clause.every_part():
                if part.guards or part.approvals:
                    yield part


def may_ask(action: Action[Any], actor: Person, terms: Terms) -> list[Refusal]:
    """What speaks against the actor's doing it at all, whatever he enters: nothing, or his posts.

    Asked before anything is read: who may not do a thing learns nothing from trying it.
    """
    if actor.posts & action.done_by:
        return []
    titles = "、".join(sorted(terms.post_title(post) for post in action.done_by))
    return [
        Refusal(
            clause=ACCESS,
            guard="actor_holds_the_post",
            reason=f"“{action.title}”只能由{titles}办理",
            remedy=f"请{titles}办理",
            remedy_action=None,
            refs={},
        )
    ]


def _ask(part: Part, happening: Happening, deed: Deed[Any]) -> tuple[list[Refusal], list[str]]:
    refusals: list[Refusal] = []
    asked: list[str] = []
    for guard in part.guards:
        if isinstance(happening, guard.reads):
            asked.append(guard.key)
            if (refusal := guard.check(happening, deed)) is not None:
                refusals.append(refusal)
    for rule in part.approvals:
        if isinstance(happening, rule.when) and rule.applies(happening):
            asked.append(rule.key)
            if (refusal := _approved(rule, happening, deed)) is not None:
                refusals.append(refusal)
    return refusals, asked


def _approved(rule: ApprovalRule[Any], happening: Happening, deed: Deed[Any]) -> Refusal | None:
    title = deed.terms.post_title(rule.by)
    reason = f"须经{title}批准"
    for approval in deed.approvals:
        if (approval.clause, approval.subject) != (rule.clause, happening.subject):
            continue
        if approval.post != rule.by:
            continue
        # Beyond the source: nobody approves his own request (two-person rule).
        if approval.given_by not in (deed.actor.id, approval.asked_by):
            return None
        reason = f"须经{title}批准，本人不得批准自己的申请"
    return Refusal(
        clause=rule.clause,
        guard=f"approved_by_{rule.by.value}",
        reason=reason,
        remedy=f"请先报{title}批准",
        remedy_action="approvals.ask",
        refs={},
    )


EVERYONE = frozenset({Post.ANYONE})
