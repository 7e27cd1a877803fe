"""Need-to-know: the only source of custody's rows for lists, searches, pickers and exports.

A person's rows come from his own indexes (circle, grounds, holding, handling), never by filtering
the register: a reader of thirty copies among a million waits no longer than among a hundred.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from baomi.kernel.clock import clock
from baomi.kernel.words import Person, Post
from baomi.registers.approvals import load as approvals
from baomi.registers.custody import models
from baomi.registers.custody.facts import State
from baomi.registers.custody.load.circle import BY_NAME, grounds_covering


@dataclass(frozen=True, slots=True)
class Visible:
    """Papers and copies that somebody may see; what is not among them does not exist for him."""

    papers: QuerySet[models.Paper]
    copies: QuerySet[models.Copy]


def movements_for(actor: Person) -> QuerySet[models.Movement]:
    """The registrar sees every movement; others those that they made, gave or received.

    Being in a circle opens the paper, not who else read it when, nor the remarks on it.
    """
    movements = models.Movement.objects
    if Post.REGISTRAR in actor.posts:
        return movements.all()
    return movements.filter(id__in=of_person(actor.id))


def of_person(person: Any) -> QuerySet[Any]:
    """Ids of the movements that somebody made, gave or received."""
    movements = models.Movement.objects
    made = movements.filter(actor=person).values("id")
    gave = movements.filter(from_holder=person).values("id")
    received = movements.filter(to_holder=person).values("id")
    return made.union(gave, received)


def visible_to(actor: Person) -> Visible:
    """The registrar sees all; others what they hold or keep, and papers whose circle they are in.

    He is in a circle by name, or as long as his unit, a post of his or his rank is in it today. A
    circle counts only as far as the clearance reaches; the handler sees our own paper that he
    handles; whoever stands in for a keeper sees what the keeper has; whoever has to decide on a
    request sees what it is about while it waits for him; the archivist sees what is archived, as
    far as his clearance reaches. No other post opens anything: administrators
    and auditor see nothing by office.
    """
    asked = _asked_for(actor, clock.today())
    # clones: a queryset that was read once keeps its rows, and these must never be read
    return Visible(asked.papers.all(), asked.copies.all())


@lru_cache(maxsize=256)
def _asked_for(actor: Person, day: date) -> Visible:
    """The questions, which Django takes milliseconds to put together; never an answer to them."""
    papers, copies = models.Paper.objects, models.Copy.objects
    if not actor.in_service:
        return Visible(papers.none(), copies.none())
    if Post.REGISTRAR in actor.posts:
        return Visible(papers.all(), copies.all())
    cleared = {"paper__level__lte": actor.clearance.value}
    named = models.CircleMember.objects.filter(person=actor.id, basis=BY_NAME, **cleared)
    covered = models.CircleGround.objects.filter(ground__in=grounds_covering(actor, day), **cleared)
    handled = papers.filter(handler=actor.id, origin="own").values("id")
    put_to_him = approvals.subjects_waiting_for(actor)
    to_decide = copies.filter(id__in=put_to_him, **cleared)
    held, kept = copies.filter(_his("holder", actor)), copies.filter(_his("kept_by", actor))
    known = named.values("paper").union(
        covered.values("paper"),
        handled,
        held.values("paper"),
        kept.values("paper"),
        to_decide.values("paper"),
        papers.filter(id__in=put_to_him, level__lte=actor.clearance.value).values("id"),
    )
    at_hand = held.values("id").union(
        kept.values("id"),
        copies.filter(paper__in=named.values("paper")).values("id"),
        copies.filter(paper__in=covered.values("paper")).values("id"),
        copies.filter(paper__in=handled).values("id"),
        to_decide.values("id"),
    )
    if Post.ARCHIVIST in actor.posts:
        archived = _archived(actor)
        known = known.union(*(each.values("paper") for each in archived))
        at_hand = at_hand.union(*(each.values("id") for each in archived))
    return Visible(papers.filter(id__in=known), copies.filter(id__in=at_hand))


def _archived(actor: Person) -> tuple[QuerySet[models.Copy], QuerySet[models.Copy]]:
    """What lies in the archive, and what is consulted just now."""
    cleared = models.Copy.objects.filter(paper__level__lte=actor.clearance.value)
    consulted = models.ConsultationLine.objects.filter(ended_on=None, consultation__voided_by=None)
    return (
        cleared.filter(state=State.ARCHIVED.value),
        cleared.filter(id__in=consulted.values("copy")),
    )


def _his(column: str, actor: Person) -> Q:
    """His own, and what a keeper has for whom he stands in, as far as his clearance reaches."""
    absent = [each.principal for each in actor.stands_in if each.post is Post.UNIT_KEEPER]
    own = Q(**{column: actor.id})
    if not absent:
        return own
    return own | Q(**{f"{column}__in": absent}, paper__level__lte=actor.clearance.value)
