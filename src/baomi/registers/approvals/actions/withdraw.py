"""Take back a request that was not used yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change
from baomi.kernel.happening import Deed, Happening
from baomi.kernel.judge import EVERYONE
from baomi.registers.approvals import facts, load, models
from baomi.registers.approvals.actions import settling
from baomi.registers.wording import PlainInputs


class WithdrawInputs(PlainInputs):
    """Why, if he wants to say."""

    reason: str = Field(default="", max_length=200, title="理由", description="可不填")


@dataclass(frozen=True, slots=True)
class Read:
    """The requests."""

    requests: tuple[facts.AskedRequest, ...]


class Withdraw(Action[Read]):
    """Take a request back."""

    name = "approvals.withdraw"
    title = "撤回报批"
    help = "撤回本人的报批，没有办理以前都可以撤回；撤回后要办须重新报批。"
    done_by = EVERYONE
    only_today = True
    brings = (facts.RequestIsWithdrawn, facts.NeedIsSettled)
    inputs = WithdrawInputs
    target = "approvals.request"

    def situate(self, asked: Asked) -> Deed[Read]:
        found = load.requests(asked.targets, asked.today, asked.terms)
        requests = settling.known(found, asked.targets)
        deed = asked.deed(facts=Read(requests))
        return replace(deed, happenings=tuple(_happenings(deed)))

    def complete(self, situation: Deed[Read], inputs: WithdrawInputs) -> Deed[Read]:
        return situation

    def carry_out(self, deed: Deed[Read]) -> Change:
        requests = {each.id for each in deed.facts.requests}
        open_needs = [
            need.id
            for each in deed.facts.requests
            for need in each.needs
            if need.state in ("waiting", "granted")
        ]
        needs = settling.write_needs(open_needs, state="withdrawn")
        models.ApprovalRequest.objects.filter(id__in=requests).update(
            state="withdrawn", settled_on=deed.today
        )
        return Change(
            touched={"approvals_request": requests, "approvals_need": needs},
            told={"requests": len(requests)},
        )


def _happenings(deed: Deed[Read]) -> Iterator[Happening]:
    for request in deed.facts.requests:
        yield facts.RequestIsWithdrawn(request=request, by=deed.actor)
        for need in request.needs:
            if need.state == "waiting":
                yield facts.NeedIsSettled(need=need)
