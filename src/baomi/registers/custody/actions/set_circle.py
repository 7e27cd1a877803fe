"""Fix a paper's circle of readers: by names, and by units, posts and ranks as they are each day.

Clauses: `baomi rules custody.set_circle`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.custody import facts, load, models
from baomi.registers.custody.actions.steps.choosing import known_people, one_paper
from baomi.registers.custody.actions.steps.circles import (
    LARGEST_CIRCLE,
    CircleInputs,
    grounds_meant,
    members_meant,
    write_grounds,
    write_members,
)


@dataclass(frozen=True, slots=True)
class Read:
    """The paper, and its circle to be: its grounds, and on which of them each person is in it."""

    paper: facts.Paper
    grounds: frozenset[str] = frozenset()
    members: Mapping[UUID, str] | None = None


class SetCircle(Action[Read]):
    """Fix the circle of readers."""

    name = "custody.set_circle"
    title = "确定传阅范围"
    help = "确定一份文件由哪些人阅读；开始传阅以后增加人员，须报经批准。"
    done_by = frozenset({Post.REGISTRAR, Post.OFFICE_DIRECTOR})
    brings = (facts.CircleIsSet,)
    inputs = CircleInputs
    target = "custody.paper"

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(one_paper(asked)))

    def complete(self, situation: Deed[Read], inputs: CircleInputs) -> Deed[Read]:
        paper = situation.facts.paper
        grounds = grounds_meant(inputs)
        members = members_meant(situation, inputs, grounds)
        written = load.written_circle(paper.id)
        rows = len(members.keys() | written.members) + len(grounds | written.grounds)
        if rows > LARGEST_CIRCLE:
            raise BadInput(f"传阅范围最多 {LARGEST_CIRCLE} 人，请缩小范围", field="persons")
        if (paper.circle - members.keys()) & load.holders_of(paper.id):
            raise BadInput("移出范围的人员手中还有这份文件，请先收回", field="persons")
        people = tuple(known_people(situation, members, field="persons").values())
        happening = facts.CircleIsSet(
            paper=paper,
            members=people,
            added=tuple(person for person in people if person.id not in paper.circle),
            added_grounds=tuple(sorted(grounds - written.grounds)),
            ranks=load.ranks_of(members),
            release_level_checked=inputs.release_level_checked,
        )
        return with_happenings(situation, [happening], facts=Read(paper, grounds, members))

    def carry_out(self, deed: Deed[Read]) -> Change:
        paper, members = deed.facts.paper, deed.facts.members
        if members is None:
            raise BadInput("请填写传阅范围", field="persons")
        touched = {
            "custody_circle_member": write_members(deed, paper.id, members),
            "custody_circle_ground": write_grounds(deed, paper.id, deed.facts.grounds),
            "custody_paper": {paper.id},
        }
        models.Paper.objects.filter(id=paper.id).update(circle_set_on=deed.today, ver=F("ver") + 1)
        return Change(touched=touched, told={"members": len(members)})
