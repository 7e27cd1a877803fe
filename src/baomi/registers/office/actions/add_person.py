"""Enter somebody of the office into the register, with his class and its ground."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs
from baomi.kernel.fields import UnitRef
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import PersonnelClass, Post
from baomi.registers.office import load, models
from baomi.registers.office.actions.identity import identity_number, index, people_with
from baomi.registers.office.pinyin import initials
from baomi.registers.office.seals import seal
from baomi.registers.office.wording import Line, Named, Rank


class AddPersonInputs(Inputs):
    """Who comes, into which unit, in which class."""

    name: Named = Field(title="姓名", description="按证件填写")
    unit: UnitRef = Field(title="单位", description="所在的委（办）室或科室")
    rank: Rank = Field(default="", title="职级", description="如 县处级，可不填")
    personnel_class: PersonnelClass = Field(
        title="涉密等级", description="依审查结果填写，决定可以接触的密级"
    )
    class_ground: Line = Field(title="定级依据", description="涉密人员审查文号或理由")
    identity_number: str | None = Field(
        default=None,
        title="公民身份号码",
        description="18 位，密封保存，用来查对是否已经登记；可以以后再登记",
        repr=False,
    )
    joined_on: date | None = Field(default=None, title="到岗日期", description="不填即办理当日")


@dataclass(frozen=True, slots=True)
class Read:
    """What was entered; None until then. ``first``: his row from before he left."""

    entered: AddPersonInputs | None = field(repr=False)
    number: str = field(default="", repr=False)
    first: UUID | None = None


class AddPerson(Action[Read]):
    """Enter somebody of the office into the register."""

    name = "office.add_person"
    title = "登记人员"
    help = "登记本机关的一名人员，写明单位、涉密等级和定级依据；工牌号由程序编定。"
    done_by = frozenset({Post.SECURITY_ADMIN, Post.PERSONNEL})
    brings = ()
    inputs = AddPersonInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(None))

    def complete(self, situation: Deed[Read], inputs: AddPersonInputs) -> Deed[Read]:
        load.open_unit(inputs.unit, field="unit")
        if inputs.identity_number is None:
            return replace(situation, facts=Read(inputs))
        number = identity_number(inputs.identity_number)
        first = _left_before(situation, number)
        return replace(situation, facts=Read(inputs, number, first))

    def carry_out(self, deed: Deed[Read]) -> Change:
        inputs = deed.facts.entered
        if inputs is None:
            raise BadInput("请填写姓名、单位和涉密等级", field="name")
        key = new_id()
        number = deed.facts.number
        person = models.Person(
            id=key,
            name=inputs.name,
            initials=initials(inputs.name),
            unit_id=inputs.unit,
            rank=inputs.rank,
            personnel_class=inputs.personnel_class.value,
            class_ground=inputs.class_ground,
            identity_number=seal(key, number) if number else None,
            same_as_id=deed.facts.first,
            badge_serial=load.next_badge(),
            joined_on=inputs.joined_on or deed.today,
        )
        person.save(force_insert=True)
        if number:
            index(key, number)
        badge = load.label("P", person.badge_serial)
        return Change(
            touched={"office_person": {person.id}}, told={"person": str(person.id), "badge": badge}
        )


def _left_before(deed: Deed[Read], number: str) -> UUID | None:
    """The first row of somebody who left and comes back. Raises ``BadInput``: he is here."""
    found = people_with(deed, number)
    here = next((each for each in found if each.in_service), None)
    if here is not None:
        raise BadInput(
            f"这个公民身份号码已登记在{here.name}名下，不要重复登记；有变动的请办理人员变更",
            field="identity_number",
        )
    return found[0].human if found else None
