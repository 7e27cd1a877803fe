"""End a deputation before its last day."""

from __future__ import annotations

from dataclasses import dataclass

from baomi.kernel.action import Action, Asked, Change, NoInputs
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.office import facts, load, models
from baomi.registers.office.choices import known, only_one


@dataclass(frozen=True, slots=True)
class Read:
    """The deputation to be ended."""

    deputations: tuple[facts.Deputation, ...]


class EndDeputation(Action[Read]):
    """End a deputation before its last day."""

    name = "office.end_deputation"
    title = "终止代理"
    help = "提前终止一项代理，办理次日起失效。"
    done_by = frozenset({Post.SECURITY_ADMIN, Post.UNIT_HEAD})
    brings = (facts.DeputationEnds,)
    target = "office.deputation"

    def situate(self, asked: Asked) -> Deed[Read]:
        found = known(asked.targets, load.deputations(asked.targets), "代理")
        ending = [
            facts.DeputationEnds(
                deputation=each,
                asker_heads_the_unit=load.heads(asked.actor, each.unit, asked.today),
            )
            for each in found
        ]
        return asked.deed(facts=Read(found), happenings=ending)

    def complete(self, situation: Deed[Read], inputs: NoInputs) -> Deed[Read]:
        deputation = only_one(situation.facts.deputations, "代理")
        if deputation.until_on <= situation.today:
            raise BadInput("这项代理今天到期或已经终止，无须再办")
        return situation

    def carry_out(self, deed: Deed[Read]) -> Change:
        deputation = only_one(deed.facts.deputations, "代理")
        models.Deputation.objects.filter(id=deputation.id).update(until_on=deed.today)
        return Change(touched={"office_deputation": {deputation.id}})
