"""Bring back copies that were carried out, and check them.

Clauses: `baomi rules custody.bring_back`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post, Purpose
from baomi.registers.custody import facts, load
from baomi.registers.custody.actions.steps.choosing import (
    answers_for,
    chosen,
    known_people,
    standing_ready,
)
from baomi.registers.custody.actions.steps.movement import Step, move, together
from baomi.registers.custody.actions.steps.records import BRING_BACK, came_back, lines_out
from baomi.registers.wording import PlainInputs

_STATES = (facts.State.HELD,)


class BringBackInputs(PlainInputs):
    """What the check found."""

    findings: str = Field(
        min_length=1,
        max_length=500,
        title="检查情况",
        description="份数、页数是否齐全，封装是否完好",
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The copies, for what each was held before it was carried out, and what the check found."""

    copies: Sequence[facts.Copy]
    purposes: Mapping[UUID, Purpose] = field(default_factory=dict)
    findings: str = ""


class BringBack(Action[Read]):
    """Register that copies are back, and were checked."""

    name = "custody.bring_back"
    title = "带回"
    help = "携带外出的文件带回后当面检查、登记；文件仍由携带人承办，用完照常交回。"
    done_by = frozenset({Post.REGISTRAR, Post.UNIT_KEEPER})
    brings = (facts.CopyComesBackToPremises,)
    inputs = BringBackInputs
    target = "custody.copy"

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(standing_ready(asked, states=_STATES, away=facts.CARRYING)))

    def complete(self, situation: Deed[Read], inputs: BringBackInputs) -> Deed[Read]:
        copies = chosen(
            situation.facts.copies, states=_STATES, on=situation.today, away=facts.CARRYING
        )
        answers_for(copies, situation.actor)
        newest = load.newest_movements(copy.id for copy in copies)
        purposes = {copy.id: Purpose(newest[copy.id].before["purpose"]) for copy in copies}
        return with_happenings(
            situation,
            _coming_back(situation, copies, purposes),
            facts=Read(copies, purposes, inputs.findings),
        )

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        if not read.purposes:
            raise BadInput("没有选中文件，请先扫描或选择", field="targets")
        holders = dict.fromkeys((copy.holder, read.purposes[copy.id]) for copy in read.copies)
        moved = [
            move(
                deed,
                [
                    copy
                    for copy in read.copies
                    if (copy.holder, read.purposes[copy.id]) == (holder, purpose)
                ],
                Step(
                    kind=BRING_BACK,
                    holder=holder,
                    keep_keeper=True,
                    purpose=purpose.value,
                    remark=read.findings,
                ),
            )
            for holder, purpose in holders
        ]
        lines = came_back(deed, read.copies, findings=read.findings)
        touched = together(*moved, {"custody_outing_line": lines})
        return Change(touched=touched, told={"copies": len(read.copies)})


def _coming_back(
    deed: Deed[Read], copies: Sequence[facts.Copy], purposes: Mapping[UUID, Purpose]
) -> list[facts.CopyComesBackToPremises]:
    carriers = known_people(deed, (copy.holder for copy in copies if copy.holder), field="targets")
    until: dict[UUID, date] = dict(lines_out(copies).values_list("copy_id", "outing__back_until"))
    return [
        facts.CopyComesBackToPremises(
            copy=copy,
            carrier=carriers[copy.holder],
            checker=deed.actor,
            purpose=purposes[copy.id],
            until=until[copy.id],
        )
        for copy in copies
        if copy.holder is not None
    ]
