"""A browser at the scan station, and what a scanner reads off things."""

from uuid import UUID, uuid4

from baomi.kernel.words import Person
from baomi.registers.custody import models
from baomi.registers.office import load
from baomi.registers.office import models as office_models
from baomi.rulebook.terms import Terms
from tests.entrypoints.web.page import Element, page
from tests.factories.office import TODAY

ONE, FINISH, WAITING = "/scan/one", "/scan/finish", "/scan/waiting"


class Station:
    """A browser at the station, standing at what the page would stand at."""

    def __init__(self, browser, who: UUID, **state):
        self.browser, self.who = browser, who
        self.state = {"mode": "give", "person": "", "place": "", "cabinet": ""} | state

    def scan(self, text: str, **changed):
        fields = self.state | {"me": self.who, "op_id": uuid4(), "text": text} | changed
        return self.browser.post(ONE, fields)

    def finish(self, of: UUID, badge: str = "", pin: str = "", **changed):
        fields = {"me": self.who, "op_id": uuid4(), "person": of, "kind": "out"}
        return self.browser.post(FINISH, fields | {"badge": badge, "pin": pin} | changed)


def told(answer) -> Element:
    """The line, or the person."""
    return next(each for each in page(answer).all() if "data-outcome" in each.attributes)


def outcome(answer) -> str:
    return told(answer).attributes["data-outcome"]


def label_of(copy: UUID) -> str:
    return load.label("C", models.Copy.objects.values_list("label_serial", flat=True).get(id=copy))


def badge_of(person: UUID) -> str:
    serials = office_models.Person.objects.values_list("badge_serial", flat=True)
    return load.label("P", serials.get(id=person))


def cabinet_label(cabinet: UUID) -> str:
    serials = office_models.Cabinet.objects.values_list("label_serial", flat=True)
    return load.label("K", serials.get(id=cabinet))


def held(copy: UUID) -> UUID | None:
    return models.Copy.objects.values_list("holder", flat=True).get(id=copy)


def person(key: UUID) -> Person:
    return load.person(key, TODAY, Terms.on(TODAY))


def glyphs(text: str) -> str:
    """As an input method in full-width mode types it."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
