"""A deed as somebody asks for it, and what he is answered: the same words for every door.

A scenario says what is asked in a clerk's words: names, labels, numbers of the registers. Each
door types them in its own way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol
from uuid import UUID

from baomi.registers.custody import models as custody
from baomi.registers.office import models as office
from baomi.registers.office.load import label as label_of

DONE, REFUSED, FAULTY = "done", "refused", "faulty"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A deed asked for by the holder of a post (``registrar``, ``unit_keeper@研究室``)."""

    action: str
    post: str
    targets: Sequence[str] = ()
    inputs: Mapping[str, Any] = field(default_factory=dict)
    confirmed: bool = False  # a second person confirms it with his own password
    why: str = ""  # its approval is asked for, for this reason, instead of doing it

    def but(self, **inputs: Any) -> "Asked":
        """The same with other inputs."""
        return replace(self, inputs={**self.inputs, **inputs})

    def without(self, name: str) -> "Asked":
        """The same with one input left out; ``papers.issuer`` leaves it out of every row."""
        outer, _, inner = name.partition(".")
        if not inner:
            kept = {key: value for key, value in self.inputs.items() if key != outer}
            return replace(self, inputs=kept)
        rows = [
            {key: value for key, value in row.items() if key != inner} for row in self.inputs[outer]
        ]
        return self.but(**{outer: rows})


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What came of it: ``done``, ``refused`` or ``faulty``, and in which words."""

    outcome: str
    refused: Sequence[Mapping[str, Any]]
    words: str

    @property
    def guards(self) -> set[str]:
        """The guards that refused: ``GZ2.3.1b/reader_is_in_the_circle``."""
        return {f"{each['clause']}/{each['guard']}" for each in self.refused}


class Door(Protocol):
    """An entrypoint, as the scenarios use it."""

    def make_ready(self, asked: Asked) -> None:
        """Do what must be there before the deed can be asked for: a second person's password."""

    def act(self, asked: Asked) -> Answered:
        """Ask for the deed."""

    def listed(
        self, register: str, *, overdue: bool = False, post: str = "registrar"
    ) -> list[dict[str, Any]]:
        """The rows of a register, as a post's holder sees them."""

    def owed(self, post: str = "registrar") -> list[dict[str, Any]]:
        """What is owed by anybody, as far as a post's holder sees it."""

    def form(self, name: str, kind: str, thing: UUID, post: str, written: str) -> bytes | None:
        """An official form of a thing, ``pdf`` or ``docx``, as a post's holder gets it; None: he is
        answered as for what does not exist."""

    def exported(self, register: str, kind: str) -> tuple[list[str], list[list[str]]]:
        """Headings and rows of a register's file: ``csv`` or ``xlsx``."""


def name(person: UUID) -> str:
    """A person's name."""
    return office.Person.objects.values_list("name", flat=True).get(id=person)


def room(key: UUID) -> str:
    """A room's name."""
    return office.Room.objects.values_list("name", flat=True).get(id=key)


def cabinet(key: UUID) -> str:
    """A cabinet's label."""
    return label_of("K", office.Cabinet.objects.values_list("label_serial", flat=True).get(id=key))


def paper(key: UUID) -> str:
    """A paper's registered number."""
    return custody.Paper.objects.values_list("registered_number", flat=True).get(id=key)


def copy(key: UUID) -> str:
    """A copy by its paper's number and its own: ``2025-001/000758``."""
    row = custody.Copy.objects.values("paper_id", "copy_number").get(id=key)
    return f"{paper(row['paper_id'])}/{row['copy_number']}"


def label(key: UUID) -> str:
    """A copy's label."""
    return label_of("C", custody.Copy.objects.values_list("label_serial", flat=True).get(id=key))
