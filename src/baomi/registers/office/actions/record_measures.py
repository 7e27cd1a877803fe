"""Record a room's protective measures, and its use, unit or responsible person if these change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs, with_happenings
from baomi.kernel.fields import PersonRef, UnitRef
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.office import facts, load, models
from baomi.registers.office.choices import known, only_one
from baomi.registers.office.wording import Remark


class RecordMeasuresInputs(Inputs):
    """The measures, and what else changes; what is left empty stays as it is."""

    measures: Remark = Field(title="防护措施", description="现有的门、窗、报警、监控等措施")
    keeps_papers: bool | None = Field(
        default=None, title="存放文件", description="是否存放涉密文件，不变不填"
    )
    responsible: PersonRef | None = Field(
        default=None, title="责任人", description="新的责任人，不变不填"
    )
    unit: UnitRef | None = Field(
        default=None, title="使用单位", description="新的使用单位，不变不填"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The room, and what changes on it."""

    rooms: tuple[facts.Room, ...]
    changes: dict[str, Any] | None = None


class RecordMeasures(Action[Read]):
    """Record a room's protective measures."""

    name = "office.record_measures"
    title = "登记防护措施"
    help = "登记房间现有的防护措施；使用单位、责任人、用途有变化的一并填写。"
    done_by = frozenset({Post.REGISTRAR})
    brings = (facts.RoomIsRegistered, facts.RoomIsProtected)
    inputs = RecordMeasuresInputs
    target = "office.room"

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(known(asked.targets, load.rooms(asked.targets), "房间")))

    def complete(self, situation: Deed[Read], inputs: RecordMeasuresInputs) -> Deed[Read]:
        before = only_one(situation.facts.rooms, "房间")
        responsible = _responsible(situation, before.id, inputs.responsible)
        if inputs.unit is not None:
            load.open_unit(inputs.unit, field="unit")
        keeps = before.keeps_papers if inputs.keeps_papers is None else inputs.keeps_papers
        room = facts.Room(
            id=before.id,
            name=before.name,
            unit=inputs.unit or before.unit,
            keeps_papers=keeps,
            protected=True,
        )
        changes = {
            "measures": inputs.measures,
            "keeps_papers": keeps,
            "responsible_id": responsible,
            "unit_id": room.unit,
        }
        happenings = (
            facts.RoomIsRegistered(room=room, responsible=responsible),
            facts.RoomIsProtected(room=room),
        )
        return with_happenings(situation, happenings, facts=Read((room,), changes))

    def carry_out(self, deed: Deed[Read]) -> Change:
        room, changes = only_one(deed.facts.rooms, "房间"), deed.facts.changes
        if changes is None:
            raise BadInput("请填写防护措施", field="measures")
        models.Room.objects.filter(id=room.id).update(**changes)
        return Change(touched={"office_room": {room.id}})


def _responsible(deed: Deed[Read], room: UUID, chosen: UUID | None) -> UUID:
    if chosen is None:
        return models.Room.objects.values_list("responsible_id", flat=True).get(id=room)
    person = load.person(chosen, deed.today, deed.terms)
    if not person.in_service:
        raise BadInput(f"{person.name}不在岗，不能作责任人", field="responsible")
    return person.id
