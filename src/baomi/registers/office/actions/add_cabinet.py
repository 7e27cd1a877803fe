"""Enter a cabinet that locks, the room where it stands, and the highest level it may hold."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs
from baomi.kernel.fields import LevelCode, RoomRef, UnitRef
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level, Post
from baomi.registers.office import load, models
from baomi.registers.office.wording import Named


class AddCabinetInputs(Inputs):
    """The cabinet, its room, its level and the unit that uses it."""

    name: Named = Field(title="柜名", description="如 保密室 1 号柜")
    room: RoomRef = Field(title="所在房间", description="已登记的房间")
    level: LevelCode = Field(
        title="最高密级",
        description="柜内最高可以存放到哪一密级",
    )
    unit: UnitRef | None = Field(default=None, title="使用单位", description="不填即房间的使用单位")


@dataclass(frozen=True, slots=True)
class Read:
    """What was entered; None until then."""

    entered: AddCabinetInputs | None


class AddCabinet(Action[Read]):
    """Enter a cabinet, its room and the highest level that it may hold."""

    name = "office.add_cabinet"
    title = "登记文件柜"
    help = "登记一个可上锁的文件柜及其可存放的最高密级；柜标签由程序编定。"
    done_by = frozenset({Post.REGISTRAR})
    brings = ()
    inputs = AddCabinetInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(None))

    def complete(self, situation: Deed[Read], inputs: AddCabinetInputs) -> Deed[Read]:
        load.room(inputs.room)
        if inputs.unit is not None:
            load.open_unit(inputs.unit, field="unit")
        if models.Cabinet.objects.filter(name=inputs.name).exists():
            raise BadInput("已有同名的文件柜，请核对或换一个名称", field="name")
        return replace(situation, facts=Read(inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        inputs = deed.facts.entered
        if inputs is None:
            raise BadInput("请填写柜名、所在房间和最高密级", field="name")
        row = models.Cabinet(
            id=new_id(),
            name=inputs.name,
            room_id=inputs.room,
            level=Level.of(inputs.level).value,
            unit_id=inputs.unit or load.room(inputs.room).unit,
            label_serial=load.next_cabinet_label(),
        )
        row.save(force_insert=True)
        label = load.label("K", row.label_serial)
        return Change(
            touched={"office_cabinet": {row.id}}, told={"cabinet": str(row.id), "label": label}
        )
