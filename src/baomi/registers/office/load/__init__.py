"""People, rooms and cabinets for deciding: what the rules may know on a given day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from uuid import UUID

from django.db.models import Max, Q

from baomi.kernel.labels import Label, make_label, parse_label
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level, Post
from baomi.registers.office import facts, models
from baomi.registers.office.load.people import (
    members_of,
    people,
    people_stood_in_for,
    person,
    units_of,
    with_identity,
)
from baomi.registers.office.load.posts import (
    deputations,
    deputations_for,
    deputations_of,
    heads,
    holders_between,
    holdings,
    holdings_of,
    on_day,
    posts_between,
    rows_of_human,
)
from baomi.registers.office.load.vacant import (
    heads_leaving,
    leaves_duties,
    seat_titles,
    unheld_posts,
    vacated,
)
from baomi.registers.prepared import Prepared
from baomi.registers.seen_once import seen_once

# told here as well, so that whoever decides has one place to ask
__all__ = (
    "deputations",
    "deputations_for",
    "deputations_of",
    "heads",
    "heads_leaving",
    "holders_between",
    "holdings",
    "holdings_of",
    "leaves_duties",
    "members_of",
    "people",
    "people_stood_in_for",
    "person",
    "posts_between",
    "rows_of_human",
    "seat_titles",
    "unheld_posts",
    "units_of",
    "vacated",
    "with_identity",
)


@seen_once
def holders(post: Post, day: date, *, unit: UUID | None = None) -> tuple[UUID, ...]:
    """Who holds a post on a day (for a unit)."""
    rows = models.PostHolding.objects.filter(on_day(day), post=post.value)
    if unit is not None:
        rows = rows.filter(unit=unit)
    return tuple(rows.order_by("from_on", "id").values_list("person_id", flat=True))


_ROOM = ("id", "name", "unit_id", "keeps_papers", "measures")
_ROOMS = Prepared(lambda ids: models.Room.objects.filter(id__in=ids).values_list(*_ROOM))


@seen_once
def rooms(ids: Iterable[UUID]) -> Mapping[UUID, facts.Room]:
    """Rooms by id."""
    return {row[0]: _room(*row) for row in _ROOMS(ids)}


def _room(key: UUID, name: str, unit: UUID, keeps: bool, measures: str) -> facts.Room:  # noqa: FBT001 — a row
    return facts.Room(
        id=key, name=name, unit=unit, keeps_papers=keeps, protected=bool(measures.strip())
    )


def room(key: UUID) -> facts.Room:
    """One room. Raises ``BadInput`` for an unknown one."""
    found = rooms([key]).get(key)
    if found is None:
        raise BadInput("没有这个房间，请核对名称")
    return found


_CABINETS = Prepared(
    lambda ids: models.Cabinet.objects.filter(id__in=ids).values_list(
        "id", "name", "level", "unit_id", "closed_on", *(f"room__{column}" for column in _ROOM)
    )
)


@seen_once
def cabinets(ids: Iterable[UUID]) -> Mapping[UUID, facts.Cabinet]:
    """Cabinets by id, each with its room."""
    return {
        key: facts.Cabinet(
            id=key,
            name=name,
            level=Level(level),
            room=_room(*room),
            unit=unit,
            in_use=closed_on is None,
        )
        for key, name, level, unit, closed_on, *room in _CABINETS(ids)
    }


def cabinet(key: UUID) -> facts.Cabinet:
    """One cabinet. Raises ``BadInput`` for an unknown one."""
    found = cabinets([key]).get(key)
    if found is None:
        raise BadInput("没有这个文件柜，请核对名称或标签")
    return found


def units(ids: Iterable[UUID]) -> Mapping[UUID, facts.Unit]:
    """Units by id."""
    rows = models.Unit.objects.filter(id__in=list(ids)).values_list("id", "name", "closed_on")
    return {
        key: facts.Unit(id=key, name=name, open=closed_on is None) for key, name, closed_on in rows
    }


def open_unit(key: UUID, *, field: str) -> facts.Unit:
    """One unit that still exists. Raises ``BadInput`` that names the field."""
    found = units([key]).get(key)
    if found is None:
        raise BadInput("没有这个单位，请核对名称", field=field)
    if not found.open:
        raise BadInput(f"{found.name}已撤销，请改选现有的单位", field=field)
    return found


def accounts(ids: Iterable[UUID]) -> Mapping[UUID, facts.Account]:
    """Accounts by id."""
    return _accounts(Q(id__in=list(ids)))


def account_of(person: UUID) -> facts.Account | None:
    """A person's account, if he has one."""
    return next(iter(_accounts(Q(person=person)).values()), None)


def login_is_taken(login: str) -> bool:
    """Whether an account, open or closed, has this login."""
    return models.Account.objects.filter(login=login).exists()


def _accounts(wanted: Q) -> Mapping[UUID, facts.Account]:
    rows = models.Account.objects.filter(wanted).values_list(
        "id", "person_id", "login", "state", "password_set_on"
    )
    return {
        key: facts.Account(
            id=key, person=person_id, login=login, state=state, password_set_on=password_set_on
        )
        for key, person_id, login, state, password_set_on in rows
    }


def next_badge() -> int:
    """The next serial of people's badges."""
    return (models.Person.objects.aggregate(last=Max("badge_serial"))["last"] or 0) + 1


def next_cabinet_label() -> int:
    """The next serial of cabinets' labels."""
    return (models.Cabinet.objects.aggregate(last=Max("label_serial"))["last"] or 0) + 1


def office_id() -> UUID:
    """The id of the office's own row."""
    return models.Office.objects.values_list("id", flat=True).get()


def founded() -> tuple[UUID, date] | None:
    """The office's row, and the day on which it was founded; None: it is not yet."""
    return models.Office.objects.values_list("id", "founded_on").first()


@cache
def office_sign() -> str:
    """The lasting sign that this office's labels bear: the same after a restore and a fork."""
    return models.Office.objects.values_list("id", flat=True).get().hex


def label(kind: str, serial: int) -> str:
    """The text of a label of this office: C copy, P badge, K cabinet, S slip."""
    return make_label(kind, serial, office=office_sign())


def badge_of(person: UUID) -> str:
    """The text of somebody's badge, as it stands on the badge itself."""
    serial = models.Person.objects.values_list("badge_serial", flat=True).get(id=person)
    return label("P", serial)


def label_in(text: str) -> Label:
    """The label of this office that was scanned or typed. Raises ``LabelError``."""
    return parse_label(text, office=office_sign())


def left_in(unit: UUID, day: date) -> tuple[str, ...]:
    """What a unit still has on a day and must give up before it is closed, in Chinese."""
    has = {
        "在岗人员": bool(members_of([unit], day)),
        "任职": models.PostHolding.objects.filter(
            Q(until_on=None) | Q(until_on__gt=day), unit=unit
        ).exists(),
        "下属科室": models.Unit.objects.filter(within=unit, closed_on=None).exists(),
        "房间": models.Room.objects.filter(unit=unit).exists(),
        "文件柜": models.Cabinet.objects.filter(unit=unit, closed_on=None).exists(),
    }
    return tuple(what for what, there in has.items() if there)
