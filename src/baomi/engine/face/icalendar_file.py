"""One's own due days as an iCalendar file: days and figures, not a word about any paper.

The file leaves the system for programs that copy it wherever they like, so that it says no more
than that something is due, and under which clauses.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Final

from django.db.models import Count
from icalendar import Calendar, Event

from baomi.engine.face.month import own_open
from baomi.kernel.clock import clock, instant
from baomi.kernel.ids import derived_id
from baomi.kernel.words import Person

FILE_NAME: Final = "calendar.ics"
MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_MAKER: Final = "-//calendar//ZH"


def own_due_days(person: Person) -> bytes:
    """A whole-day event for each day on which some of his open duties fall due."""
    made = Calendar()
    made.add("prodid", _MAKER)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for day, clauses in _due(person):
        made.add_component(_event(person, day, clauses))
    return bytes(made.to_ical())


def _due(person: Person) -> list[tuple[date, Counter[str]]]:
    found: dict[date, Counter[str]] = {}
    rows = own_open(person).order_by().values_list("due_on", "clause").annotate(rows=Count("id"))
    for due_on, clause, count in rows:
        found.setdefault(due_on, Counter())[clause] += count
    return sorted(found.items())


def _event(person: Person, day: date, clauses: Counter[str]) -> Event:
    event = Event()
    # the same day keeps its id, so that a later file takes the earlier one's place
    event.add("uid", str(derived_id(person.id, f"calendar/{day.isoformat()}")))
    event.add("dtstamp", instant(clock.now_us()))
    event.add("dtstart", day)
    if day < date.max:  # the last day there is has none after it; without an end it is one day
        event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"应办事项 {clauses.total()} 项")
    listed = "、".join(clause for clause in sorted(clauses) if clause)
    event.add("description", f"依据条款：{listed}" if listed else "请登录后查看")
    event.add("transp", "TRANSPARENT")
    return event
