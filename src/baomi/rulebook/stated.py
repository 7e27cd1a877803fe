"""What approvals are given for: people, days and texts, as compared and as people read them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from baomi.kernel.approving import Stated
from baomi.kernel.words import Person


def stated_people(key: str, title: str, people: Iterable[Person]) -> Stated:
    """Persons, whatever their order."""
    known = sorted({each.id: each for each in people}.items())
    return Stated(
        key=key,
        title=title,
        value=" ".join(str(person) for person, _ in known),
        shown="、".join(each.name for _, each in known) or "无",
    )


def stated_person(key: str, title: str, person: Person) -> Stated:
    """One person."""
    return Stated(key=key, title=title, value=str(person.id), shown=person.name)


def stated_day(key: str, title: str, day: date) -> Stated:
    """One day."""
    return Stated(key=key, title=title, value=day.isoformat(), shown=day.isoformat())


def stated_text(key: str, title: str, text: str) -> Stated:
    """A text as it was entered. Never a paper's title."""
    return Stated(key=key, title=title, value=text, shown=text or "无")
