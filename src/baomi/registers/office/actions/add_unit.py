"""Enter an inner unit into the register."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs, with_happenings
from baomi.kernel.fields import UnitRef
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.office import facts, load, models
from baomi.registers.office.wording import Named


class AddUnitInputs(Inputs):
    """The unit's name, and the unit to which it belongs."""

    name: Named = Field(title="单位名称", description="委（办）室或科室的名称，如 研究室")
    within: UnitRef | None = Field(
        default=None, title="上级单位", description="科室填所属委（办）室，委（办）室不填"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """What was entered, and the id that the unit gets; None until then."""

    entered: AddUnitInputs | None
    unit: UUID | None = None


class AddUnit(Action[Read]):
    """Enter an inner unit into the register."""

    name = "office.add_unit"
    title = "登记单位"
    help = "登记本机关的一个委（办）室或科室。"
    done_by = frozenset({Post.SECURITY_ADMIN, Post.PERSONNEL})
    brings = (facts.PostFallsVacant,)
    inputs = AddUnitInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(None))

    def complete(self, situation: Deed[Read], inputs: AddUnitInputs) -> Deed[Read]:
        if inputs.within is not None:
            load.open_unit(inputs.within, field="within")
        if models.Unit.objects.filter(name=inputs.name, closed_on=None).exists():
            raise BadInput(f"已有名为“{inputs.name}”的单位，请核对或换一个名称", field="name")
        unit = new_id()
        vacant = [
            facts.PostFallsVacant(
                post=post,
                unit=unit,
                unit_name=inputs.name,
                from_on=situation.today,
                director_is_there=bool(load.holders(Post.OFFICE_DIRECTOR, situation.today)),
            )
            for post in situation.terms.needed_in_units()
            if inputs.within is None  # a section has a head of its own kind
        ]
        return with_happenings(situation, vacant, facts=Read(inputs, unit))

    def carry_out(self, deed: Deed[Read]) -> Change:
        inputs = deed.facts.entered
        if inputs is None:
            raise BadInput("请填写单位名称", field="name")
        unit = models.Unit(
            id=deed.facts.unit, name=inputs.name, within_id=inputs.within, opened_on=deed.today
        )
        unit.save(force_insert=True)
        return Change(touched={"office_unit": {unit.id}}, told={"unit": str(unit.id)})
