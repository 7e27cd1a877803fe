"""The one source of rows of this register for lists and for picking.

Plans and summaries are seen by everybody whose clearance reaches their level: they say who is to
do what. Other documents are the group's own. Pledges are seen by who signed them and by those
who answer for the whole. What one may not see does not exist.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Q, QuerySet

from baomi.kernel.words import Level, Person, Post
from baomi.registers.governance import models

# whoever records it sees what he recorded, whatever its level
KEEPERS: Final = frozenset({Post.REGISTRAR, Post.OFFICE_DIRECTOR})
GROUP: Final = frozenset(
    {
        Post.LEADER,
        Post.SECRETARY_GENERAL,
        Post.GROUP_LEADER,
        Post.DEPUTY_GROUP_LEADER,
        Post.GROUP_MEMBER,
        Post.SECRECY_LEADER,
    }
)
SEES_ALL_PLEDGES: Final = KEEPERS | (GROUP - {Post.GROUP_MEMBER}) | {Post.PERSONNEL, Post.AUDITOR}


def yearlies(actor: Person) -> QuerySet[Any]:
    """Plans and summaries, every version."""
    rows: QuerySet[Any] = models.Yearly.objects.all()
    return _up_to_clearance(rows, actor, "level")


def items(actor: Person) -> QuerySet[Any]:
    """Goals of plans and things done of summaries."""
    rows: QuerySet[Any] = models.Item.objects.all()
    return _up_to_clearance(rows, actor, "yearly__level")


def versions(actor: Person) -> QuerySet[Any]:
    """Versions of the 制度: everybody must know them."""
    rows: QuerySet[Any] = models.RulebookVersion.objects.all()
    return rows if actor.in_service else rows.none()


def reviews(actor: Person) -> QuerySet[Any]:
    """Reviews of the 制度."""
    rows: QuerySet[Any] = models.RulebookReview.objects.all()
    return rows if actor.in_service else rows.none()


def documents(actor: Person) -> QuerySet[Any]:
    """Other documents: the group's, and each drafter's own."""
    rows: QuerySet[Any] = models.Document.objects.all()
    if not actor.posts & (KEEPERS | GROUP):
        rows = rows.filter(drafted_by=actor.id)
    return _up_to_clearance(rows, actor, "level")


def pledges(actor: Person) -> QuerySet[Any]:
    """Pledges: all of them for those who answer for the whole, one's own for everybody else."""
    rows: QuerySet[Any] = models.Pledge.objects.all()
    if not actor.in_service:
        return rows.none()
    if actor.posts & SEES_ALL_PLEDGES:
        return rows
    return rows.filter(Q(leader=actor.id) | Q(head=actor.id))


def oversights(actor: Person) -> QuerySet[Any]:
    """Who oversees which unit."""
    rows: QuerySet[Any] = models.Oversight.objects.all()
    return rows if actor.in_service else rows.none()


def _up_to_clearance(rows: QuerySet[Any], actor: Person, column: str) -> QuerySet[Any]:
    if not actor.in_service:
        return rows.none()
    if actor.posts & KEEPERS:
        return rows
    highest = max(actor.clearance, Level.NONE)
    return rows.filter(**{f"{column}__lte": highest.value})
