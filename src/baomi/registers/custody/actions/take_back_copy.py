"""Take copies back: into a cabinet, or into the hands of the unit's keeper who gave them.

Clauses: `baomi rules custody.take_back_copy`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.fields import CabinetRef
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post, Purpose
from baomi.registers.custody import facts, load
from baomi.registers.custody.actions.steps.choosing import chosen, standing_ready
from baomi.registers.custody.actions.steps.movement import Step, move, together
from baomi.registers.office import load as office
from baomi.registers.wording import PlainInputs


class TakeBackInputs(PlainInputs):
    """Where they go."""

    cabinet: CabinetRef | None = Field(
        default=None,
        title="文件柜",
        description="保密员收回时填写，不填时放回原来的柜；专人收回后由其保管，不填",
    )
    remark: str = Field(default="", max_length=200, title="备注", description="可不填")


@dataclass(frozen=True, slots=True)
class Read:
    """The copies, what each of them does, and the remark."""

    copies: Sequence[facts.Copy]
    returns: tuple[facts.CopyReturns, ...] = ()
    remark: str = ""


class TakeBackCopy(Action[Read]):
    """Take copies back from whoever has them."""

    name = "custody.take_back_copy"
    title = "收回"
    help = "收回交出的编号文件：保密员收回入柜，各单位专人收回后继续保管。"
    done_by = frozenset({Post.REGISTRAR, Post.UNIT_KEEPER})
    brings = (facts.CopyReturns, facts.CopyEntersCabinet)
    inputs = TakeBackInputs
    target = "custody.copy"

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(standing_ready(asked, states=(facts.State.HELD,))))

    def complete(self, situation: Deed[Read], inputs: TakeBackInputs) -> Deed[Read]:
        copies = chosen(situation.facts.copies, states=(facts.State.HELD,), on=situation.today)
        taker = situation.actor
        if any(copy.holder == taker.id and Post.REGISTRAR not in taker.posts for copy in copies):
            raise BadInput("选中的文件本来就在您手中，不用收回", field="targets")
        if any(_is_in_its_keepers_hands(copy, taker) for copy in copies):
            raise BadInput("选中的文件在您代理的专人手中，不用收回", field="targets")
        if inputs.cabinet and Post.REGISTRAR not in taker.posts:
            raise BadInput("专人收回的文件由专人保管，文件柜请不填", field="cabinet")
        returns = _returns(situation, inputs.cabinet)
        entering = (
            facts.CopyEntersCabinet(copy=each.copy, cabinet=each.cabinet)
            for each in returns
            if each.cabinet is not None
        )
        return with_happenings(
            situation, (*returns, *entering), facts=Read(copies, returns, inputs.remark)
        )

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        places = dict.fromkeys(_place_of(each) for each in read.returns)
        moved = [
            move(
                deed,
                [each.copy for each in read.returns if _place_of(each) == place],
                _step(*place, read.remark),
            )
            for place in places
        ]
        return Change(touched=together(*moved), told={"copies": len(read.copies)})


def _is_in_its_keepers_hands(copy: facts.Copy, taker: Person) -> bool:
    keeper = facts.keeper_through(copy, taker)
    return keeper not in (None, taker.id) and copy.holder == keeper


def _place_of(it: facts.CopyReturns) -> tuple[UUID, UUID | None]:
    """Who keeps it from now on, and the cabinet where it goes into one.

    What is taken back by whoever stands in for a keeper is the keeper's again.
    """
    keeper = facts.keeper_through(it.copy, it.taker) or it.taker.id
    return keeper, it.cabinet.id if it.cabinet else None


def _step(keeper: UUID, cabinet: UUID | None, remark: str) -> Step:
    if cabinet is not None:
        return Step(kind="take_back", cabinet=cabinet, state=facts.State.STORED, remark=remark)
    return Step(
        kind="take_back",
        holder=keeper,
        kept_by=keeper,
        purpose=Purpose.KEEPING.value,
        remark=remark,
    )


def _returns(deed: Deed[Read], chosen_cabinet: UUID | None) -> tuple[facts.CopyReturns, ...]:
    copies, taker = deed.facts.copies, deed.actor
    goes = {copy.id: _goes_to(copy, taker, chosen_cabinet) for copy in copies}
    cabinets = office.cabinets({each for each in goes.values() if each})
    if chosen_cabinet and chosen_cabinet not in cabinets:
        raise BadInput("没有这个文件柜，请核对名称或标签", field="cabinet")
    read_by = load.readers_so_far({copy.paper.id for copy in copies})
    found = []
    for copy in copies:
        cabinet = goes[copy.id]
        holder = copy.holder or taker.id
        has_read = read_by[copy.paper.id]
        if copy.purpose != Purpose.KEEPING.value:
            has_read |= {holder}
        found.append(
            facts.CopyReturns(
                copy=copy,
                person=holder,
                taker=taker,
                cabinet=cabinets[cabinet] if cabinet else None,
                circulation_ended=bool(copy.paper.circle) and copy.paper.circle <= has_read,
            )
        )
    return tuple(found)


def _goes_to(copy: facts.Copy, taker: Person, chosen_cabinet: UUID | None) -> UUID | None:
    """The cabinet; None: it stays with the keeper who takes it, or no cabinet is known for it."""
    keeper = facts.keeper_through(copy, taker)
    keeps = keeper is not None and copy.holder != keeper
    if chosen_cabinet or Post.REGISTRAR not in taker.posts or keeps:
        return chosen_cabinet
    return copy.home_cabinet
