"""The one source of rows of this register for lists and for picking."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from baomi.kernel.words import Person, Post
from baomi.registers.columns import LedgeredModel
from baomi.registers.office import models

KINDS: dict[str, type[LedgeredModel]] = {
    "office.unit": models.Unit,
    "office.person": models.Person,
    "office.post_holding": models.PostHolding,
    "office.deputation": models.Deputation,
    "office.outside_body": models.OutsideBody,
    "office.room": models.Room,
    "office.cabinet": models.Cabinet,
    "office.account": models.Account,
}
ADMINISTRATORS = frozenset({Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDITOR})
# whose work needs more of a person or a room than its name
SEES_DETAILS = frozenset(
    {
        Post.REGISTRAR,
        Post.SECURITY_ADMIN,
        Post.PERSONNEL,
        Post.OFFICE_DIRECTOR,
        Post.GROUP_LEADER,
    }
)


def visible_to(actor: Person, kind: str) -> QuerySet[Any]:
    """Rows of a kind that somebody may see. Raises ``KeyError`` for an unknown kind."""
    rows: QuerySet[Any] = KINDS[kind]._default_manager.all()
    if not actor.in_service:
        return rows.none()
    if kind == "office.account" and not actor.posts & ADMINISTRATORS:
        return rows.filter(person=actor.id)
    return rows


def sees_details(actor: Person) -> bool:
    """Whether rank, class and protective measures are somebody's business."""
    return actor.in_service and bool(actor.posts & SEES_DETAILS)
