"""Record another document or material of secrecy work that the leading group drafted.

Clauses: `baomi rules governance.record_document`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.fields import LevelCode, PersonRef
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level, Post
from baomi.registers.governance import models
from baomi.registers.governance.actions.steps.yearly import known_person
from baomi.registers.wording import PlainInputs


class DocumentInputs(PlainInputs):
    """What it is, of which day, by whom."""

    kind: str = Field(
        min_length=1, max_length=40, title="种类", description="如 通知、报告、方案、宣传材料"
    )
    title: str = Field(min_length=1, max_length=200, title="标题", description="文件或材料的标题")
    letter: str = Field(default="", max_length=80, title="文号", description="没有文号的不填")
    dated_on: date | None = Field(default=None, title="成文日期", description="不填即办理当日")
    drafted_by: PersonRef = Field(title="起草人", description="姓名、拼音首字母或工牌")
    level: LevelCode = Field(default="internal", title="密级", description="不填即内部")


@dataclass(frozen=True, slots=True)
class Read:
    """What was entered; None until then."""

    inputs: DocumentInputs | None = None


class RecordDocument(Action[Read]):
    """Record another document or material of secrecy work."""

    name = "governance.record_document"
    title = "登记保密工作文件材料"
    help = "登记计划、总结、制度以外的保密工作文件和材料。"
    done_by = frozenset({Post.OFFICE_DIRECTOR, Post.REGISTRAR})
    brings = ()
    inputs = DocumentInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read())

    def complete(self, situation: Deed[Read], inputs: DocumentInputs) -> Deed[Read]:
        if inputs.dated_on is not None and inputs.dated_on > situation.today:
            raise BadInput("成文日期不能晚于办理日，请核对", field="dated_on")
        known_person(inputs.drafted_by, situation, field="drafted_by", who="起草人")
        return with_happenings(situation, (), facts=Read(inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        inputs = deed.facts.inputs
        if inputs is None:
            raise BadInput("请填写种类和标题", field="kind")
        row = models.Document(
            id=new_id(),
            kind=inputs.kind,
            title=inputs.title,
            letter=inputs.letter,
            dated_on=inputs.dated_on or deed.today,
            drafted_by_id=inputs.drafted_by,
            level=Level.of(inputs.level).value,
            recorded_on=deed.today,
            recorded_by_id=deed.actor.id,
        )
        row.save(force_insert=True)
        return Change(touched={"governance_document": {row.id}}, told={"document": str(row.id)})
