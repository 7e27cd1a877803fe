"""What is told of the things of a request to who may not see them himself: number and level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from baomi.kernel.words import Level, Person, Post
from baomi.registers.approvals import load, models
from baomi.registers.custody import load as custody
from baomi.registers.custody.load import levels


@dataclass(frozen=True, slots=True)
class Numbered:
    """A thing by its number, without a title."""

    number: str
    level: Level


def told_things(actor: Person, request: UUID, things: Iterable[UUID]) -> Mapping[UUID, Numbered]:
    """Number and level of each thing that a request is about, as far as they are told him.

    Who asked for it or decided on it goes on knowing what it was about, on the page as on paper;
    whoever has yet to decide on it or to do it, as far as his clearance reaches.
    """
    is_party, has_to_act = _is_party(actor, request), _has_to_act(actor, request)
    if not (is_party or has_to_act):
        return {}
    ids = list(things)
    known = levels.levels_of(ids)
    numbers = {**levels.numbers_of_papers(ids), **custody.references(ids)}
    return {
        key: Numbered(numbers[key], known[key])
        for key in ids
        if key in numbers and key in known and (is_party or known[key] <= actor.clearance)
    }


def _is_party(actor: Person, request: UUID) -> bool:
    if Post.REGISTRAR in actor.posts:
        return True
    asked = models.ApprovalRequest.objects.filter(id=request, asked_by=actor.id)
    decided = models.ApprovalStep.objects.filter(need__request=request, decided_by=actor.id)
    return asked.exists() or decided.exists()


def _has_to_act(actor: Person, request: UUID) -> bool:
    put = load.put_to(actor).filter(request=request)
    return put.exists() or load.to_be_done_by(actor).filter(id=request).exists()
