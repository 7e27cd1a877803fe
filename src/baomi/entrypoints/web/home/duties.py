"""What somebody owes himself, what has come up to him of others', and what he holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.urls import reverse

from baomi.engine.duty_deeds import deeds_for
from baomi.engine.face.reading import books, names_of
from baomi.entrypoints.guarding.logged_in import Who
from baomi.entrypoints.web.home.declared import soon_of
from baomi.kernel.action import Action
from baomi.kernel.clock import clock
from baomi.registers import paging
from baomi.registers.duties.reads.desk import due_on_of, own_open, reported_open
from baomi.registers.listing import Column, Link
from baomi.registers.office import load as office
from baomi.registers.office.reads.seats import units
from baomi.registers.seen_once import seen_once

SHOWN: Final = 12
REPORTED: Final = 30
DUTIES: Final = "duties.duty"
_OWED: Final = ("title", "clause", "matter", "due_on", "overdue_days")
_REPORTED: Final = ("title", "matter", "owner", "due_on", "overdue_days")
_HELD: Final = ("registered_number", "copy_number", "title", "level", "purpose", "since")
_SUBJECT: Final = Column(key="subject", heading="", reads=("subject",))
_BY_HAND: Final = "duties.close_by_hand"
NO_UNIT: Final = "按职务应办"
# deeds that have a page of their own rather than the form of every deed
_PAGES: Final = {"approvals.decide": "approvals", "holidays.record_notice": "notice"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A duty of his own. ``late``: days by which it is overdue; None: it is not."""

    title: str
    clause: str
    matter: str
    matter_link: Link | None
    duty: UUID
    due_on: date
    late: int | None
    subject: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A copy in his hands."""

    copy: UUID
    number: str
    copy_number: str
    title: str
    level: str
    purpose: str
    since: date
    due_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """An overdue duty of somebody else's."""

    title: str
    matter: str
    owner: str
    duty: UUID
    due_on: date
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What is to be done about a duty: what the button says, what it opens, who records it."""

    button: str
    href: str
    note: str = ""


def owed(who: Who) -> tuple[tuple[Owed, ...], bool]:
    """His own open duties of the days listed ahead, the earliest first; whether there are more."""
    last = clock.today() + timedelta(days=soon_of(who))
    book = books()[DUTIES]
    page = paging.page(
        replace(book, rows=lambda actor: own_open(actor, last), columns=(*book.columns, _SUBJECT)),
        who.person,
        who.terms,
        columns=(*_OWED, "subject"),
        size=SHOWN,
    )
    found = tuple(
        Owed(
            title=row[0],
            clause=row[1],
            matter=row[2],
            matter_link=page.links[n].get("matter"),
            duty=page.ids[n],
            due_on=row[3],
            late=row[4],
            subject=row[5],
        )
        for n, row in enumerate(page.rows)
    )
    return found, page.after is not None


def way_of(who: Who, duty: Owed) -> Way:
    """What opens what he has to do for a duty, filled in as far as it is known."""
    if not duty.clause:
        href = reverse("deed_on", args=[_BY_HAND, duty.duty])
        return Way(button="办完了，去办结", href=href, note="这是交办的事项：办完以后在这里办结。")
    deeds = deeds_for(duty.clause, duty.title)
    for action in deeds:
        if not action.done_by & who.person.posts:
            continue
        form = _form(who, action, duty.subject)
        if form is not None:
            return Way(button=action.title, href=form)
    note = ""
    if deeds:
        posts = "、".join(sorted(who.terms.post_title(post) for post in deeds[0].done_by))
        note = f"由{posts}办理“{deeds[0].title}”，登记后本项自动办结。"
    return Way(button="看这一项", href=reverse("object", args=[DUTIES, duty.duty]), note=note)


def _form(who: Who, action: Action[Any], subject: UUID) -> str | None:
    """The deed's form for the thing; none where the deed is done to something else."""
    if action.name in _PAGES:
        return reverse(_PAGES[action.name])
    if action.target is None:
        return reverse("deed", args=[action.name])
    if names_of(who.person, action.target, [subject], who.terms):
        return reverse("deed_on", args=[action.name, subject])
    return None


def held(who: Who) -> tuple[tuple[Held, ...], bool]:
    """The copies in his hands, those longest there first, and whether there are more of them."""
    page = paging.page(
        books()["custody.copy"],
        who.person,
        who.terms,
        filters={"mine": "yes"},
        order="longest",
        columns=_HELD,
        size=SHOWN,
    )
    today, due = clock.today(), due_on_of(who.person, page.ids)
    found = tuple(
        Held(
            copy=key,
            number=row[0],
            copy_number=row[1],
            title=row[2],
            level=row[3],
            purpose=row[4],
            since=row[5],
            due_on=due.get(key),
            is_late=key in due and due[key] < today,
        )
        for key, row in zip(page.ids, page.rows, strict=True)
    )
    return found, page.after is not None


@seen_once
def reported(who: Who) -> tuple[tuple[tuple[str, tuple[Reported, ...]], ...], bool]:
    """Overdue duties that have come up to him, by the unit of who owes them; whether more."""
    page = paging.page(
        replace(books()[DUTIES], rows=lambda actor: reported_open(actor, who.terms)),
        who.person,
        who.terms,
        columns=_REPORTED,
        size=REPORTED,
    )
    owners = [link[1] for each in page.links if (link := each.get("owner"))]
    of_owner = office.units_of(owners) if owners else {}
    names = {key: name for key, name, _ in units(who.person)} if owners else {}
    found: dict[str, list[Reported]] = {}
    for key, row, links in zip(page.ids, page.rows, page.links, strict=True):
        owner = links.get("owner")
        unit = names[of_owner[owner[1]]] if owner and owner[1] in of_owner else NO_UNIT
        one = Reported(
            title=row[0], matter=row[1], owner=row[2], duty=key, due_on=row[3], late=row[4]
        )
        found.setdefault(unit, []).append(one)
    told = ((unit, tuple(rows)) for unit, rows in found.items())
    return tuple(sorted(told, key=lambda each: -len(each[1]))), page.after is not None
