"""Give numbered copies to a reader, a handler or a unit's keeper, who answers for them.

Clauses: `baomi rules custody.hand_over_copy`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.fields import PersonRef, RoomRef
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post, Purpose
from baomi.registers.custody import facts, load
from baomi.registers.custody.actions.steps.choosing import chosen, standing_ready
from baomi.registers.custody.actions.steps.movement import Step, move
from baomi.registers.duties import load as duties
from baomi.registers.duties.facts import Overdue
from baomi.registers.office import load as office
from baomi.registers.office.facts import Room
from baomi.registers.wording import PlainInputs

_STATES = (facts.State.UNSTORED, facts.State.STORED, facts.State.HELD, facts.State.ARCHIVED)


class HandOverInputs(PlainInputs):
    """To whom, for what, where."""

    person: PersonRef = Field(title="接收人", description="姓名、拼音首字母或证件标签")
    purpose: Purpose = Field(
        default=Purpose.READING,
        title="用途",
        description="阅当日交还，承办限期交还，保管交各单位专人",
    )
    place: RoomRef | None = Field(
        default=None, title="阅办处所", description="登记过、有防护措施的房间；保管的不填"
    )
    remark: str = Field(default="", max_length=200, title="备注", description="可不填")


@dataclass(frozen=True, slots=True)
class Read:
    """What the action read: the copies, and then to whom they go."""

    copies: Sequence[facts.Copy]
    person: Person | None = None
    purpose: Purpose = Purpose.READING
    place: Room | None = None
    remark: str = ""


class HandOverCopy(Action[Read]):
    """Give numbered copies to a reader, a handler or a unit's keeper."""

    name = "custody.hand_over_copy"
    title = "交阅"
    help = "把编号文件交给阅件人、承办人或各单位专人，自交接起由其负责。"
    done_by = frozenset({Post.REGISTRAR, Post.UNIT_KEEPER})
    brings = (facts.CopyIsGiven, facts.CopyLeavesCabinet, facts.CopyReachesPerson)
    inputs = HandOverInputs
    target = "custody.copy"

    def situate(self, asked: Asked) -> Deed[Read]:
        copies = standing_ready(asked, states=_STATES)
        given = [
            facts.CopyIsGiven(copy=copy, giver=asked.actor, giver_has_it=has_it(copy, asked.actor))
            for copy in copies
        ]
        leaving = [
            facts.CopyLeavesCabinet(copy=copy)
            for copy in copies
            if copy.state is facts.State.STORED
        ]
        return asked.deed(facts=Read(copies), happenings=[*given, *leaving])

    def complete(self, situation: Deed[Read], inputs: HandOverInputs) -> Deed[Read]:
        copies = chosen(situation.facts.copies, states=_STATES, on=situation.today)
        person = office.person(inputs.person, situation.today, situation.terms)
        if any(copy.holder == person.id for copy in copies):
            raise BadInput("选中的文件已经在接收人手中，请核对", field="person")
        place = office.room(inputs.place) if inputs.place else None
        overdue = duties.overdue_of([person.id], name="return_the_copy", today=situation.today)
        reaching = _reaching(situation, person, inputs.purpose, place, overdue[person.id])
        return with_happenings(
            situation,
            (*situation.happenings, *reaching),
            facts=Read(copies, person, inputs.purpose, place, inputs.remark),
        )

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        if read.person is None:
            raise BadInput("请填写接收人", field="person")
        step = Step(
            kind="hand_over",
            holder=read.person.id,
            kept_by=read.person.id if read.purpose is Purpose.KEEPING else None,
            keep_keeper=read.purpose is not Purpose.KEEPING,
            purpose=read.purpose.value,
            place=read.place.id if read.place else None,
            remark=read.remark,
        )
        return Change(touched=move(deed, read.copies, step), told={"copies": len(read.copies)})


def _reaching(
    deed: Deed[Read],
    person: Person,
    purpose: Purpose,
    place: Room | None,
    overdue: tuple[Overdue, ...],
) -> list[facts.CopyReachesPerson]:
    copies = deed.facts.copies
    read_by = load.readers_so_far({copy.paper.id for copy in copies})
    circle = {member for copy in copies for member in copy.paper.circle}
    units = office.units_of(circle)
    return [
        facts.CopyReachesPerson(
            copy=copy,
            person=person,
            giver=deed.actor,
            purpose=purpose,
            place=place,
            overdue=overdue,
            units_in_circle=frozenset(units[m] for m in copy.paper.circle if m in units),
            circulation_ended=bool(copy.paper.circle)
            and copy.paper.circle <= read_by[copy.paper.id],
        )
        for copy in copies
    ]


def has_it(copy: facts.Copy, giver: Person) -> bool:
    """Whether by the register the giver may give it: from the cabinet, or out of his own hands.

    Whoever stands in for a unit's keeper gives what the keeper has, without a hand-over to him.
    """
    if copy.state in (facts.State.STORED, facts.State.UNSTORED, facts.State.ARCHIVED):
        return Post.REGISTRAR in giver.posts
    keeper = facts.keeper_through(copy, giver)
    keeps = keeper is not None and Post.UNIT_KEEPER in giver.posts
    return copy.state is facts.State.HELD and copy.holder == keeper and keeps
