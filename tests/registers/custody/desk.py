"""The registrar's desk: custody's deeds as tests ask for them, in the invented office."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from baomi.engine.demo.office_plan import PROTECTED_ROOM, READING_ROOM, Office
from baomi.engine.perform import perform
from baomi.engine.request import Receipt
from baomi.kernel.verdict import Refusal, Refused
from baomi.kernel.words import Level
from baomi.registers.custody import models
from baomi.registers.duties.models import Duty
from tests.factories.deeds import do, request, size

PAPER = {
    "issuer": "省委办公厅",
    "number": "×办发〔2025〕7号",
    "title": "关于做好某项工作的通知",
    "level": "机密★10年",
    "copy_numbers": "000758-000760",
}


class Desk:
    """Does deeds and remembers nothing: every question goes to the registers."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.registrar = office.registrar
        self.reader = office.readers["研究室"][0]  # 重要: may read 机密
        self.general = office.readers["研究室"][1]  # 一般: may read 秘密
        self.keeper = office.keepers["研究室"]
        self.leader = office.group_leader  # 核心: may read 绝密
        self.reading_room = office.rooms[READING_ROOM]
        self.cabinet = office.cabinets[Level.SECRET]
        self.top_cabinet = office.cabinets[Level.TOP_SECRET]

    def receive(self, **paper: Any) -> tuple[UUID, tuple[UUID, ...]]:
        """Register one paper. Returns it and its copies."""
        told = self.receive_all([PAPER | paper]).told["papers"][0]
        return UUID(told["paper"]), tuple(UUID(each) for each in told["copies"])

    def receive_all(self, papers: Sequence[dict[str, Any]], **envelope: Any) -> Receipt:
        said = {"sender": "市委机要局", "intact": True, "papers_stated": len(papers)} | envelope
        return do("custody.receive_envelope", self.registrar, papers=papers, **said)

    def ready(
        self, *members: UUID, cabinet: UUID | None = None, **paper: Any
    ) -> tuple[UUID, tuple[UUID, ...]]:
        """A paper that is locked in and whose circle is fixed (the reader, if nobody is named)."""
        paper_id, copies = self.receive(**paper)
        self.store(*copies, cabinet=cabinet)
        self.circle(paper_id, *(members or (self.reader,)))
        return paper_id, copies

    def store(self, *copies: UUID, cabinet: UUID | None = None) -> Receipt:
        where = cabinet or self.cabinet
        return do("custody.store_copies", self.registrar, *copies, cabinet=where)

    def circle(self, paper: UUID, *members: UUID, **more: Any) -> Receipt:
        return do("custody.set_circle", self.registrar, paper, persons=list(members), **more)

    def give(self, *copies: UUID, by: UUID | None = None, **how: Any) -> Receipt:
        said = {"person": self.reader, "purpose": "reading", "place": self.reading_room} | how
        return do("custody.hand_over_copy", by or self.registrar, *copies, **said)

    def lend_to_keeper(self, *copies: UUID) -> Receipt:
        return self.give(*copies, person=self.keeper, purpose="keeping", place=None)

    def take_back(self, *copies: UUID, by: UUID | None = None, **how: Any) -> Receipt:
        return do("custody.take_back_copy", by or self.registrar, *copies, **how)

    def copy(self, key: UUID) -> dict[str, Any]:
        """A copy's row."""
        return models.Copy.objects.filter(id=key).values().get()

    def paper(self, key: UUID) -> dict[str, Any]:
        """A paper's row."""
        return models.Paper.objects.filter(id=key).values().get()


def duties(subject: UUID, state: str = "open") -> list[dict[str, Any]]:
    """Duties on a thing, the oldest first."""
    return list(Duty.objects.filter(subject=subject, state=state).order_by("id").values())


def refused(action: str, actor: UUID, *targets: UUID, **inputs: Any) -> dict[str, Refusal]:
    """The refusals of a deed that may not be done, by guard; nothing is written to the ledger."""
    before = size()
    with pytest.raises(Refused) as caught:
        perform(request(action, actor, *targets, **inputs))
    assert size() == before
    return {f"{each.clause}/{each.guard}": each for each in caught.value.verdict.refusals}


__all__ = ["PAPER", "PROTECTED_ROOM", "Desk", "do", "duties", "refused", "size"]
