"""A deed that must be approved first: who would have to decide, and what was asked already."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from baomi.engine import registry
from baomi.engine.approving import foresee
from baomi.engine.asked import asked
from baomi.engine.request import Request
from baomi.entrypoints.guarding.logged_in import Who
from baomi.kernel.action import Foreseen
from baomi.kernel.approving import Need
from baomi.kernel.clock import clock
from baomi.kernel.judge import ASK
from baomi.registers.approvals import deciding, reads
from baomi.registers.office import load as office

UNSAID: Final = "（未填）"  # stands for the reason as long as the deed is only judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Decides:
    """One approval that it takes: what is approved, under which clause, and by whom."""

    title: str
    clause: str
    post: str  # who decides; a body outside that consents
    instead_of: str  # the post that the clause names, where its holders must not decide
    people: str
    vacant: str  # the post that somebody must hold first; empty: somebody can decide


@dataclass(frozen=True, slots=True)
class Standing:
    """A request that stands already: it waits, or was granted."""

    key: UUID
    label: str
    state: str


def foreseen(request: Request) -> Foreseen:
    """The deed that a request for approval is about, as it would be judged now.

    Raises ``BadInput`` and ``InvalidInputs``.
    """
    asking = asked(registry.actions()[ASK], request)
    said = request.inputs
    return foresee(asking, said["deed"], tuple(said["things"]), said["entered"])


def deciders(
    needs: Sequence[Need], who: Who, lacking: Collection[str] | None = None
) -> tuple[Decides, ...]:
    """Who would decide if he asked now, each rule once. ``lacking``: only these rules."""
    day, terms = clock.today(), who.terms
    found: dict[str, Decides] = {}
    plan = deciding.planned(needs, who.person, day, terms)
    ids = {key for _, decider in plan for key in decider.people}
    people = office.people(ids, day, terms) if ids else {}
    for need, decider in plan:
        if need.rule in found or (lacking is not None and need.rule not in lacking):
            continue
        post, names = terms.post_title(decider.post), sorted(people[k].name for k in decider.people)
        found[need.rule] = Decides(
            title=need.title,
            clause=need.clause,
            post=terms.body_title(need.body) if need.body else post,
            instead_of=terms.post_title(need.post)
            if decider.post is not need.post and not need.body
            else "",
            people="" if need.body else "、".join(names),
            vacant=terms.post_title(decider.vacant) if decider.vacant and not need.body else "",
        )
    return tuple(found.values())


def standing(who: Who, action: str, things: Sequence[UUID]) -> tuple[Standing, ...]:
    """What was asked for this deed on these things, waits or was granted, and he may see."""
    return tuple(Standing(*each) for each in reads.open_on(who.person, action, things))
