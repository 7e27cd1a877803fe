"""Close a duty that was opened by hand; all others close by the deed that they demand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from baomi.kernel.action import Action, Asked, Change, NoInputs
from baomi.kernel.happening import Deed
from baomi.kernel.judge import EVERYONE
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.duties.actions.open_by_hand import BY_HAND
from baomi.registers.duties.models import Duty

_MAY_CLOSE_ALL = frozenset({Post.REGISTRAR, Post.OFFICE_DIRECTOR})


@dataclass(frozen=True, slots=True)
class Read:
    """The duties: id, name, state, owner."""

    duties: tuple[tuple[UUID, str, str, UUID | None], ...]


class CloseByHand(Action[Read]):
    """Close a duty that was opened by hand."""

    name = "duties.close_by_hand"
    title = "办结交办事项"
    help = "交办的事项办完后办结；制度自动列出的事项，办了那件事就自动办结。"
    done_by = EVERYONE
    brings = ()
    target = "duties.duty"

    def situate(self, asked: Asked) -> Deed[Read]:
        wanted = set(asked.targets)
        rows = Duty.objects.filter(id__in=wanted).order_by("id")
        found = tuple(rows.values_list("id", "name", "state", "owner"))
        if not wanted or len(found) < len(wanted):
            raise BadInput("没有这项应办事项，请核对编号", field="targets")
        return asked.deed(facts=Read(found))

    def complete(self, situation: Deed[Read], inputs: NoInputs) -> Deed[Read]:
        actor = situation.actor
        for _, name, state, owner in situation.facts.duties:
            if name != BY_HAND:
                raise BadInput("这项应办由制度列出，办理那件事后自动办结", field="targets")
            if state != "open":
                raise BadInput("这项应办已经办结，不用再办", field="targets")
            if owner != actor.id and not actor.posts & _MAY_CLOSE_ALL:
                sentence = "只能办结自己负责的事项，他人的请由保密员或办公室主任办结"
                raise BadInput(sentence, field="targets")
        return replace(situation, happenings=())

    def carry_out(self, deed: Deed[Read]) -> Change:
        ids = {key for key, *_ in deed.facts.duties}
        Duty.objects.filter(id__in=ids).update(
            state="done", closed_by=deed.op_id, closed_on=deed.today
        )
        return Change(touched={"duties_duty": ids}, told={"duties": len(ids)})
