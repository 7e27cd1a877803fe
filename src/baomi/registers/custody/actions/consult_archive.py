"""Let somebody consult archived copies on the spot.

Clauses: `baomi rules custody.consult_archive`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.fields import PersonRef, RoomRef
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.judge import EVERYONE
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.custody import facts, models
from baomi.registers.custody.actions.steps.choosing import chosen, known_people, standing_ready
from baomi.registers.custody.actions.steps.movement import Step, move, together
from baomi.registers.custody.actions.steps.records import CONSULT
from baomi.registers.office import load as office
from baomi.registers.office.facts import Room
from baomi.registers.wording import PlainInputs

_STATES = (facts.State.ARCHIVED,)


class ConsultInputs(PlainInputs):
    """Who consults what for, where, and whether he excerpts."""

    person: PersonRef = Field(title="查档人", description="姓名、拼音首字母或证件标签")
    consulting_unit: str = Field(
        default="",
        max_length=120,
        title="查档单位",
        description="外单位查档的写明单位，由陪同的本机关人员作为查档人；本机关查档的不填",
    )
    purpose: str = Field(
        min_length=1, max_length=200, title="查档事由", description="为什么查阅，如 编写年鉴"
    )
    place: RoomRef = Field(title="查阅处所", description="登记过、有防护措施的房间，现场查阅")
    excerpts: bool = Field(
        default=False, title="摘录、引用", description="要摘录或者引用的填“是”，另须报批"
    )
    excerpt_use: str = Field(
        default="",
        max_length=200,
        title="摘录、引用的用途",
        description="用于哪份文稿、何事；不摘录的不填",
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The copies, who consults them, where, and until when."""

    copies: Sequence[facts.Copy]
    person: Person | None = None
    place: Room | None = None
    until: date | None = None
    consulting_unit: str = ""
    inputs: ConsultInputs | None = None


class ConsultArchive(Action[Read]):
    """Let somebody consult archived copies."""

    name = "custody.consult_archive"
    title = "查阅档案"
    help = "已归档的文件经批准后在现场查阅，当日归还；要摘录、引用的一并报批。"
    done_by = frozenset({Post.REGISTRAR, Post.ARCHIVIST})
    asked_by = EVERYONE
    brings = (facts.CopyLeavesCabinet, facts.ArchiveIsConsulted)
    inputs = ConsultInputs
    target = "custody.copy"

    def situate(self, asked: Asked) -> Deed[Read]:
        copies = standing_ready(asked, states=_STATES)
        leaving = [facts.CopyLeavesCabinet(copy=copy) for copy in copies]
        return asked.deed(facts=Read(copies), happenings=leaving)

    def complete(self, situation: Deed[Read], inputs: ConsultInputs) -> Deed[Read]:
        copies = chosen(situation.facts.copies, states=_STATES, on=situation.today)
        if inputs.excerpts and not inputs.excerpt_use:
            raise BadInput("要摘录、引用的，请填写“摘录、引用的用途”", field="excerpt_use")
        if inputs.excerpt_use and not inputs.excerpts:
            raise BadInput("填了用途，请把“摘录、引用”填“是”；不摘录的请清空用途", field="excerpts")
        person = known_people(situation, [inputs.person], field="person")[inputs.person]
        place = office.room(inputs.place)
        days = situation.terms.number("consultation_due_days")
        until = situation.today + timedelta(days=days)
        unit = inputs.consulting_unit or office.units([person.unit])[person.unit].name
        consulting = (
            facts.ArchiveIsConsulted(
                copy=copy,
                person=person,
                consulting_unit=unit,
                place=place,
                purpose=inputs.purpose,
                excerpts=inputs.excerpts,
                excerpt_use=inputs.excerpt_use,
                until=until,
            )
            for copy in copies
        )
        return with_happenings(
            situation,
            (*situation.happenings, *consulting),
            facts=Read(copies, person, place, until, unit, inputs),
        )

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        if read.person is None or read.place is None or read.until is None or read.inputs is None:
            raise BadInput("请填写查档人", field="person")
        step = Step(
            kind=CONSULT,
            holder=read.person.id,
            purpose=facts.CONSULTING,
            place=read.place.id,
            remark=read.inputs.purpose,
        )
        row = models.Consultation(
            id=new_id(),
            person_id=read.person.id,
            consulting_unit=read.consulting_unit,
            purpose=read.inputs.purpose,
            place_id=read.place.id,
            level=max(copy.paper.level for copy in read.copies).value,
            began_on=deed.today,
            due_on=read.until,
            excerpts=read.inputs.excerpts,
            excerpt_use=read.inputs.excerpt_use,
            registered_by_id=deed.actor.id,
            op=deed.op_id,
        )
        row.save(force_insert=True)
        lines = [
            models.ConsultationLine(id=new_id(), consultation_id=row.id, copy_id=copy.id)
            for copy in read.copies
        ]
        models.ConsultationLine.objects.bulk_create(lines)
        entered = {
            "custody_consultation": {row.id},
            "custody_consultation_line": {line.id for line in lines},
        }
        told = {"consultation": str(row.id), "copies": len(read.copies)}
        return Change(touched=together(move(deed, read.copies, step), entered), told=told)
