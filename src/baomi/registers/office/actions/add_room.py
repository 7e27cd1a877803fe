"""Enter a room, who answers for it, and which protective measures it has (GZ2.2.1a)."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs, with_happenings
from baomi.kernel.fields import PersonRef, UnitRef
from baomi.kernel.happening import Deed, Happening
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.office import facts, load, models
from baomi.registers.office.wording import Measures, Named


class AddRoomInputs(Inputs):
    """The room, its unit, who answers for it, its use and its measures."""

    name: Named = Field(title="房间名称", description="楼、层、房号或通称，如 主楼 305 保密室")
    unit: UnitRef = Field(title="使用单位", description="使用这个房间的单位")
    responsible: PersonRef = Field(title="责任人", description="姓名、拼音首字母或工牌")
    keeps_papers: bool = Field(title="存放文件", description="是否存放涉密文件：是、否")
    measures: Measures = Field(
        default="", title="防护措施", description="门、窗、报警、监控等；尚无措施的不填"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The room as it will be, and what was entered."""

    room: facts.Room | None = None
    entered: AddRoomInputs | None = None


class AddRoom(Action[Read]):
    """Enter a room, who answers for it, and which protective measures it has."""

    name = "office.add_room"
    title = "登记房间"
    help = "登记存放、阅读文件的房间及其防护措施；没有防护措施的房间不得存放文件。"
    done_by = frozenset({Post.REGISTRAR})
    brings = (facts.RoomIsRegistered, facts.RoomIsProtected)
    inputs = AddRoomInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read())

    def complete(self, situation: Deed[Read], inputs: AddRoomInputs) -> Deed[Read]:
        load.open_unit(inputs.unit, field="unit")
        person = load.person(inputs.responsible, situation.today, situation.terms)
        if not person.in_service:
            raise BadInput(f"{person.name}不在岗，不能作责任人", field="responsible")
        if models.Room.objects.filter(name=inputs.name).exists():
            raise BadInput("已有同名的房间，请核对或换一个名称", field="name")
        room = facts.Room(
            id=new_id(),
            name=inputs.name,
            unit=inputs.unit,
            keeps_papers=inputs.keeps_papers,
            protected=bool(inputs.measures),
        )
        found: list[Happening] = [facts.RoomIsRegistered(room=room, responsible=person.id)]
        if room.protected:
            found.append(facts.RoomIsProtected(room=room))
        return with_happenings(situation, found, facts=Read(room, inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        room, inputs = deed.facts.room, deed.facts.entered
        if room is None or inputs is None:
            raise BadInput("请填写房间名称、使用单位和责任人", field="name")
        row = models.Room(
            id=room.id,
            name=inputs.name,
            unit_id=inputs.unit,
            responsible_id=inputs.responsible,
            keeps_papers=inputs.keeps_papers,
            measures=inputs.measures,
        )
        row.save(force_insert=True)
        return Change(touched={"office_room": {row.id}}, told={"room": str(row.id)})
