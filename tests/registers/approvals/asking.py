"""A copy that somebody wants to carry out, and the approvals that it takes."""

from typing import Any
from uuid import UUID

from baomi.engine.approving import instead_of_doing
from baomi.engine.perform import perform
from baomi.engine.request import Receipt
from tests.factories.deeds import do, request
from tests.factories.office import TODAY
from tests.registers.custody.desk import Desk

CARRY = "custody.carry_out"
BACK = "2025-03-06"


class Outing:
    """A copy in a reader's hands, and the outing that he wants."""

    def __init__(self, desk: Desk, carrier: UUID | None = None, **paper: Any) -> None:
        self.desk = desk
        self.carrier = carrier or desk.reader
        _, copies = desk.ready(self.carrier, **paper)
        self.copy = copies[0]
        desk.give(self.copy, person=self.carrier, purpose="handling")

    def inputs(self, **other: Any) -> dict[str, Any]:
        """What is entered for the outing."""
        return {
            "carrier": str(self.carrier),
            "keeper": str(self.carrier),
            "occasions": ["business_trip"],
            "destination": "省委办公厅",
            "purpose": "参加评审会",
            "measures": "随身保管，不离人",
            "leaves_on": TODAY.isoformat(),
            "back_until": BACK,
            **other,
        }

    def ask(self, by: UUID | None = None, **other: Any) -> UUID:
        """Ask for the approval. Returns the request."""
        asked = request(CARRY, by or self.carrier, self.copy, **self.inputs(**other))
        return UUID(perform(instead_of_doing(asked, why="会议须当场核对原件")).told["request"])

    def carry(self, by: UUID | None = None, **other: Any) -> Receipt:
        """Carry it out; the registrar records it."""
        return do(CARRY, by or self.desk.registrar, self.copy, **self.inputs(**other))


def decide(by: UUID, asked: UUID, verdict: str = "agree", **more: Any) -> Receipt:
    """Decide on a request."""
    return do("approvals.decide", by, asked, verdict=verdict, **more)
