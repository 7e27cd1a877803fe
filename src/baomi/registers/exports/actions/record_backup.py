"""Record that a backup of the whole office is made: before the file is written, never after."""

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

BOOK = "backup"


class RecordBackupInputs(Inputs):
    """Why, and how high the office's papers are."""

    reason: str = Field(min_length=1, max_length=200, title="理由", description="为什么要备份")
    level: LevelCode = Field(title="最高密级", description="本机关所登记载体的最高密级")


@dataclass(frozen=True, slots=True)
class Read:
    """What is to be recorded; None until it is entered."""

    entered: RecordBackupInputs | None


class RecordBackup(Action[Read]):
    """Record that a backup is made."""

    name = "exports.record_backup"
    title = "登记备份"
    help = "备份前先登记；备份文件含全部台账，按所登记载体的最高密级管理。"
    done_by = frozenset({Post.SYSTEM_ADMIN})
    brings = ()
    inputs = RecordBackupInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(None))

    def complete(self, situation: Deed[Read], inputs: RecordBackupInputs) -> Deed[Read]:
        return replace(situation, facts=Read(inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        inputs = deed.facts.entered
        if inputs is None:
            raise BadInput("请填写备份的理由")
        row = Export(
            id=new_id(),
            register=BOOK,
            reason=inputs.reason,
            rows=0,
            level=Level.of(inputs.level).value,
            exported_by_id=deed.actor.id,
            exported_on=deed.today,
        )
        row.save(force_insert=True)
        return Change(touched={"exports_export": {row.id}}, told={"export": str(row.id)})
