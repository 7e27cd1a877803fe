"""Record that two rows are one human being, or that they are not after all."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs, with_happenings
from baomi.kernel.fields import PersonRef
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.office import facts, load, models
from baomi.registers.office.actions.identity import join, note_human, one_human
from baomi.registers.office.choices import known, only_one
from baomi.registers.office.wording import Line


class SameHumanInputs(Inputs):
    """Whose other row it is, and why one knows."""

    first: PersonRef | None = Field(
        default=None,
        title="与何人为同一人",
        description="此人先前的登记；不填即撤销原来的认定，两处登记不是同一人",
    )
    ground: Line = Field(title="依据", description="核对的证件、档案等")


@dataclass(frozen=True, slots=True)
class Read:
    """The row that was entered later, and the one that was entered first."""

    people: tuple[Person, ...]
    first: Person | None = None
    entered: SameHumanInputs | None = None


class SameHuman(Action[Read]):
    """Record that two rows are one human being, or that they are not after all."""

    name = "office.same_human"
    title = "认定同一人"
    help = "登记两处人员登记是同一个人，或撤销这一认定，须由另一人确认；审批、确认按人不按账号计。"
    done_by = frozenset({Post.SECURITY_ADMIN})
    brings = (facts.HumanIsSettled, facts.RowsAreOneHuman)
    inputs = SameHumanInputs
    target = "office.person"

    def situate(self, asked: Asked) -> Deed[Read]:
        people = known(asked.targets, load.people(asked.targets, asked.today, asked.terms), "人")
        happenings = [facts.HumanIsSettled(person=each) for each in people]
        return asked.deed(facts=Read(people), happenings=happenings)

    def complete(self, situation: Deed[Read], inputs: SameHumanInputs) -> Deed[Read]:
        person = only_one(situation.facts.people, "人")
        settled = situation.happenings
        if inputs.first is None:
            if person.human == person.id:
                raise BadInput(
                    f"{person.name}的这处登记没有认定为他人，请填写与何人为同一人", field="first"
                )
            return with_happenings(situation, settled, facts=Read((person,), None, inputs))
        first = load.person(inputs.first, situation.today, situation.terms)
        if first.id == person.id:
            raise BadInput("选的是同一处登记，请填写此人先前的那处登记", field="first")
        if first.human == person.human:
            raise BadInput("这两处登记已经认定为同一人，无须再办", field="first")
        happenings = (*settled, one_human(situation, person, first))
        return with_happenings(situation, happenings, facts=Read((person,), first, inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        person = only_one(read.people, "人")
        if read.entered is None or deed.second is None:
            raise BadInput("请填写依据，并由另一人确认", field="ground")
        ground = read.entered.ground
        if read.first is None:
            models.Person.objects.filter(id=person.id).update(same_as=None)
            record = note_human(deed, person.id, None, ground)
            return Change(touched={"office_person": {person.id}, "office_human_record": {record}})
        return Change(touched=join(deed, person.id, read.first.human, ground))
