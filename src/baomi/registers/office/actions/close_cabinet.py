"""Take a cabinet out of use."""

from __future__ import annotations

from dataclasses import dataclass

from baomi.kernel.action import Action, Asked, Change, NoInputs
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.custody import load as custody
from baomi.registers.office import facts, load, models
from baomi.registers.office.choices import known, only_one


@dataclass(frozen=True, slots=True)
class Read:
    """The cabinet to be taken out of use."""

    cabinets: tuple[facts.Cabinet, ...]


class CloseCabinet(Action[Read]):
    """Take a cabinet out of use."""

    name = "office.close_cabinet"
    title = "停用文件柜"
    help = "停用一个文件柜；柜内文件须先移出，停用后不得再存放。"
    done_by = frozenset({Post.REGISTRAR})
    brings = ()
    target = "office.cabinet"

    def situate(self, asked: Asked) -> Deed[Read]:
        cabinets = known(asked.targets, load.cabinets(asked.targets), "文件柜")
        return asked.deed(facts=Read(cabinets))

    def complete(self, situation: Deed[Read], inputs: NoInputs) -> Deed[Read]:
        cabinet = only_one(situation.facts.cabinets, "文件柜")
        if not cabinet.in_use:
            raise BadInput("这个文件柜已经停用")
        if custody.cabinets_in_use([cabinet.id]):
            raise BadInput("柜内还有文件：请先把文件移到别的柜或交出，再停用")
        return situation

    def carry_out(self, deed: Deed[Read]) -> Change:
        cabinet = only_one(deed.facts.cabinets, "文件柜")
        models.Cabinet.objects.filter(id=cabinet.id).update(closed_on=deed.today)
        return Change(touched={"office_cabinet": {cabinet.id}})
