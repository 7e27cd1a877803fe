"""Put somebody into another class, on a stated ground: it decides what he may read."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, PersonnelClass, Post
from baomi.registers.office import facts, load, models
from baomi.registers.office.choices import known, only_one
from baomi.registers.office.wording import Line


class SetClassInputs(Inputs):
    """The class and what it rests on."""

    personnel_class: PersonnelClass = Field(
        title="涉密等级", description="依审查结果填写，决定可以接触的密级"
    )
    ground: Line = Field(title="依据", description="涉密人员审查文号或变更理由")


@dataclass(frozen=True, slots=True)
class Read:
    """Whom it concerns, and what was entered."""

    people: tuple[Person, ...]
    entered: SetClassInputs | None = None


class SetClass(Action[Read]):
    """Put somebody into another class, on a stated ground."""

    name = "office.set_class"
    title = "确定涉密等级"
    help = "确定或变更一名人员的涉密等级，写明依据；自办理起按新等级接触涉密载体。"
    done_by = frozenset({Post.SECURITY_ADMIN, Post.PERSONNEL})
    brings = (facts.PersonIsClassed,)
    inputs = SetClassInputs
    target = "office.person"

    def situate(self, asked: Asked) -> Deed[Read]:
        people = load.people(asked.targets, asked.today, asked.terms)
        return asked.deed(facts=Read(known(asked.targets, people, "人")))

    def complete(self, situation: Deed[Read], inputs: SetClassInputs) -> Deed[Read]:
        person = only_one(situation.facts.people, "人")
        if not person.in_service:
            raise BadInput(f"{person.name}不在岗，不能确定涉密等级")
        classed = facts.PersonIsClassed(person=person, personnel_class=inputs.personnel_class)
        return with_happenings(situation, (classed,), facts=Read((person,), inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        person, inputs = only_one(deed.facts.people, "人"), deed.facts.entered
        if inputs is None:
            raise BadInput("请填写涉密等级和依据", field="personnel_class")
        models.Person.objects.filter(id=person.id).update(
            personnel_class=inputs.personnel_class.value, class_ground=inputs.ground
        )
        return Change(touched={"office_person": {person.id}})
