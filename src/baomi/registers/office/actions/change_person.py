"""Change somebody's name, rank or unit. His class has a deed of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs
from baomi.kernel.fields import UnitRef
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.office import load, models
from baomi.registers.office.choices import known, only_one
from baomi.registers.office.pinyin import initials
from baomi.registers.office.wording import Named, Rank


class ChangePersonInputs(Inputs):
    """What changes; what is left empty stays as it is."""

    name: Named | None = Field(default=None, title="姓名", description="更正后的姓名，不变不填")
    unit: UnitRef | None = Field(default=None, title="单位", description="调入的单位，不变不填")
    rank: Rank | None = Field(default=None, title="职级", description="新的职级，不变不填")


@dataclass(frozen=True, slots=True)
class Read:
    """Whom it concerns, and what was entered."""

    people: tuple[Person, ...]
    entered: ChangePersonInputs | None = None


class ChangePerson(Action[Read]):
    """Change somebody's name, rank or unit."""

    name = "office.change_person"
    title = "变更人员信息"
    help = "变更一名人员的姓名、职级或所在单位；涉密等级另行办理，任职不随单位变动。"
    done_by = frozenset({Post.SECURITY_ADMIN, Post.PERSONNEL})
    brings = ()
    inputs = ChangePersonInputs
    target = "office.person"

    def situate(self, asked: Asked) -> Deed[Read]:
        people = load.people(asked.targets, asked.today, asked.terms)
        return asked.deed(facts=Read(known(asked.targets, people, "人")))

    def complete(self, situation: Deed[Read], inputs: ChangePersonInputs) -> Deed[Read]:
        person = only_one(situation.facts.people, "人")
        if not person.in_service:
            raise BadInput(f"{person.name}不在岗，不能变更")
        if inputs.name is None and inputs.unit is None and inputs.rank is None:
            raise BadInput("没有填写任何变更，请至少填写姓名、单位、职级中的一项")
        if inputs.unit is not None:
            load.open_unit(inputs.unit, field="unit")
        return replace(situation, facts=Read((person,), inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        person, inputs = only_one(deed.facts.people, "人"), deed.facts.entered
        changes: dict[str, Any] = {}
        if inputs and inputs.name is not None:
            changes |= {"name": inputs.name, "initials": initials(inputs.name)}
        if inputs and inputs.unit is not None:
            changes["unit_id"] = inputs.unit
        if inputs and inputs.rank is not None:
            changes["rank"] = inputs.rank
        models.Person.objects.filter(id=person.id).update(**changes)
        return Change(touched={"office_person": {person.id}})
