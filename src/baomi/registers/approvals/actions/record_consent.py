"""Record that a body outside consents, or does not: its letter, and the scan of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change
from baomi.kernel.clock import clock
from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.approvals import facts, load
from baomi.registers.approvals.actions import settling
from baomi.registers.attachments import load as attachments
from baomi.registers.wording import PlainInputs


class ConsentInputs(PlainInputs):
    """Whose letter says what."""

    verdict: facts.Opinion = Field(title="决定", description="来函同意，或不同意")
    body_name: str = Field(
        min_length=1, max_length=120, title="来函机关", description="同意或不同意的机关名称"
    )
    letter: str = Field(
        min_length=1, max_length=80, title="来函文号", description="没有文号的写“无”"
    )
    letter_date: date = Field(title="来函日期", description="函上的成文日期")
    scan: UUID | None = Field(
        default=None, title="来函扫描件", description="先上传来函的扫描件，再选定"
    )
    reason: str = Field(default="", max_length=500, title="摘要", description="可不填")


@dataclass(frozen=True, slots=True)
class Read:
    """The requests, and the letter."""

    requests: tuple[facts.AskedRequest, ...]
    inputs: ConsentInputs | None = None


class RecordConsent(Action[Read]):
    """Record the letter of a body outside."""

    name = "approvals.record_consent"
    title = "登记外部机关意见"
    help = "须由外部机关同意的事项，把来函的文号、日期和扫描件登记在报批单上。"
    done_by = frozenset({Post.REGISTRAR, Post.OFFICE_DIRECTOR})
    only_today = True
    brings = (facts.ConsentIsRecorded,)
    inputs = ConsentInputs
    target = "approvals.request"

    def situate(self, asked: Asked) -> Deed[Read]:
        found = load.requests(asked.targets, asked.today, asked.terms)
        return asked.deed(facts=Read(settling.known(found, asked.targets)))

    def complete(self, situation: Deed[Read], inputs: ConsentInputs) -> Deed[Read]:
        if inputs.letter_date > situation.today:
            raise BadInput("来函日期不能晚于今天", field="letter_date")
        read = replace(situation.facts, inputs=inputs)
        deed = replace(situation, facts=read)
        _check_scan(inputs.scan, read.requests)
        recorded = tuple(_recorded(deed, inputs))
        if not recorded:
            raise BadInput("这份报批单上没有等待外部机关意见的事项", field="targets")
        return replace(deed, happenings=recorded)

    def carry_out(self, deed: Deed[Read]) -> Change:
        inputs = deed.facts.inputs
        if inputs is None:
            raise BadInput("请填写来函", field="letter")
        recorded = [each for each in deed.happenings if isinstance(each, facts.ConsentIsRecorded)]
        steps = [_step(deed, each, inputs) for each in recorded]
        touched = settling.write_decision(
            deed.facts.requests,
            steps,
            deed.today,
            state=settling.NEED_STATE[inputs.verdict],
        )
        return Change(
            touched=touched,
            told={"recorded": len(steps)},
        )


def _check_scan(scan: UUID | None, requests: tuple[facts.AskedRequest, ...]) -> None:
    """A letter that is attached to one of the requests, and still counts."""
    if scan is None:
        return
    found = attachments.attached([scan]).get(scan)
    if found is None or found.void or found.thing not in {each.id for each in requests}:
        raise BadInput("没有这份扫描件，或它没有附在这份报批单上，请核对", field="scan")


def _recorded(deed: Deed[Read], inputs: ConsentInputs) -> Iterator[facts.ConsentIsRecorded]:
    for request in deed.facts.requests:
        for need in request.needs:
            if need.body and need.state == "waiting":
                yield facts.ConsentIsRecorded(
                    need=need,
                    request=request,
                    verdict=inputs.verdict.value,
                    body_name=inputs.body_name,
                    letter=inputs.letter,
                    has_scan=inputs.scan is not None,
                    recorder=deed.actor,
                )


def _step(deed: Deed[Read], it: facts.ConsentIsRecorded, inputs: ConsentInputs) -> dict[str, Any]:
    return {
        "id": new_id(),
        "need_id": it.need.id,
        "decided_by_id": deed.actor.id,
        "as_post": Post.REGISTRAR.value,
        "instead_of_id": None,
        "verdict": it.verdict,
        "reason": inputs.reason,
        "decided_on": deed.today,
        "at_us": clock.now_us(),
        "body_name": it.body_name,
        "letter": it.letter,
        "letter_date": inputs.letter_date,
        "scan": inputs.scan,
    }
