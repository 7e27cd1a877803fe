"""For each official form: the thing that it is printed of, who prints it, and who gets nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from tests.entrypoints.asking import label, name, paper
from tests.factories.deeds import do
from tests.factories.office import TODAY
from tests.registers.custody.desk import PAPER, Desk


@dataclass(frozen=True)
class Printed:
    """A thing, and what stands on its form among other words: by field, as it is printed.

    ``stranger`` is a post whose holder may not print it, by office or because he may not see the
    thing.
    """

    thing: UUID
    post: str
    stranger: str
    shows: Mapping[str, str]


Prepare = Callable[[Desk], Printed]
PRINTS: dict[str, Prepare] = {}


def prints(form: str) -> Callable[[Prepare], Prepare]:
    """Say which form a scenario shows."""

    def keep(prepare: Prepare) -> Prepare:
        assert form not in PRINTS, f"{form} has two scenarios"
        PRINTS[form] = prepare
        return prepare

    return keep


@prints("custody.copy_card")
def card_of_a_copy_that_went_out_and_came_back(desk):
    key, copies = desk.ready()
    desk.give(copies[0])
    desk.take_back(copies[0])
    desk.give(copies[0])
    return Printed(
        thing=copies[0],
        post="registrar",
        stranger="auditor",
        shows={
            "number": paper(key),
            "copy": "000758",
            "name": PAPER["title"],
            "where": f"在手：{name(desk.reader)}",
            "label": label(copies[0]),
            "mark": "机密★10年",
            "steps": f"收回{name(desk.registrar)}{name(desk.reader)}机密柜",
        },
    )


@prints("custody.outing")
def outing_of_a_copy_that_came_back(desk):
    key, copies = desk.ready(level="内部")
    desk.give(copies[0], purpose="handling")
    reader = desk.reader
    journey = {
        "carrier": reader,
        "keeper": reader,
        "occasions": ["business_trip"],
        "destination": "市委党校",
        "purpose": "参加评审会",
        "leaves_on": TODAY,
        "back_until": TODAY,
    }
    done = do("custody.carry_out", desk.registrar, copies[0], **journey)
    do("custody.bring_back", desk.registrar, copies[0], findings="页数齐全，封装完好")
    return Printed(
        thing=UUID(done.told["outing"]),
        post="registrar",
        stranger="auditor",
        shows={
            "carrier": name(reader),
            "destination": "市委党校",
            "copies": f"{paper(key)}000758内部",
            "findings": "页数齐全，封装完好",
            "receipt": done.text,
        },
    )
