"""Whose business a duty is: its owner's, the holder's of a post, and those to whom it is reported.

Nobody's index is the register: one's own come by owner and by post, what is reported by its day.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from baomi.kernel.clock import clock
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.duties.models import Duty
from baomi.registers.in_force import terms_on
from baomi.registers.office.load import people_stood_in_for

UNKNOWN_DUTY: Final = "没有这项应办事项，请核对编号"
_SEES_ALL: Final = frozenset({Post.REGISTRAR, Post.OFFICE_DIRECTOR})


def visible_to(actor: Person) -> QuerySet[Duty]:
    """One's own, those of one's posts, and what is reported to one; registrar and director all.

    What time opened ahead is shown from its own day on.
    """
    today = clock.today()
    shown = Duty.objects.filter(opened_on__lte=today)
    if not actor.in_service:
        return shown.none()
    if actor.posts & _SEES_ALL:
        return shown
    terms = terms_on(today)
    return shown.filter(id__in=own(actor).union(reported_to(actor, today, terms).values("id")))


def own(actor: Person, *, due_by: date | None = None) -> QuerySet[Any]:
    """Ids of one's own duties, of those of one's posts, and of whom one stands in for.

    What nobody owns any more falls to the post that the terms name (GZ1.0b). ``due_by``: only
    open ones that are due by a day, each branch narrowed for itself.
    """
    narrow = Q() if due_by is None else Q(state="open", due_on__lte=due_by)
    duties = Duty.objects.filter(narrow)
    units = [actor.unit, *actor.keeps_for]
    units += [each.unit for each in actor.stands_in if each.unit is not None]
    of_posts = duties.filter(owner=None, owner_post__in=[post.value for post in actor.posts])
    for_all, for_unit = of_posts.filter(owner_unit=None), of_posts.filter(owner_unit__in=units)
    owners = [actor.id, *people_stood_in_for(actor)]
    found = duties.filter(owner__in=owners).values("id")
    found = found.union(for_all.values("id"), for_unit.values("id"))
    if terms_on(clock.today()).unowned_post() in actor.posts:
        found = found.union(unowned(clock.today()).filter(narrow).values("id"))
    return found


def unowned(day: date) -> QuerySet[Duty]:
    """Open duties whose post is vacant, or whose owner has left."""
    holds = Q(from_on__lte=day) & (Q(until_on=None) | Q(until_on__gte=day))
    holdings = apps.get_model("office", "PostHolding")._default_manager.filter(holds)
    of_post = holdings.filter(post=OuterRef("owner_post"))
    held = Exists(of_post.filter(unit=OuterRef("owner_unit")))
    held_at_all = Exists(of_post)
    people = apps.get_model("office", "Person")._default_manager
    left = Q(owner__in=people.filter(left_on__lt=day).values("id"))
    vacant = Q(owner=None) & (
        (Q(owner_unit=None) & ~Q(held_at_all)) | (~Q(owner_unit=None) & ~Q(held))
    )
    return Duty.objects.filter(state="open").filter(vacant | left)


def reported_to(actor: Person, day: date, terms: Terms) -> QuerySet[Duty]:
    """Overdue duties of others that have come up to one of somebody's posts by now.

    A unit's head learns of his own people's; the posts of the office learn of everybody's.
    """
    found = Duty.objects.none()
    for post, days in terms.escalation_steps():
        if post not in actor.posts:
            continue
        late = Duty.objects.filter(state="open", due_on__lte=day - timedelta(days=days))
        if post is Post.UNIT_HEAD:
            people = apps.get_model("office", "Person")._default_manager.filter(unit=actor.unit)
            late = late.filter(Q(owner__in=people.values("id")) | Q(owner_unit=actor.unit))
        found = late if not found.query.where else found | late
    return found.exclude(owner=actor.id)


def reported_as_far_as(late: int, terms: Terms) -> Post | None:
    """The highest post that an overdue duty has come up to; None: nobody but its owner yet."""
    reached = [post for post, days in terms.escalation_steps() if late >= days]
    return reached[-1] if reached else None


def overdue_days(due_on: date, state: str, today: date) -> int | None:
    """Days by which an open duty is overdue; None for one that is not."""
    late = (today - due_on).days
    return late if state == "open" and late > 0 else None


def find_duty(actor: Person, text: str) -> UUID:
    """The duty of an id, if the actor may see it. Raises ``BadInput``."""
    try:
        key = UUID(text.strip())
    except ValueError:
        raise BadInput(UNKNOWN_DUTY) from None
    if not visible_to(actor).filter(id=key).exists():
        raise BadInput(UNKNOWN_DUTY)
    return key
