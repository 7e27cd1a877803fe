"""Who may decide on what, worked out from the facts: no query, no write."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from baomi.kernel.approving import Need
from baomi.kernel.terms import Terms
from baomi.kernel.words import Person, Post
from baomi.registers.approvals import facts, load


def barred_from(need: facts.AskedNeed, request: facts.AskedRequest) -> frozenset[UUID]:
    """Humans who must not decide on it: the asker, whom it is about, who decided another step.

    What one post decides under two clauses is one step, and may be one person's.
    """
    others = (who for post, who in request.decided_by.items() if post != need.post)
    return frozenset({request.asked_by}).union(need.interested, *others)


def decider_of(
    need: facts.AskedNeed, request: facts.AskedRequest, day: date, terms: Terms
) -> facts.Decider:
    """Who decides on it today."""
    return load.who_decides(need.post, need.unit, barred_from(need, request), day, terms)


def holds(
    person: Person, decider: facts.Decider, unit: UUID | None
) -> tuple[bool, frozenset[UUID]]:
    """Whether somebody is one of those who decide, and for which of them he stands in."""
    own = person.id in decider.people
    principals = frozenset(
        each.principal
        for each in person.stands_in
        if each.post == decider.post
        and each.principal in decider.people
        and (decider.post not in load.UNIT_POSTS or each.unit in (None, unit))
    )
    return own, principals


def planned(
    needs: Iterable[Need], asker: Person, day: date, terms: Terms
) -> tuple[tuple[Need, facts.Decider], ...]:
    """Who is to be asked, step after step: nobody twice where a post has one holder alone."""
    decided: dict[Post, frozenset[UUID]] = {}
    found: list[tuple[Need, facts.Decider]] = []
    for need in needs:
        others = (who for post, who in decided.items() if post != need.post)
        barred = frozenset({asker.human}).union(need.interested, *others)
        decider = load.who_decides(need.post, need.unit, barred, day, terms)
        found.append((need, decider))
        if len(decider.people) == 1 and not need.body:
            human = load.humans(decider.people, day, terms)
            decided[need.post] = frozenset(human.values())
    return tuple(found)


def vacant_posts(plan: Iterable[tuple[Need, facts.Decider]]) -> tuple[Post, ...]:
    """The posts that somebody must hold before it can be decided, each once."""
    found = (decider.vacant for need, decider in plan if not need.body)
    return tuple(dict.fromkeys(post for post in found if post is not None))
