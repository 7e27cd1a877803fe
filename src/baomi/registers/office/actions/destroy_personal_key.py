"""Destroy the key of somebody's sealed data, by order: the lawful deletion of personal data."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.office import facts, load, models
from baomi.registers.office.choices import known, only_one
from baomi.registers.office.seals import destroy
from baomi.registers.office.wording import Letter


class DestroyPersonalKeyInputs(Inputs):
    """By which order."""

    order_letter: Letter = Field(title="批准文号", description="决定删除个人信息的文件文号")


@dataclass(frozen=True, slots=True)
class Read:
    """Whose data they are, and what was entered."""

    people: tuple[Person, ...]
    entered: DestroyPersonalKeyInputs | None = None


class DestroyPersonalKey(Action[Read]):
    """Destroy the key of somebody's sealed data, by order."""

    name = "office.destroy_personal_key"
    title = "删除个人信息"
    help = "依批准文件销毁一名人员密封信息的密钥，须由另一人确认；销毁后任何人不能恢复。"
    done_by = frozenset({Post.SECURITY_ADMIN})
    brings = (facts.PersonalKeyIsDestroyed,)
    inputs = DestroyPersonalKeyInputs
    target = "office.person"

    def situate(self, asked: Asked) -> Deed[Read]:
        found = load.people(asked.targets, asked.today, asked.terms)
        people = known(asked.targets, found, "人")
        happenings = [facts.PersonalKeyIsDestroyed(person=each) for each in people]
        return asked.deed(facts=Read(people), happenings=happenings)

    def complete(self, situation: Deed[Read], inputs: DestroyPersonalKeyInputs) -> Deed[Read]:
        person = only_one(situation.facts.people, "人")
        if not models.SubjectKey.objects.filter(subject=person.id).exists():
            raise BadInput(f"{person.name}没有密封的个人信息，或其密钥已经销毁")
        return with_happenings(situation, situation.happenings, facts=Read((person,), inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        person, inputs = only_one(deed.facts.people, "人"), deed.facts.entered
        if inputs is None or deed.second is None:
            raise BadInput("请填写批准文号，并由另一人确认", field="order_letter")
        row = models.KeyDestruction(
            id=new_id(),
            person_id=person.id,
            order_letter=inputs.order_letter,
            destroyed_on=deed.today,
            confirmed_by_id=deed.second.id,
        )
        row.save(force_insert=True)
        models.IdentityIndex.objects.filter(person=person.id).delete()
        destroy(person.id)
        return Change(touched={"office_key_destruction": {row.id}})
