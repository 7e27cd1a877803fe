"""Put copies into the archive: under a number, into a cabinet, from whom.

Clauses: `baomi rules custody.put_into_archive`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.fields import CabinetRef, PersonRef
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.custody import facts, models
from baomi.registers.custody.actions.steps.choosing import chosen, known_people, standing_ready
from baomi.registers.custody.actions.steps.movement import Step, move, together
from baomi.registers.custody.actions.steps.records import ARCHIVE
from baomi.registers.office import load as office
from baomi.registers.office.facts import Cabinet
from baomi.registers.wording import PlainInputs

_STATES = (facts.State.UNSTORED, facts.State.STORED, facts.State.ARCHIVED)


class ArchiveInputs(PlainInputs):
    """Under which number, where, from whom."""

    archive_number: str = Field(
        min_length=1,
        max_length=60,
        title="档号",
        description="照档案目录填写，如 2025-WS-永久-0012",
    )
    box: str = Field(default="", max_length=40, title="盒号", description="装盒的填写，可不填")
    cabinet: CabinetRef = Field(title="档案柜", description="档案室的文件柜")
    handed_over_by: PersonRef = Field(title="移交人", description="把文件送交档案室的人")
    remark: str = Field(default="", max_length=200, title="备注", description="可不填")


@dataclass(frozen=True, slots=True)
class Read:
    """The copies, and where they go."""

    copies: Sequence[facts.Copy]
    cabinet: Cabinet | None = None
    handed_over_by: Person | None = None
    inputs: ArchiveInputs | None = None


class PutIntoArchive(Action[Read]):
    """Put copies into the archive."""

    name = "custody.put_into_archive"
    title = "归档"
    help = "把办理完毕的文件移交档案室，编档号，锁进档案柜；以后只办理查阅。也用于换柜、改档号。"
    done_by = frozenset({Post.REGISTRAR, Post.ARCHIVIST})
    brings = (facts.CopyLeavesCabinet, facts.CopyIsArchived, facts.CopyEntersCabinet)
    inputs = ArchiveInputs
    target = "custody.copy"

    def situate(self, asked: Asked) -> Deed[Read]:
        copies = standing_ready(asked, states=_STATES)
        leaving = [
            facts.CopyLeavesCabinet(copy=copy)
            for copy in copies
            if copy.state is not facts.State.UNSTORED
        ]
        return asked.deed(facts=Read(copies), happenings=leaving)

    def complete(self, situation: Deed[Read], inputs: ArchiveInputs) -> Deed[Read]:
        copies = chosen(situation.facts.copies, states=_STATES, on=situation.today)
        cabinet = office.cabinet(inputs.cabinet)
        key = inputs.handed_over_by
        giver = known_people(situation, [key], field="handed_over_by")[key]
        archived = [
            facts.CopyIsArchived(
                copy=copy,
                cabinet=cabinet,
                archive_number=inputs.archive_number,
                handed_over_by=giver,
            )
            for copy in copies
        ]
        entering = [facts.CopyEntersCabinet(copy=copy, cabinet=cabinet) for copy in copies]
        return with_happenings(
            situation,
            (*situation.happenings, *archived, *entering),
            facts=Read(copies, cabinet, giver, inputs),
        )

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        if read.cabinet is None or read.handed_over_by is None or read.inputs is None:
            raise BadInput("请填写档案柜", field="cabinet")
        step = Step(
            kind=ARCHIVE,
            cabinet=read.cabinet.id,
            state=facts.State.ARCHIVED,
            remark=read.inputs.archive_number,
        )
        rows = [
            models.Archiving(
                id=new_id(),
                copy_id=copy.id,
                archived_on=deed.today,
                archive_number=read.inputs.archive_number,
                box=read.inputs.box,
                cabinet_id=read.cabinet.id,
                handed_over_by_id=read.handed_over_by.id,
                taken_over_by_id=deed.actor.id,
                remark=read.inputs.remark,
                op=deed.op_id,
            )
            for copy in read.copies
        ]
        models.Archiving.objects.bulk_create(rows)
        touched = together(
            move(deed, read.copies, step), {"custody_archiving": {row.id for row in rows}}
        )
        return Change(touched=touched, told={"copies": len(read.copies)})
