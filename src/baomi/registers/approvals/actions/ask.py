"""Ask for the approvals that a deed needs, with the deed's own inputs, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Foreseen
from baomi.kernel.approving import Need
from baomi.kernel.clock import clock
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.judge import EVERYONE
from baomi.kernel.verdict import BadInput
from baomi.registers.approvals import deciding, facts, load, models
from baomi.registers.office import load as office
from baomi.registers.rows import insert_rows
from baomi.registers.wording import PlainInputs

MOST_NEEDS = 300


class AskInputs(PlainInputs):
    """Which deed, on what, entered how, and why."""

    deed: str = Field(max_length=80, title="报批事项", description="要办理的事项的代号")
    things: tuple[UUID, ...] = Field(
        default=(), max_length=200, title="办理对象", description="要办理的对象，可多个"
    )
    entered: Mapping[str, Any] = Field(
        default_factory=dict, title="办理内容", description="与办理时所填的内容完全一致"
    )
    reason: str = Field(
        min_length=1, max_length=500, title="报批理由", description="为什么需要，不写文件标题"
    )
    again_of: UUID | None = Field(
        default=None, title="原报批单", description="退回修改后重新报批的，填原来的报批单"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """How the engine foresees a deed, and then what it foresaw."""

    asked: Asked
    inputs: AskInputs | None = None
    foreseen: Foreseen | None = None
    plan: tuple[tuple[Need, facts.Decider], ...] = ()
    serial: int = 0
    request: UUID | None = None
    already: bool = False
    ids: tuple[UUID, ...] = ()  # of what is needed, in order


class Ask(Action[Read]):
    """Ask for the approvals that a deed needs."""

    name = "approvals.ask"
    title = "报批"
    help = "把要办的事照办理时的内容报请批准；批准后照原内容办理，内容变了要重新报批。"
    done_by = EVERYONE
    only_today = True
    brings = (facts.ApprovalIsAsked, facts.NeedIsOpened)
    inputs = AskInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(asked))

    def complete(self, situation: Deed[Read], inputs: AskInputs) -> Deed[Read]:
        asked = situation.facts.asked
        if asked.foresee is None:
            raise BadInput("这里不能报批，请从办理页面报批", field="deed")
        inputs = inputs.model_copy(update={"things": tuple(dict.fromkeys(inputs.things))})
        foreseen = asked.foresee(asked, inputs.deed, inputs.things, inputs.entered)
        if not foreseen.refusals and not foreseen.needs:
            raise BadInput("这件事不需要报批，直接办理即可", field="deed")
        if len(foreseen.needs) > MOST_NEEDS:
            raise BadInput("一次报批的对象太多，请分几次报批", field="things")
        _check_again(inputs.again_of, situation)
        plan = deciding.planned(foreseen.needs, situation.actor, situation.today, situation.terms)
        read = Read(
            asked,
            inputs,
            foreseen,
            plan,
            serial=load.next_label(),
            request=new_id(),
            already=_is_asked_already(foreseen.needs, situation),
            ids=tuple(new_id() for _ in plan),
        )
        return replace(
            situation,
            facts=read,
            happenings=_happenings(situation, read),
            foreseen=foreseen.refusals,
        )

    def carry_out(self, deed: Deed[Read]) -> Change:
        inputs, foreseen = deed.facts.inputs, deed.facts.foreseen
        if inputs is None or foreseen is None:
            raise BadInput("请填写报批事项", field="deed")
        request = _request(deed, inputs, foreseen)
        models.ApprovalRequest(**request).save(force_insert=True)
        needs = [
            _need_row(deed, turn, need, decider)
            for turn, (need, decider) in enumerate(deed.facts.plan, start=1)
        ]
        insert_rows(models.ApprovalNeed, needs)
        return Change(
            touched={
                "approvals_request": {request["id"]},
                "approvals_need": {row["id"] for row in needs},
            },
            told={
                "request": str(request["id"]),
                "label": office.label("A", deed.facts.serial),
                "asked": [deed.terms.post_title(decider.post) for _, decider in deed.facts.plan],
            },
        )


def _check_again(again_of: UUID | None, deed: Deed[Read]) -> None:
    if again_of is None:
        return
    earlier = load.requests([again_of], deed.today, deed.terms).get(again_of)
    if earlier is None or earlier.asked_by != deed.actor.human:
        raise BadInput(load.UNKNOWN_REQUEST, field="again_of")
    if earlier.state != "returned":
        raise BadInput("只有退回修改的报批单可以重新报批", field="again_of")


def _is_asked_already(needs: tuple[Need, ...], deed: Deed[Read]) -> bool:
    """Whether exactly this was asked for before, and still waits or was granted and stands."""
    if not needs:
        return False
    subjects, rules = {each.subject for each in needs}, {each.rule for each in needs}
    found = load.standing(subjects, rules, deed.today, deed.terms)
    still = [each for each in found if each.state == "waiting" or each.stands_on(deed.today)]
    return all(any(each.fits(need) for each in still) for need in needs)


def _happenings(
    deed: Deed[Read], read: Read
) -> tuple[facts.ApprovalIsAsked | facts.NeedIsOpened, ...]:
    request = _made(read)
    asked = facts.ApprovalIsAsked(
        request=request,
        action=read.inputs.deed if read.inputs else "",
        asker=deed.actor,
        vacant=deciding.vacant_posts(read.plan),
        already=read.already,
    )
    opened = [
        facts.NeedIsOpened(need=_asked_need(key, request, need, decider))
        for key, (need, decider) in zip(read.ids, read.plan, strict=True)
    ]
    return (asked, *opened)


def _made(read: Read) -> UUID:
    if read.request is None:
        raise BadInput("请填写报批事项", field="deed")
    return read.request


def _asked_need(key: UUID, request: UUID, need: Need, decider: facts.Decider) -> facts.AskedNeed:
    return facts.AskedNeed(
        id=key,
        request=request,
        rule=need.rule,
        clause=need.clause,
        title=need.title,
        post=need.post,
        unit=need.unit,
        body=need.body,
        asked_post=need.post if need.body else decider.post,
        subject=need.subject,
        state="waiting",
        interested=need.interested,
        valid_until=None,
    )


def _request(deed: Deed[Read], inputs: AskInputs, foreseen: Foreseen) -> dict[str, Any]:
    return {
        "id": _made(deed.facts),
        "label_serial": deed.facts.serial,
        "action": foreseen.action,
        "title": foreseen.title,
        "things_kind": foreseen.kind,
        "things": [str(each) for each in inputs.things],
        "entered": dict(foreseen.entered),
        "reason": inputs.reason,
        "level": foreseen.level.value,
        "asked_by_id": deed.actor.id,
        "asked_on": deed.today,
        "at_us": clock.now_us(),
        "again_of": inputs.again_of,
        "state": "waiting",
        "settled_on": None,
    }


def _need_row(deed: Deed[Read], turn: int, need: Need, decider: facts.Decider) -> dict[str, Any]:
    return {
        "id": deed.facts.ids[turn - 1],
        "request_id": _made(deed.facts),
        "turn": turn,
        "rule": need.rule,
        "clause": need.clause,
        "title": need.title,
        "post": need.post.value,
        "unit": need.unit,
        "body": need.body,
        "asked_post": (need.post if need.body else decider.post).value,
        "subject": need.subject,
        "stated": [asdict(each) for each in need.stated],
        "digest": need.digest,
        "interested": sorted(str(each) for each in need.interested),
        "state": "waiting",
        "valid_until": None,
        "used_by": None,
    }
