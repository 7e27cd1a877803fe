"""Record that a register is exported: before the file is written, never after."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs
from baomi.kernel.fields import LevelCode
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level, Post
from baomi.registers.exports.models import Export


class RecordExportInputs(Inputs):
    """What is exported, and why."""

    book: str = Field(min_length=1, max_length=40, title="台账", description="导出哪一本台账")
    reason: str = Field(min_length=1, max_length=200, title="理由", description="为什么要导出")
    rows: int = Field(ge=0, title="行数", description="导出的行数")
    level: LevelCode = Field(title="最高密级", description="所含内容的最高密级")


@dataclass(frozen=True, slots=True)
class Read:
    """What is to be recorded; None until it is entered."""

    entered: RecordExportInputs | None


class RecordExport(Action[Read]):
    """Record that a register is exported."""

    name = "exports.record_export"
    title = "登记导出"
    help = "导出台账前先登记理由；导出的文件按所含最高密级管理。"
    done_by = frozenset({Post.REGISTRAR, Post.OFFICE_DIRECTOR, Post.UNIT_KEEPER, Post.AUDITOR})
    brings = ()
    inputs = RecordExportInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(None))

    def complete(self, situation: Deed[Read], inputs: RecordExportInputs) -> Deed[Read]:
        return replace(situation, facts=Read(inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        inputs = deed.facts.entered
        if inputs is None:
            raise BadInput("请填写导出的台账和理由")
        row = Export(
            id=new_id(),
            register=inputs.book,
            reason=inputs.reason,
            rows=inputs.rows,
            level=Level.of(inputs.level).value,
            exported_by_id=deed.actor.id,
            exported_on=deed.today,
        )
        row.save(force_insert=True)
        return Change(touched={"exports_export": {row.id}}, told={"export": str(row.id)})
