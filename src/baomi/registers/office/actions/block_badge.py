"""Block a lost badge, and give its owner a new number at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.office import load, models
from baomi.registers.office.actions.badges import note_badge
from baomi.registers.office.choices import known, only_one
from baomi.registers.office.wording import Line


class BlockBadgeInputs(Inputs):
    """Why."""

    ground: Line = Field(default="遗失", title="事由", description="如 遗失、损坏，可不填")


@dataclass(frozen=True, slots=True)
class Read:
    """Whose badge, and what was entered."""

    people: tuple[Person, ...]
    entered: BlockBadgeInputs | None = None


class BlockBadge(Action[Read]):
    """Block a lost badge, and give its owner a new number."""

    name = "office.block_badge"
    title = "挂失工牌"
    help = "工牌遗失或损坏时一步挂失：旧工牌立即失效，同时编定新工牌号，打印新牌后继续使用。"
    done_by = frozenset({Post.REGISTRAR, Post.SECURITY_ADMIN})
    brings = ()
    inputs = BlockBadgeInputs
    target = "office.person"

    def situate(self, asked: Asked) -> Deed[Read]:
        people = load.people(asked.targets, asked.today, asked.terms)
        return asked.deed(facts=Read(known(asked.targets, people, "人")))

    def complete(self, situation: Deed[Read], inputs: BlockBadgeInputs) -> Deed[Read]:
        only_one(situation.facts.people, "人")
        return replace(situation, facts=Read(situation.facts.people, inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        person, inputs = only_one(deed.facts.people, "人"), deed.facts.entered
        if inputs is None:
            raise BadInput("请填写事由", field="ground")
        rows = models.Person.objects.filter(id=person.id)
        lost = rows.values_list("badge_serial", flat=True).get()
        serial = load.next_badge()
        rows.update(badge_serial=serial)
        record = note_badge(deed, person.id, "blocked", serial=lost, ground=inputs.ground)
        return Change(
            touched={"office_person": {person.id}, "office_badge_record": {record}},
            told={"badge": load.label("P", serial)},
        )
