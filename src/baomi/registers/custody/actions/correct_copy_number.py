"""Put right the number (份号) that a record gives to a copy, with the reason.

Clauses: `baomi rules custody.correct_copy_number`.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.copy_numbers import parse_copy_numbers
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.custody import facts, load, models
from baomi.registers.wording import PlainInputs


class CopyNumberInputs(PlainInputs):
    """The right number, and why the record was wrong."""

    copy_number: str = Field(
        min_length=1, max_length=40, title="份号", description="文件上实际的份号，如 000758"
    )
    reason: str = Field(
        min_length=1, max_length=200, title="更正原因", description="写明哪里写错、依据什么更正"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The copy, its right number, and why."""

    copies: tuple[facts.Copy, ...]
    number: str = ""
    reason: str = ""


class CorrectCopyNumber(Action[Read]):
    """Correct a copy's number."""

    name = "custody.correct_copy_number"
    title = "更正份号"
    help = "登记的份号与文件上的不一致时更正；标签和去向不变。"
    done_by = frozenset({Post.REGISTRAR})
    brings = (facts.RecordIsCorrected,)
    inputs = CopyNumberInputs
    target = "custody.copy"

    def situate(self, asked: Asked) -> Deed[Read]:
        copies = load.copies(asked.targets, asked.terms, asked.today)
        happenings = [facts.RecordIsCorrected(paper=copy.paper) for copy in copies]
        return asked.deed(facts=Read(copies), happenings=happenings)

    def complete(self, situation: Deed[Read], inputs: CopyNumberInputs) -> Deed[Read]:
        copies = situation.facts.copies
        if len(copies) != 1:
            raise BadInput("请选定一份文件，一次只更正一份", field="targets")
        read = parse_copy_numbers(inputs.copy_number, 1)
        if read.problems or not read.numbers:
            sentence = read.problems[0] if read.problems else "请填写文件上实际的份号"
            raise BadInput(sentence, field="copy_number")
        number = read.numbers[0]
        if number in load.numbers_of(copies[0].paper.id):
            raise BadInput(f"份号 {number} 已经登记过，请核对", field="copy_number")
        return with_happenings(
            situation, situation.happenings, facts=Read(copies, number, inputs.reason)
        )

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        copy = read.copies[0]
        models.Copy.objects.filter(id=copy.id).update(
            copy_number=read.number, office_numbered=False
        )
        row = models.Correction(
            id=new_id(),
            paper_id=copy.paper.id,
            copy_id=copy.id,
            fields=["copy_number"],
            reason=read.reason,
            corrected_on=deed.today,
            corrected_by_id=deed.actor.id,
        )
        row.save(force_insert=True)
        return Change(touched={"custody_copy": {copy.id}, "custody_correction": {row.id}})
