"""Draw up the slip (交接清单) of what one person was just given, or just gave back.

Clauses: `baomi rules custody.draw_up_slip`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, with_happenings
from baomi.kernel.clock import day_of
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.custody import facts, load
from baomi.registers.custody.actions.steps import slips
from baomi.registers.custody.actions.steps.choosing import MOST_COPIES
from baomi.registers.office import load as office
from baomi.registers.wording import PlainInputs

_KINDS = {"hand_over": "out", "take_back": "back"}


class DrawUpSlipInputs(PlainInputs):
    """How the person confirmed, if he did so on the spot."""

    by_pin: bool = Field(
        default=False,
        title="用确认码确认",
        description="对方当场用工牌和确认码确认的填“是”；用登录口令确认的、以后签字的不填",
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The movements that the slip lists, the slip, and how it was confirmed."""

    moved: Sequence[load.Moved]
    slip: facts.Slip | None = None
    how: str = ""


class DrawUpSlip(Action[Read]):
    """Draw up the slip of a hand-over."""

    name = "custody.draw_up_slip"
    title = "出具交接清单"
    help = "把今天交给同一个人、或从同一个人收回的文件列成一张清单；当场确认，或打印后签字交回。"
    done_by = frozenset({Post.REGISTRAR, Post.UNIT_KEEPER})
    brings = (facts.SlipIsDrawnUp,)
    inputs = DrawUpSlipInputs
    target = "custody.copy"

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(_just_moved(asked)))

    def complete(self, situation: Deed[Read], inputs: DrawUpSlipInputs) -> Deed[Read]:
        moved = situation.facts.moved
        if not moved:
            raise BadInput("没有选中文件，请先扫描或选择", field="targets")
        person, second = moved[0].other_person, situation.second
        if person is None or person == situation.actor.id:
            raise BadInput("清单是两个人之间的凭证，本人与本人之间不用出具", field="targets")
        if second is not None and second.id != person:
            raise BadInput("确认人须是清单上的接交人本人，请核对", field="second")
        if inputs.by_pin and second is None:
            raise BadInput("对方没有当场确认，“用确认码确认”请不填", field="by_pin")
        slip = facts.Slip(
            id=new_id(),
            label=office.label("S", slips.next_slip_label()),
            kind=_KINDS[moved[0].kind],
            person=person,
            drawn_up_by=situation.actor.id,
            confirmed=second is not None,
            void=False,
        )
        how = "" if second is None else slips.PIN if inputs.by_pin else slips.LOGIN
        happenings = (facts.SlipIsDrawnUp(slip=slip),)
        return with_happenings(situation, happenings, facts=Read(moved, slip, how))

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        if read.slip is None:
            raise BadInput("没有选中文件，请先扫描或选择", field="targets")
        touched = slips.write_slip(deed, read.slip, read.moved, how=read.how)
        told = {"slip": str(read.slip.id), "label": read.slip.label, "copies": len(read.moved)}
        return Change(touched=touched, told=told)


def _just_moved(asked: Asked) -> tuple[load.Moved, ...]:
    """The newest movements of the targets, if one slip can list them all. Raises ``BadInput``."""
    copies = load.copies(asked.targets, asked.terms, asked.today)
    if len(copies) > MOST_COPIES:
        raise BadInput(f"一次最多办理 {MOST_COPIES} 份，请分批办理", field="targets")
    newest = load.newest_movements(copy.id for copy in copies)
    for copy in copies:
        moved = newest.get(copy.id)
        if moved is None or not _is_own_of_today(moved, asked):
            sentence = "最近一次不是您今天交出或收回的，不能列入清单，请核对后重新选择"
            raise BadInput(f"{copy.paper.reference} 第{copy.number}份{sentence}", field="targets")
    found = tuple(newest[copy.id] for copy in copies)
    if len({(each.kind, each.other_person) for each in found}) > 1:
        sentence = "一张清单只列一个人的交出或收回，选中的文件不止一个人或不止一种，请分别出具"
        raise BadInput(sentence, field="targets")
    listed = slips.standing_slips({each.op for each in found})
    already = {listed[key] for each in found if (key := (each.copy, each.op)) in listed}
    if already:
        labels = "、".join(sorted(slip.label for slip in slips.slips(already).values()))
        raise BadInput(f"选中的文件已列在交接清单 {labels} 上，不能重复出具", field="targets")
    return found


def _is_own_of_today(moved: load.Moved, asked: Asked) -> bool:
    own = moved.kind in _KINDS and moved.actor == asked.actor.id
    return own and day_of(moved.at_us) == asked.recorded_on
