"""A small office for the proofs: founded in its own home, eight copies of one paper locked in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from baomi.engine.demo.office_plan import founding_plan
from baomi.engine.found import found_office
from baomi.engine.perform import perform
from baomi.engine.request import Receipt, Request
from baomi.engine.sealer import seal_now
from baomi.kernel.ids import new_id
from baomi.kernel.words import Door

TITLE = "关于演练某项工作的通知"
COPIES = 8


@dataclass(frozen=True)
class SmallOffice:
    """Whom and what the proofs need, by id."""

    registrar: UUID
    security_admin: UUID
    auditor: UUID
    readers: tuple[UUID, ...]  # all may read the paper, and are in its circle
    room: UUID
    cabinet: UUID
    paper: UUID
    copies: tuple[UUID, ...]

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            name: [str(each) for each in value] if isinstance(value, tuple) else str(value)
            for name, value in vars(self).items()
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "SmallOffice":
        """Back from JSON."""
        return cls(
            **{
                name: tuple(map(UUID, value)) if isinstance(value, list) else UUID(value)
                for name, value in plain.items()
            }
        )

    def give(self, copy: UUID, reader: UUID, op_id: UUID | None = None) -> Request:
        """Ask to hand one copy to a reader."""
        how = {"person": reader, "purpose": "reading", "place": self.room}
        return asked("custody.hand_over_copy", self.registrar, copy, op_id=op_id, **how)

    def take_back(self, copy: UUID, op_id: UUID | None = None) -> Request:
        """Ask to take one copy back into its cabinet."""
        return asked("custody.take_back_copy", self.registrar, copy, op_id=op_id)


def asked(
    action: str,
    actor: UUID,
    *targets: UUID,
    op_id: UUID | None = None,
    second: UUID | None = None,
    **inputs: Any,
) -> Request:
    """A request past every door."""
    return Request(
        action=action,
        actor=actor,
        targets=targets,
        inputs=inputs,
        op_id=op_id or new_id(),
        door=Door.WORKER,
        second=second,
    )


def make(*, alg: int = 1, demo: bool = False) -> SmallOffice:
    """Found it on the clock's present day; the newest entry is a checkpoint."""
    plan = founding_plan()
    founding = found_office(plan, alg=alg, demo=demo, door=Door.WORKER)
    person = {post.value: founding.people[plan.appointee(post).login] for post in plan.POSTS}
    registrar, unit = person["registrar"], founding.units["办公室"]
    readers = (person["group_leader"], person["office_director"], registrar)
    described = {"unit": unit, "responsible": registrar, "keeps_papers": True, "measures": "铁门"}
    room = _told("office.add_room", registrar, "room", name="保密室", **described)
    cabinet = _told(
        "office.add_cabinet", registrar, "cabinet", name="一号柜", room=room, level="secret"
    )
    paper, copies = _paper(registrar)
    _do("custody.store_copies", registrar, *copies, cabinet=cabinet)
    _do("custody.set_circle", registrar, paper, persons=list(readers))
    seal_now()
    return SmallOffice(
        registrar=registrar,
        security_admin=person["security_admin"],
        auditor=person["auditor"],
        readers=readers,
        room=room,
        cabinet=cabinet,
        paper=paper,
        copies=copies,
    )


def _paper(registrar: UUID) -> tuple[UUID, tuple[UUID, ...]]:
    described = {
        "issuer": "省委办公厅",
        "number": "×办发〔2025〕7号",
        "title": TITLE,
        "level": "机密★10年",
        "copy_numbers": f"000001-{COPIES:06d}",
    }
    said = {"sender": "市委机要局", "intact": True, "papers_stated": 1, "papers": [described]}
    told = _do("custody.receive_envelope", registrar, **said).told["papers"][0]
    return UUID(told["paper"]), tuple(UUID(each) for each in told["copies"])


def _do(action: str, actor: UUID, *targets: UUID, **inputs: Any) -> Receipt:
    return perform(asked(action, actor, *targets, **inputs))


def _told(action: str, actor: UUID, told: str, /, **inputs: Any) -> UUID:
    return UUID(_do(action, actor, **inputs).told[told])
