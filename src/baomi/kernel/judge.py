"""Decide. Pure: a deed and the rulebook in, the verdict out; no database, no clock, no request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from baomi.kernel.action import Action
from baomi.kernel.approving import Approval, Need, differing
from baomi.kernel.clause import ApprovalRule, Clause, Part
from baomi.kernel.happening import Deed, Happening
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import Refusal, Verdict
from baomi.kernel.words import Person, Post

ACCESS = "access"


def judge(action: Action[Any], deed: Deed[Any], rulebook: Iterable[Clause]) -> Verdict:
    """Ask who may do it, and every guard and approval whose happening the deed carries.

    Called with a situation it says whether the button is live; called with the completed deed
    it says whether it may be done. A guard is asked once for each happening of its type.
    """
    refusals = may_ask(action, deed.actor, deed.terms)
    asked: dict[str, None] = {ACCESS: None}
    for part in _parts_in_force(deed, rulebook):
        for happening in deed.happenings:
            found, keys = _ask(part, happening, deed)
            refusals.extend(found)
            asked.update(dict.fromkeys(keys))
    refusals.extend(deed.foreseen)
    return Verdict(tuple(refusals), tuple(asked))


def shadow_refusals(deed: Deed[Any], rulebook: Iterable[Clause]) -> tuple[Refusal, ...]:
    """What the rules in force on that day would have said of a recorded past: notes, no bar."""
    if not deed.shadow:
        return ()
    refusals: list[Refusal] = []
    then = replace(deed, today=deed.shadow_on)
    for part in _parts_in_force(then, rulebook):
        for happening in deed.shadow:
            refusals.extend(_ask(part, happening, then)[0])
    return tuple(refusals)


def _parts_in_force(deed: Deed[Any], rulebook: Iterable[Clause]) -> Iterable[Part]:
    for clause in rulebook:
        if clause.in_force(deed.today):
            for part in clause.every_part():
                if part.guards or part.approvals:
                    yield part


def may_ask(action: Action[Any], actor: Person, terms: Terms) -> list[Refusal]:
    """What speaks against the actor's doing it at all, whatever he enters: nothing, or his posts.

    Asked before anything is read: who may not do a thing learns nothing from trying it.
    """
    if actor.posts & action.done_by:
        return []
    titles = "、".join(sorted(terms.post_title(post) for post in action.done_by))
    return [
        Refusal(
            clause=ACCESS,
            guard="actor_holds_the_post",
            reason=f"“{action.title}”只能由{titles}办理",
            remedy=f"请{titles}办理",
            remedy_action=None,
            refs={},
        )
    ]


def _ask(part: Part, happening: Happening, deed: Deed[Any]) -> tuple[list[Refusal], list[str]]:
    refusals: list[Refusal] = []
    asked: list[str] = []
    for guard in part.guards:
        if isinstance(happening, guard.reads):
            asked.append(guard.key)
            if (refusal := guard.check(happening, deed)) is not None:
                refusals.append(refusal)
    for rule in part.approvals:
        if isinstance(happening, rule.when) and rule.applies(happening, deed):
            asked.append(rule.key)
            if (refusal := _approved(rule, happening, deed)) is not None:
                refusals.append(refusal)
    return refusals, asked


def needs(deed: Deed[Any], rulebook: Iterable[Clause]) -> tuple[Need, ...]:
    """Every approval that a deed's happenings need, each once: what an approval is asked for."""
    found: dict[tuple[str, UUID, str], Need] = {}
    for part in _parts_in_force(deed, rulebook):
        for rule in part.approvals:
            for happening in deed.happenings:
                if isinstance(happening, rule.when) and rule.applies(happening, deed):
                    need = need_of(rule, happening, deed)
                    found[need.rule, need.subject, need.digest] = need
    return tuple(found.values())


def need_of(rule: ApprovalRule[Any], happening: Happening, deed: Deed[Any]) -> Need:
    """What one rule demands of one happening."""
    return Need(
        rule=rule.key,
        clause=rule.clause,
        title=rule.title,
        post=rule.post(deed.terms),
        unit=rule.unit(happening),
        body=rule.body,
        subject=happening.subject,
        stated=rule.stated(happening),
        interested=rule.concerns(happening),
    )


def approvals_used(deed: Deed[Any], rulebook: Iterable[Clause]) -> tuple[UUID, ...]:
    """The approvals on which an allowed deed rests: each serves once."""
    used: dict[UUID, None] = {}
    for need in needs(deed, rulebook):
        for approval in deed.approvals:
            if not _speaks_against(approval, need, deed) and approval.fits(need):
                used[approval.id] = None
                break
    return tuple(used)


def _approved(rule: ApprovalRule[Any], happening: Happening, deed: Deed[Any]) -> Refusal | None:
    need = need_of(rule, happening, deed)
    reasons: list[tuple[int, str]] = []
    for approval in deed.approvals:
        if (approval.rule, approval.subject) != (need.rule, need.subject):
            continue
        found = _speaks_against(approval, need, deed)
        if not found:
            return None
        reasons.append((_TELLING.get(approval.state, 0), found))
    who = _who(need, deed.terms)
    return Refusal(
        clause=rule.clause,
        guard=rule.name,
        reason=f"{rule.title}：{_most_telling(reasons) if reasons else f'须先经{who}'}",
        remedy=f"请先报{who}，得到批准后照所报内容办理",
        remedy_action=ASK,
        refs={},
    )


def _who(need: Need, terms: Terms) -> str:
    return (
        terms.body_title(need.body) + "同意" if need.body else terms.post_title(need.post) + "批准"
    )


def _speaks_against(approval: Approval, need: Need, deed: Deed[Any]) -> str:
    """Why a request does not carry the deed; empty: it does."""
    if approval.state == "waiting":
        return f"已经报批，还在等待{deed.terms.post_title(need.post)}决定"
    if approval.state == "used":
        return "批准已经用过，每次批准只能办理一次"
    if approval.state != "granted":
        return _NOT_GRANTED.get(approval.state, "没有得到批准")
    if not _is_anothers(approval, need, deed):
        return "本人不得批准自己的申请，也不得批准与自己有关的事项"
    if not approval.fits(need):
        parts = [
            f"{title}批准的是“{was}”，现在是“{now}”"
            for title, was, now in differing(approval, need)
        ]
        return f"与批准的内容不一致：{'；'.join(parts)}"
    if approval.given_on is not None and deed.today < approval.given_on:
        return "办理的日期早于批准的日期，事情须先批准后办理"
    if not approval.stands_on(deed.today):
        return "批准已经过期"
    return ""


def _is_anothers(approval: Approval, need: Need, deed: Deed[Any]) -> bool:
    """Beyond the source: nobody approves his own request, nor what is about himself."""
    own = {approval.asked_by, deed.actor.human, *need.interested}
    return approval.given_by is None or approval.given_by not in own


def _most_telling(reasons: Iterable[tuple[int, str]]) -> str:
    """Of several requests on one thing the nearest to an approval, and the newest of these."""
    return max(enumerate(reasons), key=lambda each: (each[1][0], each[0]))[1][1]


_TELLING: Final = {"granted": 3, "waiting": 2, "used": 1}
_NOT_GRANTED: Final = {
    "expired": "报批等待过久，已经失效",
    "refused": "报批未获同意",
    "returned": "报批被退回修改",
    "withdrawn": "报批已经撤回",
}
ASK: Final = "approvals.ask"
EVERYONE = frozenset({Post.ANYONE})
