"""Decide on a request: agree, refuse with a reason, or return it for change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change
from baomi.kernel.clock import clock
from baomi.kernel.happening import Deed, Happening
from baomi.kernel.ids import new_id
from baomi.kernel.judge import EVERYONE
from baomi.kernel.verdict import BadInput
from baomi.registers.approvals import deciding, facts, load
from baomi.registers.approvals.actions import settling
from baomi.registers.wording import PlainInputs


class DecideInputs(PlainInputs):
    """The decision, and why."""

    verdict: facts.Decision = Field(title="决定", description="同意、不同意，或退回修改后重新报批")
    reason: str = Field(
        default="", max_length=500, title="意见", description="不同意、退回修改的必须写明"
    )
    valid_until: date | None = Field(
        default=None, title="批准有效至", description="同意的可填，不填按制度的设置"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The requests, and what on them waits for whoever decides."""

    requests: tuple[facts.AskedRequest, ...]
    inputs: DecideInputs | None = None


class Decide(Action[Read]):
    """Decide on what waits for one's decision."""

    name = "approvals.decide"
    title = "审批"
    help = "对报批的事项作出决定；本人报批的、与本人有关的，由制度规定的其他岗位决定。"
    done_by = EVERYONE
    only_today = True
    brings = (facts.ApprovalIsDecided, facts.NeedIsSettled)
    inputs = DecideInputs
    target = "approvals.request"

    def situate(self, asked: Asked) -> Deed[Read]:
        found = load.requests(asked.targets, asked.today, asked.terms)
        requests = settling.known(found, asked.targets)
        deed = asked.deed(facts=Read(requests))
        return replace(deed, happenings=tuple(_decided(deed, "agree", "")))

    def complete(self, situation: Deed[Read], inputs: DecideInputs) -> Deed[Read]:
        if inputs.valid_until is not None:
            if inputs.verdict != "agree":
                raise BadInput("不同意或退回的，不填批准有效期", field="valid_until")
            if inputs.valid_until < situation.today:
                raise BadInput("批准有效期已过，请填今天或以后的日期", field="valid_until")
            if inputs.valid_until > _last_day(situation):
                days = situation.terms.number("approval_valid_days")
                raise BadInput(f"批准最多 {days} 天有效，请缩短", field="valid_until")
        read = replace(situation.facts, inputs=inputs)
        deed = replace(situation, facts=read)
        decided = tuple(_decided(deed, inputs.verdict.value, inputs.reason))
        return replace(deed, happenings=(*decided, *_dropped(deed, decided, inputs.verdict)))

    def carry_out(self, deed: Deed[Read]) -> Change:
        inputs = deed.facts.inputs
        if inputs is None:
            raise BadInput("请填写决定", field="verdict")
        decided = [each for each in deed.happenings if isinstance(each, facts.ApprovalIsDecided)]
        steps = [_step(deed, each) for each in decided]
        until = None
        if inputs.verdict == "agree":
            until = inputs.valid_until or _last_day(deed)
        touched = settling.write_decision(
            deed.facts.requests,
            steps,
            deed.today,
            state=settling.NEED_STATE[inputs.verdict],
            valid_until=until,
        )
        return Change(
            touched=touched,
            told={"decided": len(steps), "verdict": facts.VERDICTS[inputs.verdict]},
        )


def _last_day(deed: Deed[Any]) -> date:
    return deed.today + timedelta(days=deed.terms.number("approval_valid_days"))


def _decided(deed: Deed[Read], verdict: str, reason: str) -> Iterator[facts.ApprovalIsDecided]:
    """A decision on all that waits for the actor; where nothing does, on all that waits."""
    for request in deed.facts.requests:
        waiting = [each for each in request.needs if each.state == "waiting" and not each.body]
        asked = [
            (each, deciding.decider_of(each, request, deed.today, deed.terms)) for each in waiting
        ]
        own = [
            (need, who) for need, who in asked if any(deciding.holds(deed.actor, who, need.unit))
        ]
        for need, who in (
            _of_one_post(own) or asked or [(each, _nobody(each)) for each in request.needs]
        ):
            is_own, principals = deciding.holds(deed.actor, who, need.unit)
            yield facts.ApprovalIsDecided(
                need=need,
                request=request,
                verdict=verdict,
                reason=reason,
                decider=deed.actor,
                now_decides=who,
                own_post=is_own,
                stands_in_for=principals,
            )


def _of_one_post(
    own: list[tuple[facts.AskedNeed, facts.Decider]],
) -> list[tuple[facts.AskedNeed, facts.Decider]]:
    """What one post decides: who could decide for two posts decides for one of them.

    First that for which his post was asked; the other waits for somebody else.
    """
    if not own:
        return []
    meant = [need for need, who in own if need.asked_post == who.post]
    post = (meant or [need for need, _ in own])[0].post
    return [(need, who) for need, who in own if need.post == post]


def _nobody(need: facts.AskedNeed) -> facts.Decider:
    return facts.Decider(post=need.asked_post, people=frozenset(), vacant=None)


def _dropped(
    deed: Deed[Read], decided: tuple[facts.ApprovalIsDecided, ...], verdict: str
) -> Iterator[Happening]:
    """What no longer waits because another part of its request was refused or returned."""
    if verdict == "agree":
        return
    done = {each.need.id for each in decided}
    for request in deed.facts.requests:
        for need in request.needs:
            if need.id not in done and need.state == "waiting":
                yield facts.NeedIsSettled(need=need)


def _step(deed: Deed[Read], it: facts.ApprovalIsDecided) -> dict[str, Any]:
    return {
        "id": new_id(),
        "need_id": it.need.id,
        "decided_by_id": deed.actor.id,
        "as_post": it.now_decides.post.value,
        "instead_of_id": None if it.own_post else next(iter(sorted(it.stands_in_for)), None),
        "verdict": it.verdict,
        "reason": it.reason,
        "decided_on": deed.today,
        "at_us": clock.now_us(),
        "body_name": "",
        "letter": "",
        "letter_date": None,
        "scan": None,
    }
