"""How the office's rows are called, and what is offered while somebody types.

An offer is a text that a picker understands again, and a note beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from baomi.kernel.clock import clock
from baomi.kernel.terms import Terms
from baomi.kernel.words import Level, Person, Post
from baomi.registers.office.reads.visible import visible_to

Names = Mapping[UUID, str]
Offer = tuple[str, str]
MOST = 12
_LONGEST = 60


def _names(kind: str, column: str) -> Callable[[Person, Iterable[UUID], Terms], Names]:
    def names(actor: Person, ids: Iterable[UUID], _terms: Terms) -> Names:
        rows = visible_to(actor, kind).filter(id__in=list(ids))
        return dict(rows.values_list("id", column))

    return names


def _holdings(actor: Person, ids: Iterable[UUID], terms: Terms) -> Names:
    rows = visible_to(actor, "office.post_holding").filter(id__in=list(ids))
    values = rows.values_list("id", "person__name", "post", "unit__name")
    return {
        key: "".join((person, "，", unit or "", terms.post_title(Post(post))))
        for key, person, post, unit in values
    }


def _deputations(actor: Person, ids: Iterable[UUID], terms: Terms) -> Names:
    rows = visible_to(actor, "office.deputation").filter(id__in=list(ids))
    values = rows.values_list("id", "deputy__name", "principal__name", "post")
    return {
        key: f"{deputy}代{principal}（{terms.post_title(Post(post))}）"
        for key, deputy, principal, post in values
    }


NAMES: Mapping[str, Callable[[Person, Iterable[UUID], Terms], Names]] = {
    "office.unit": _names("office.unit", "name"),
    "office.person": _names("office.person", "name"),
    "office.post_holding": _holdings,
    "office.deputation": _deputations,
    "office.outside_body": _names("office.outside_body", "name"),
    "office.room": _names("office.room", "name"),
    "office.cabinet": _names("office.cabinet", "name"),
    "office.account": _names("office.account", "login"),
}


def _standing(rows: QuerySet[Any]) -> QuerySet[Any]:
    today = clock.today()
    return rows.filter(Q(left_on=None) | Q(left_on__gte=today), joined_on__lte=today)


def _people(actor: Person, typed: str) -> list[Offer]:
    """Names that begin so, initials that begin so, and the unit beside each."""
    name, _, unit = typed.partition("@")
    rows = _standing(visible_to(actor, "office.person"))
    rows = rows.filter(Q(name__startswith=name) | Q(initials__startswith=name.lower()))
    if unit:
        rows = rows.filter(unit__name__startswith=unit)
    found = list(rows.order_by("badge_serial").values_list("name", "unit__name")[: MOST * 2])
    twice = {each for each, _ in found if [one for one, _ in found].count(each) > 1}
    offers = ((f"{who}@{where}" if who in twice else who, where) for who, where in found)
    return list(dict.fromkeys(offers))[:MOST]


def _named(kind: str, column: str = "name", note: str = "") -> Callable[[Person, str], list[Offer]]:
    def offers(actor: Person, typed: str) -> list[Offer]:
        rows = visible_to(actor, kind).filter(**{f"{column}__icontains": typed})
        if kind in ("office.unit", "office.cabinet"):
            rows = rows.filter(closed_on=None)
        columns = (column, note) if note else (column,)
        found = rows.order_by(column).values_list(*columns)[:MOST]
        return [(row[0], _noted(note, row[1]) if note else "") for row in found]

    return offers


def _noted(column: str, value: Any) -> str:
    return Level(value).title if column == "level" else str(value or "")


_BY_KIND: Mapping[str, Callable[[Person, str], list[Offer]]] = {
    "office.person": _people,
    "office.unit": _named("office.unit"),
    "office.outside_body": _named("office.outside_body", note="kind"),
    "office.room": _named("office.room", note="unit__name"),
    "office.cabinet": _named("office.cabinet", note="level"),
    "office.account": _named("office.account", "login", "person__name"),
}


def _offering(kind: str) -> Callable[[Person, str], list[Offer]]:
    def offers(actor: Person, typed: str) -> list[Offer]:
        return _BY_KIND[kind](actor, typed.strip()) if len(typed) <= _LONGEST else []

    return offers


OFFERS: Mapping[str, Callable[[Person, str], list[Offer]]] = {
    kind: _offering(kind) for kind in _BY_KIND
}
