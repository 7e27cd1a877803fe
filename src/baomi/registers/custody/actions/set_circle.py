"""Fix a paper's circle of readers: by names, units, posts and ranks, expanded to persons.

Clauses: `baomi rules custody.set_circle`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F
from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.fields import PersonRef, UnitRef
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.custody import facts, load, models
from baomi.registers.custody.actions.steps.choosing import known_people, one_paper
from baomi.registers.office import load as office
from baomi.registers.wording import PlainInputs

LARGEST_CIRCLE = 900  # rows in one ledger entry: who is added and who leaves


class CircleInputs(PlainInputs):
    """Who may read: together, these are the whole circle."""

    persons: tuple[PersonRef, ...] = Field(
        default=(), max_length=500, title="人员", description="姓名、拼音首字母或证件标签，可多人"
    )
    units: tuple[UnitRef, ...] = Field(
        default=(), max_length=100, title="单位", description="该单位全体在岗人员"
    )
    posts: tuple[Post, ...] = Field(
        default=(), max_length=30, title="岗位", description="现任该岗位的人员，可多选"
    )
    ranks: tuple[str, ...] = Field(
        default=(), max_length=30, title="职级", description="照人员登记的职级填写，如 正处级"
    )
    release_level_checked: bool = Field(
        default=False,
        title="已核对发布层次",
        description="文件标有发布层次、又不能自动比对的，核对无误后填“是”",
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The paper, and its circle to be: on what ground each person belongs to it."""

    paper: facts.Paper
    grounds: Mapping[UUID, str] | None = None


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
        grounds = _grounds(situation, inputs)
        if not grounds:
            raise BadInput("传阅范围里没有人，请填写人员、单位、岗位或职级", field="persons")
        if len(grounds | dict.fromkeys(paper.circle, "")) > LARGEST_CIRCLE:
            raise BadInput(f"传阅范围最多 {LARGEST_CIRCLE} 人，请缩小范围", field="persons")
        leaving = paper.circle - grounds.keys()
        if leaving & load.holders_of(paper.id):
            raise BadInput("移出范围的人员手中还有这份文件，请先收回", field="persons")
        members = tuple(known_people(situation, grounds, field="persons").values())
        happening = facts.CircleIsSet(
            paper=paper,
            members=members,
            added=tuple(person for person in members if person.id not in paper.circle),
            ranks=load.ranks_of(grounds),
            release_level_checked=inputs.release_level_checked,
        )
        return with_happenings(situation, [happening], facts=Read(paper, grounds))

    def carry_out(self, deed: Deed[Read]) -> Change:
        paper, grounds = deed.facts.paper, deed.facts.grounds
        if grounds is None:
            raise BadInput("请填写传阅范围", field="persons")
        leaving = models.CircleMember.objects.filter(paper=paper.id).exclude(
            person__in=list(grounds)
        )
        touched = set(leaving.values_list("id", flat=True))
        leaving.delete()
        rows = [
            models.CircleMember(
                id=new_id(),
                paper_id=paper.id,
                person_id=person,
                basis=basis,
                added_on=deed.today,
            )
            for person, basis in grounds.items()
            if person not in paper.circle
        ]
        models.CircleMember.objects.bulk_create(rows)
        models.Paper.objects.filter(id=paper.id).update(circle_set_on=deed.today, ver=F("ver") + 1)
        return Change(
            touched={
                "custody_circle_member": touched | {row.id for row in rows},
                "custody_paper": {paper.id},
            },
            told={"members": len(grounds)},
        )


def _grounds(deed: Deed[Read], inputs: CircleInputs) -> dict[UUID, str]:
    """Everybody meant, with the narrowest ground on which he is: a name before a whole unit."""
    if office.units(inputs.units).keys() < set(inputs.units):
        raise BadInput("没有这个单位，请核对名称", field="units")
    grounds: dict[UUID, str] = {}
    for unit in inputs.units:
        grounds |= dict.fromkeys(office.members_of([unit], deed.today), f"unit:{unit}")
    ranked = load.people_of_ranks(inputs.ranks, deed.today)
    if missing := set(inputs.ranks) - set(ranked.values()):
        listed = "、".join(sorted(missing))
        raise BadInput(f"没有职级为“{listed}”的人员，请照人员登记填写", field="ranks")
    grounds |= {person: f"rank:{rank}" for person, rank in ranked.items()}
    for post in inputs.posts:
        grounds |= dict.fromkeys(office.holders(post, deed.today), f"post:{post.value}")
    grounds |= dict.fromkeys(inputs.persons, "person")
    known_people(deed, inputs.persons, field="persons")
    return grounds
