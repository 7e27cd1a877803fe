"""Widen a paper's circle of readers after circulation has begun.

Clauses: `baomi rules custody.widen_circle`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F
from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.judge import EVERYONE
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.custody import facts, load, models
from baomi.registers.custody.actions.steps.choosing import known_people, one_paper
from baomi.registers.custody.actions.steps.circles import (
    LARGEST_CIRCLE,
    CircleInputs,
    add_grounds,
    add_members,
    grounds_meant,
    members_meant,
)
from baomi.registers.office import load as office


class WidenInputs(CircleInputs):
    """Who comes in beside those who may read already, and why."""

    reason: str = Field(
        min_length=1, max_length=200, title="理由", description="为什么增加，如 参与承办"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The paper, and who and what is added to its circle."""

    paper: facts.Paper
    grounds: frozenset[str] = frozenset()
    members: Mapping[UUID, str] = field(default_factory=dict)


class WidenCircle(Action[Read]):
    """Add readers after circulation has begun."""

    name = "custody.widen_circle"
    title = "扩大传阅范围"
    help = "开始传阅以后增加阅件人：先报经批准，批准前不得交阅；只填增加的人员、单位、岗位、职级。"
    done_by = frozenset({Post.REGISTRAR, Post.OFFICE_DIRECTOR})
    asked_by = EVERYONE
    brings = (facts.CircleIsWidened,)
    inputs = WidenInputs
    target = "custody.paper"

    def situate(self, asked: Asked) -> Deed[Read]:
        paper = one_paper(asked)
        if not paper.copies_were_given:
            raise BadInput("这份文件还没有开始传阅，请直接办理“确定传阅范围”", field="targets")
        return asked.deed(facts=Read(paper))

    def complete(self, situation: Deed[Read], inputs: WidenInputs) -> Deed[Read]:
        paper = situation.facts.paper
        meant = grounds_meant(inputs)
        members = members_meant(situation, inputs, meant)
        grounds = meant - load.grounds_of(paper.id)
        people = known_people(situation, members, field="persons")
        added = tuple(each for key, each in people.items() if key not in paper.circle)
        if not (added or grounds):
            raise BadInput("填写的人员都已在传阅范围内，不用扩大", field="persons")
        if len(members) + len(grounds) > LARGEST_CIRCLE:
            raise BadInput(f"一次最多增加 {LARGEST_CIRCLE} 人，请分批办理", field="persons")
        happening = facts.CircleIsWidened(
            paper=paper,
            members=added,
            added=added,
            added_grounds=tuple(sorted(grounds)),
            ranks=load.ranks_of(each.id for each in added),
            release_level_checked=inputs.release_level_checked,
            named=tuple(each for each in added if members[each.id] == load.BY_NAME),
            grounds_in_words=_in_words(grounds, situation.terms),
            reason=inputs.reason,
        )
        read = Read(paper, grounds, members)
        return with_happenings(situation, [happening], facts=read)

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        paper = read.paper.id
        touched = {
            "custody_circle_member": add_members(deed, paper, read.members),
            "custody_circle_ground": add_grounds(deed, paper, read.grounds),
            "custody_paper": {paper},
        }
        models.Paper.objects.filter(id=paper).update(ver=F("ver") + 1)
        return Change(touched=touched, told={"members": len(read.members)})


def _in_words(grounds: Collection[str], terms: Terms) -> str:
    """Units, posts and ranks as people read them."""
    keys = [UUID(each.removeprefix(load.UNIT)) for each in grounds if each.startswith(load.UNIT)]
    units = [f"{unit.name}全体" for unit in office.units(keys).values()] if keys else []
    posts = [
        terms.post_title(Post(each.removeprefix(load.POST)))
        for each in grounds
        if each.startswith(load.POST)
    ]
    ranks = [each.removeprefix(load.RANK) for each in grounds if each.startswith(load.RANK)]
    return "、".join(sorted([*units, *posts, *ranks])) or "无"
