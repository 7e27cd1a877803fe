"""Void a number of a series: it will never be used, and the register says why."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.custody import load, models
from baomi.registers.custody.series import RECEIVED, SeriesNumber
from baomi.registers.wording import PlainInputs


class VoidInputs(PlainInputs):
    """Which number, and why."""

    year: int = Field(ge=1949, le=2199, title="年度", description="编号的年度")
    category: str = Field(
        default=RECEIVED, min_length=1, max_length=20, title="编号类别", description="如 收文、发文"
    )
    serial: int = Field(ge=1, le=999_999, title="序号", description="作废的序号")
    reason: str = Field(
        min_length=1, max_length=200, title="作废原因", description="写明为什么不用这个号"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """What was entered."""

    inputs: VoidInputs | None = None


class VoidNumber(Action[Read]):
    """Void a number of a series."""

    name = "custody.void_number"
    title = "编号作废"
    help = "写明原因，把一个没有用过的收文编号作废，以后不再使用。"
    done_by = frozenset({Post.REGISTRAR})
    brings = ()
    inputs = VoidInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read())

    def complete(self, situation: Deed[Read], inputs: VoidInputs) -> Deed[Read]:
        number = SeriesNumber(year=inputs.year, category=inputs.category, serial=inputs.serial)
        if load.serial_is_used(inputs.year, inputs.category, inputs.serial):
            raise BadInput(f"{number.text} 已经用过或已作废，不能再作废", field="serial")
        following = load.next_serial(inputs.year, inputs.category)
        if inputs.serial > following:
            sentence = f"下一个编号是 {following}，不能越过它作废后面的号"
            raise BadInput(sentence, field="serial")
        return with_happenings(situation, (), facts=Read(inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        inputs = deed.facts.inputs
        if inputs is None:
            raise BadInput("请填写作废的编号", field="serial")
        number = SeriesNumber(year=inputs.year, category=inputs.category, serial=inputs.serial)
        row = models.VoidedNumber(
            id=new_id(),
            series_year=inputs.year,
            series_category=inputs.category,
            series_serial=inputs.serial,
            reason=inputs.reason,
            voided_on=deed.today,
        )
        row.save(force_insert=True)
        return Change(touched={"custody_voided_number": {row.id}}, told={"number": number.text})
