"""What the page of one request tells: the deed, what it is given for, who decides, what follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from baomi.engine import registry
from baomi.engine.books import sees_positions
from baomi.engine.explain import explain
from baomi.engine.face.reading import books
from baomi.engine.inputs import InvalidInputs
from baomi.engine.receipts import of_operation, receipts_of
from baomi.engine.request import Request
from baomi.entrypoints.guarding.logged_in import Who
from baomi.entrypoints.web import prefill, refused, to_approve
from baomi.entrypoints.web.approval_things import Thing, things_of
from baomi.entrypoints.web.entitled import ASKED_IN_THE_FORM
from baomi.entrypoints.web.panels.panel import Seen
from baomi.kernel.action import Action
from baomi.kernel.clock import clock
from baomi.kernel.ids import new_id
from baomi.kernel.judge import ASK, may_ask
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Door, Post
from baomi.registers import paging
from baomi.registers.approvals import facts, reads

KIND: Final = "approvals.request"
DECIDE: Final = "approvals.decide"
WITHDRAW: Final = "approvals.withdraw"
CONSENT: Final = "approvals.record_consent"
_CHANGED: Final = "办理对象的现状已经改变，现在不能照此办理"
_OVER: Final = ("returned", "refused", "withdrawn")
_EXPIRED: Final = "已过期"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One approval that it takes: who decides now, or what was decided, by whom, for whom."""

    title: str
    clause: str
    state: str
    post: str  # as the clause or the terms name it
    now_post: str  # who decides now; empty: nobody has to any more
    holders: str
    vacant: str
    is_outside: bool
    until: Any
    decision: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as somebody sees it."""

    seen: Seen
    deed: Mapping[str, Any]
    action: Action[Any] | None
    needs: tuple[Mapping[str, Any], ...]

    @property
    def key(self) -> UUID:
        """The request."""
        return self.seen.key

    @property
    def who(self) -> Who:
        """The reader."""
        return self.seen.who

    @property
    def things(self) -> tuple[UUID, ...]:
        """What the deed is done to."""
        return tuple(UUID(each) for each in self.deed["things"])

    @property
    def is_own(self) -> bool:
        """Whether the reader asked for it himself."""
        return bool(self.deed["asked_by"] == self.who.id)

    @property
    def state(self) -> str:
        """Where it stands; one that has run out stands nowhere."""
        has_run_out = self.seen.cell("state") == _EXPIRED
        return "expired" if has_run_out else str(self.deed["state"])

    @property
    def can_be_done(self) -> bool:
        """Whether the reader may do what was granted."""
        who = self.who
        if self.state != "granted" or self.action is None:
            return False
        return not may_ask(self.action, who.person, who.terms)

    @property
    def can_be_asked_again(self) -> bool:
        """Whether the reader may put it anew, changed."""
        return self.is_own and self.action is not None and self.state in (*_OVER, "expired")

    def request(self, action: str) -> Request:
        """A deed on the request itself, before anything is entered."""
        return Request(
            action=action,
            actor=self.who.id,
            targets=(self.key,),
            inputs={},
            op_id=new_id(),
            door=Door.WEB,
        )


def asked(who: Who, key: UUID) -> Asked | None:
    """The request, if he may see it."""
    book = books()[KIND]
    record = paging.one(book, who.person, who.terms, key)
    deed = reads.deed_of(who.person, key)
    if record is None or deed is None:
        return None
    return Asked(
        seen=Seen(book, record, who),
        deed=deed,
        action=registry.actions().get(deed["action"]),
        needs=reads.needs_of(who.person, key, who.terms),
    )


def told(found: Asked) -> dict[str, Any]:
    """Everything that a decision rests on."""
    seen = found.seen
    return {
        "request_key": found.key,
        "can_be_done": found.can_be_done,
        "can_be_asked_again": found.can_be_asked_again,
        "heading": seen.cell("title"),
        "label": seen.cell("label"),
        "level": seen.cell("level"),
        "asked_by": seen.cell("asked_by"),
        "asked_by_link": seen.record.links.get("asked_by"),
        "asked_on": seen.cell("asked_on"),
        "days": (clock.today() - seen.cell("asked_on")).days,
        "reason": seen.cell("reason"),
        "stands": seen.cell("state"),
        "until": seen.cell("until"),
        "things": _things(found),
        "lines": prefill.lines_of(found.action, found.deed["entered"], found.who)
        if found.action
        else (),
        "stated": stated_of(found.needs),
        "steps": steps_of(found.needs, found.who),
        "uses": uses_of(found),
    }


def _things(found: Asked) -> tuple[Thing, ...]:
    return things_of(found.who, found.key, str(found.deed["things_kind"]), found.things)


def stated_of(needs: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    """What it is given for, each once: title, and as people read it."""
    found = dict.fromkeys(
        (each["title"], each["shown"]) for need in needs for each in need["stated"]
    )
    return tuple(found)


def steps_of(needs: Iterable[Mapping[str, Any]], who: Who) -> tuple[Step, ...]:
    """The chain of approvals; what is decided alike for several things stands once."""
    found: dict[Any, Step] = {}
    for need in needs:
        step = need["step"]
        decision = _decision(step, who) if step else None
        mark = (need["rule"], need["state"], need["now_post"], need["holders"], str(decision))
        found.setdefault(
            mark,
            Step(
                title=need["title"],
                clause=need["clause"],
                state=facts.STATES[need["state"]],
                post=need["decider"] if need["body"] else _post(need["post"], who),
                now_post=need["now_post"],
                holders=need["holders"],
                vacant=need["vacant"],
                is_outside=bool(need["body"]),
                until=need["valid_until"],
                decision=decision,
            ),
        )
    return tuple(found.values())


def _decision(step: Mapping[str, Any], who: Who) -> dict[str, Any]:
    return {
        "verdict": facts.VERDICTS[step["verdict"]],
        "by": step["decided_by__name"],
        "as_post": _post(step["as_post"], who),
        "instead_of": step["instead_of__name"] or "",
        "reason": step["reason"],
        "on": step["decided_on"],
        "body": step["body_name"],
        "letter": step["letter"],
        "letter_date": step["letter_date"],
    }


def _post(code: str, who: Who) -> str:
    return who.terms.post_title(Post(code))


def uses_of(found: Asked) -> tuple[tuple[UUID, str, bool], ...]:
    """The deeds that used it: operation, receipt, whether the reader did it himself."""
    ops = dict.fromkeys(each["used_by"] for each in found.needs if each["used_by"])
    if not ops:
        return ()
    own = {op: done.text for op in ops if (done := of_operation(op, actor=found.who.id))}
    receipts = receipts_of(ops) if sees_positions(found.who.person) else own
    return tuple((op, receipts[op], op in own) for op in ops if op in receipts)


def against_it(found: Asked) -> Sequence[dict[str, Any]]:
    """What would speak against the deed today, beside the approval that it still lacks."""
    if found.action is None or found.state not in ("waiting", "granted"):
        return ()
    request = Request(
        action=ASK,
        actor=found.deed["asked_by"],
        targets=(),
        inputs={
            "deed": found.action.name,
            "things": found.things,
            "entered": found.deed["entered"],
        },
        op_id=new_id(),
        door=Door.WEB,
    )
    try:
        foreseen = to_approve.foreseen(request)
    except BadInput as fault:
        sees_all = all(each.key for each in _things(found))
        return (_as_told(fault.sentence if sees_all else _CHANGED),)
    except InvalidInputs:
        return (_as_told(_CHANGED),)
    standing = [no for no in foreseen.refusals if no.guard not in ASKED_IN_THE_FORM]
    return refused.told(standing, found.who, found.things, of=found.action)


def _as_told(sentence: str) -> dict[str, Any]:
    return {
        "clause": "access",
        "guard": "",
        "title": "现有情况",
        "reason": sentence,
        "remedy": "请报批人核对后重新报批",
        "remedy_href": None,
        "remedy_title": None,
    }


def bar_of(found: Asked, action: str) -> Sequence[dict[str, Any]]:
    """What speaks against the reader's deciding on it, or withdrawing it; nothing: he may."""
    verdict = explain(found.request(action), filled_in=False)
    return refused.told(verdict.refusals, found.who, [found.key])
