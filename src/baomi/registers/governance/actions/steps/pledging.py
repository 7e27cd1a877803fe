"""What the rules ask about a pledge: which posts the two held on the days that count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.governance import facts, load
from baomi.registers.office import load as office


@dataclass(frozen=True, slots=True, kw_only=True)
class Signers:
    """The two who sign, for which unit, and on which day each of them counts."""

    leader: Person
    leader_on: date
    head: Person
    head_on: date
    unit: UUID
    unit_name: str
    role: facts.Role

    def told(self) -> dict[str, Any]:
        """What the rules may know of it, by the happening's fields."""
        leader, head = self.leader.id, self.head.id
        return {
            "leader": self.leader,
            "head": self.head,
            "unit": self.unit,
            "unit_name": self.unit_name,
            "role": self.role,
            "leader_posts": office.posts_between(leader, self.leader_on, self.leader_on),
            "oversees_the_unit": _oversees(leader, self.unit, self.leader_on),
            "head_heads_the_unit": _holds(head, Post.UNIT_HEAD, self.unit, self.head_on),
        }


def signer(key: UUID, deed: Deed[Any], *, field: str) -> Person:
    """One of the two. Raises ``BadInput`` for somebody who is in no register."""
    person = office.people([key], deed.today, deed.terms).get(key)
    if person is None:
        raise BadInput("查无此人，请核对姓名", field=field)
    return person


def _oversees(leader: UUID, unit: UUID, day: date) -> bool:
    assigned = bool(load.oversights_of(unit, day, day, leader=leader))
    return assigned or _holds(leader, Post.UNIT_LEADER_IN_CHARGE, unit, day)


def _holds(person: UUID, post: Post, unit: UUID, day: date) -> bool:
    return any(
        each.post is post and each.unit == unit for each in office.holdings_of(person, day, day)
    )
