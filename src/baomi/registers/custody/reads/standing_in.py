"""What a keeper has, for whoever stands in for him: numbers and holders, never a title."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q

from baomi.kernel.words import Person, Post
from baomi.registers.custody import models
from baomi.registers.office import load as office
from baomi.registers.office.facts import Deputation

LISTED = frozenset({Post.UNIT_KEEPER, Post.REGISTRAR})
_COLUMNS = (
    *("paper__registered_number", "copy_number", "paper__level", "state", "since"),
    *("holder", "holder__name"),
)


def list_is_for(actor: Person, deputation: UUID) -> Deputation | None:
    """The deputation whose list somebody may have: the two of them, the registrar, the head.

    None for everybody else, and where no papers go with the post.
    """
    found = office.deputations([deputation]).get(deputation)
    if found is None or found.post not in LISTED or not actor.in_service:
        return None
    heads = Post.UNIT_HEAD in actor.posts and actor.unit == found.unit
    concerned = actor.id in (found.principal, found.deputy) or heads
    return found if concerned or Post.REGISTRAR in actor.posts else None


def copies_of(deputation: Deputation) -> list[Mapping[str, Any]]:
    """What the principal has in hand, and what he gave out, in the order of the numbers.

    A registrar has the cabinets too: of his papers only those that are out are listed.
    """
    if deputation.post is Post.REGISTRAR:
        wanted = Q(state="held")
    else:
        wanted = Q(holder=deputation.principal) | Q(kept_by=deputation.principal, state="held")
    rows = models.Copy.objects.filter(wanted).order_by(
        *("paper__series_year", "paper__series_category", "paper__series_serial"),
        *("copy_number", "id"),
    )
    return list(rows.values(*_COLUMNS))
