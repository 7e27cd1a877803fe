"""People as they stand on a day: posts, and for whom they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, UUIDField, Value

from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, PersonnelClass, Post, StandIn
from baomi.registers.office import models
from baomi.registers.office.load.posts import on_day, principal_holds_it
from baomi.registers.office.seals import blind
from baomi.registers.prepared import Prepared
from baomi.registers.seen_once import seen_once

# posts whose holder has papers in his hands: a stand-in takes his place with them
KEEPING = frozenset({Post.UNIT_KEEPER, Post.REGISTRAR})
_Held = tuple[Post, UUID | None, UUID | None]  # the last: the principal who is stood in for

# one query for all: a post stands in the columns of a person, with _A_POST for his class and
# the principal for whom it is held for his first row
_A_POST = "post"
_PEOPLE = Prepared(
    lambda ids, day: (
        models.Person.objects.filter(id__in=ids)
        .values_list(
            *("id", "name", "unit_id", "personnel_class", "joined_on", "left_on", "same_as_id")
        )
        .union(
            _posts(
                models.PostHolding.objects.filter(on_day(day), person__in=ids),
                holder="person_id",
                principal=None,
            ),
            _posts(
                models.Deputation.objects.filter(
                    on_day(day), principal_holds_it(day), deputy__in=ids
                ),
                holder="deputy_id",
                principal="principal_id",
            ),
            all=True,
        )
    )
)


def _posts(rows: QuerySet[Any], *, holder: str, principal: str | None) -> QuerySet[Any, Any]:
    stood_in_for = F(principal) if principal else Value(None, output_field=UUIDField())
    return rows.values_list(
        holder, "post", "unit_id", Value(_A_POST), "from_on", "until_on", stood_in_for
    )


@seen_once
def people(ids: Iterable[UUID], day: date, terms: Terms) -> Mapping[UUID, Person]:
    """People as they stand on a day, posts and deputations included. Unknown ids are left out.

    A deputation counts only while its principal holds the post.
    """
    rows = _PEOPLE(ids, day)
    held: dict[UUID, list[_Held]] = {}
    for key, post, unit, kind, _, _, principal in rows:
        if kind == _A_POST:
            held.setdefault(key, []).append((Post(post), unit, principal))
    return {
        row[0]: _person(row, held.get(row[0], ()), day, terms) for row in rows if row[3] != _A_POST
    }


def _person(row: tuple[Any, ...], held: Sequence[_Held], day: date, terms: Terms) -> Person:
    key, name, unit, personnel_class, joined_on, left_on, same_as = row
    in_service = joined_on <= day and (left_on is None or day <= left_on)
    counted = held if in_service else ()
    return Person(
        id=key,
        human=same_as or key,
        name=name,
        unit=unit,
        clearance=terms.clearance_of(PersonnelClass(personnel_class)),
        posts=frozenset({post for post, _, _ in counted} | {Post.ANYONE})
        if in_service
        else frozenset(),
        keeps_for=frozenset(
            unit for post, unit, _ in counted if post is Post.UNIT_KEEPER and unit is not None
        ),
        stands_in=_stand_ins(counted),
        in_service=in_service,
    )


def _stand_ins(held: Sequence[_Held]) -> tuple[StandIn, ...]:
    """In an order that does not depend on how the database happened to answer."""
    found = {
        StandIn(post=post, unit=unit, principal=principal)
        for post, unit, principal in held
        if principal is not None
    }
    return tuple(sorted(found, key=lambda each: (each.post, str(each.unit), each.principal)))


def person(key: UUID, day: date, terms: Terms) -> Person:
    """One person on a day. Raises ``BadInput`` for an unknown one."""
    found = people([key], day, terms).get(key)
    if found is None:
        raise BadInput("查无此人，请核对姓名或证件标签")
    return found


_UNITS_OF = Prepared(
    lambda ids: models.Person.objects.filter(id__in=ids).values_list("id", "unit_id")
)


@seen_once
def units_of(people: Iterable[UUID]) -> Mapping[UUID, UUID]:
    """The unit of each of some people. Unknown ids are left out."""
    return dict(_UNITS_OF(people))


def people_stood_in_for(person: Person) -> frozenset[UUID]:
    """The absent registrars and keepers whose work somebody does: he sees their duties too."""
    return frozenset(each.principal for each in person.stands_in if each.post in KEEPING)


def members_of(units: Iterable[UUID], day: date) -> tuple[UUID, ...]:
    """Everybody in service in some units on a day, in the order of their ids."""
    in_service = Q(joined_on__lte=day) & (Q(left_on=None) | Q(left_on__gte=day))
    rows = models.Person.objects.filter(in_service, unit__in=list(units))
    return tuple(rows.order_by("id").values_list("id", flat=True))


def with_identity(number: str) -> tuple[UUID, ...]:
    """Rows under which an identity number is recorded, in the order of their ids."""
    digest = blind(number)
    if digest is None:
        return ()
    rows = models.IdentityIndex.objects.filter(digest=digest).order_by("person")
    return tuple(rows.values_list("person_id", flat=True))
