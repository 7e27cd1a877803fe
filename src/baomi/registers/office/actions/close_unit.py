"""Close an inner unit that nobody and nothing belongs to any more."""

from __future__ import annotations

from dataclasses import dataclass

from baomi.kernel.action import Action, Asked, Change, NoInputs, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.office import facts, load, models
from baomi.registers.office.choices import known, only_one


@dataclass(frozen=True, slots=True)
class Read:
    """The unit to be closed."""

    units: tuple[facts.Unit, ...]


class CloseUnit(Action[Read]):
    """Close an inner unit that nobody and nothing belongs to any more."""

    name = "office.close_unit"
    title = "撤销单位"
    help = "撤销一个单位；其人员、任职、下属科室、房间和文件柜须先移交。"
    done_by = frozenset({Post.SECURITY_ADMIN, Post.PERSONNEL})
    brings = (facts.PostIsAbolished,)
    target = "office.unit"

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(known(asked.targets, load.units(asked.targets), "单位")))

    def complete(self, situation: Deed[Read], inputs: NoInputs) -> Deed[Read]:
        unit = only_one(situation.facts.units, "单位")
        if not unit.open:
            raise BadInput(f"{unit.name}已经撤销")
        left = load.left_in(unit.id, situation.today)
        if left:
            raise BadInput(f"{unit.name}还有{'、'.join(left)}，请先移交或终止")
        abolished = [
            facts.PostIsAbolished(post=post, unit=unit.id)
            for post in situation.terms.needed_in_units()
        ]
        return with_happenings(situation, abolished)

    def carry_out(self, deed: Deed[Read]) -> Change:
        unit = only_one(deed.facts.units, "单位")
        models.Unit.objects.filter(id=unit.id).update(closed_on=deed.today)
        return Change(touched={"office_unit": {unit.id}})
