"""The invented office's leadership: who is in charge of secrecy, and the year's pledges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from baomi.engine.request import Receipt
from baomi.kernel.clock import clock
from baomi.kernel.words import PersonnelClass, Post
from baomi.registers.governance.facts import Role


class Do(Protocol):
    """Performs deeds of one kind in one commit."""

    def __call__(
        self,
        action: str,
        by: Post,
        asked: Sequence[tuple[tuple[UUID, ...], Mapping[str, Any]]],
        second: Post | None = None,
    ) -> tuple[Receipt, ...]:
        """Do them by the holder of a post, confirmed by that of another."""


def person_inputs(
    name: str, unit: UUID, personnel_class: PersonnelClass, number: int
) -> dict[str, Any]:
    """What is entered of an invented person: the first of his unit (number 0) heads it."""
    return {
        "name": name,
        "unit": unit,
        "rank": "县处级" if number == 0 else "科级",
        "personnel_class": personnel_class,
        "class_ground": "涉密人员审查表",
    }


def appoint_secrecy_leader(do: Do, name: str, unit: UUID, letter: str) -> UUID:
    """The leader in charge of secrecy: somebody of the leadership, in the office's own unit."""
    inputs = person_inputs(name, unit, PersonnelClass.CORE, 0) | {"rank": "厅局级"}
    (added,) = do("office.add_person", Post.SECURITY_ADMIN, [((), inputs)])
    person = UUID(added.told["person"])
    appointed = {"post": Post.SECRECY_LEADER, "letter": letter}
    do("office.appoint", Post.SECURITY_ADMIN, [((person,), appointed)], second=Post.AUDITOR)
    return person


def sign_pledges(
    do: Do, leader: UUID, units: Mapping[str, UUID], heads: Mapping[str, UUID], place: str
) -> None:
    """Each head of a unit signs the year's pledge with the main leader, and it is kept."""
    today = clock.today()
    pledges = [
        {
            "year": today.year,
            "role": Role.OVERALL,
            "leader": leader,
            "leader_post": "秘书长",
            "unit": unit,
            "head": heads[name],
        }
        for name, unit in units.items()
    ]
    drawn_up = do("governance.draw_up_pledge", Post.REGISTRAR, [((), each) for each in pledges])
    signed = {"leader_signed_on": today, "head_signed_on": today, "place": place}
    asked = [((UUID(each.told["pledge"]),), signed) for each in drawn_up]
    do("governance.sign_pledge", Post.REGISTRAR, asked)
