"""Need-to-know: the only source of custody's rows for lists, searches, pickers and exports."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from baomi.kernel.words import Person, Post
from baomi.registers.custody import models


@dataclass(frozen=True, slots=True)
class Visible:
    """Papers and copies that somebody may see; what is not among them does not exist for him."""

    papers: QuerySet[models.Paper]
    copies: QuerySet[models.Copy]


def movements_for(actor: Person) -> QuerySet[models.Movement]:
    """The registrar sees every movement; others those that they made, gave or received.

    Being in a circle opens the paper, not who else read it when, nor the remarks on it.
    """
    if Post.REGISTRAR in actor.posts:
        return models.Movement.objects.all()
    own = Q(actor=actor.id) | Q(from_holder=actor.id) | Q(to_holder=actor.id)
    return models.Movement.objects.filter(own)


def visible_to(actor: Person) -> Visible:
    """The registrar sees all; others what they hold or keep, and papers whose circle they are in.

    A circle counts only as far as the clearance reaches; the handler sees our own paper that he
    handles. No other post opens anything: administrators and auditor see nothing by office.
    """
    if not actor.in_service:
        return Visible(models.Paper.objects.none(), models.Copy.objects.none())
    if Post.REGISTRAR in actor.posts:
        return Visible(models.Paper.objects.all(), models.Copy.objects.all())
    circle = models.CircleMember.objects.filter(person=actor.id).values("paper")
    at_hand = models.Copy.objects.filter(Q(holder=actor.id) | Q(kept_by=actor.id))
    known = Q(id__in=circle, level__lte=actor.clearance.value) | Q(handler=actor.id, origin="own")
    papers = models.Paper.objects.filter(known | Q(id__in=at_hand.values("paper")))
    copies = models.Copy.objects.filter(
        Q(id__in=at_hand.values("id"))
        | Q(paper__in=models.Paper.objects.filter(known).values("id"))
    )
    return Visible(papers, copies)
