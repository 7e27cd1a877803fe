"""Which approvals a deed may need, depending on what is entered: known before anything is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from baomi.engine import registry
from baomi.kernel.action import Action
from baomi.kernel.clock import clock
from baomi.kernel.controls import ApprovalRule
from baomi.kernel.terms import Terms


@dataclass(frozen=True, slots=True)
class MayNeed:
    """One approval: what is approved, under which clause, and by whom (a post, or a body)."""

    clause: str
    title: str
    by: str


def approvals_that_may_be_needed(action: Action[Any], terms: Terms) -> tuple[MayNeed, ...]:
    """What may have to be approved first, each once, in the rulebook's order."""
    found = (
        MayNeed(rule.clause, rule.title, _by(rule, terms))
        for rule in _rules()
        if any(issubclass(brought, rule.when) for brought in action.brings)
    )
    return tuple(dict.fromkeys(found))


def in_one_sentence(needed: Iterable[MayNeed]) -> str:
    """视填写内容，可能须先报批：因公外出携带密件（组长）. Empty: none ever is."""
    listed = "、".join(f"{each.title}（{each.by}）" for each in needed)
    return f"视填写内容，可能须先报批：{listed}。" if listed else ""


def _rules() -> Iterable[ApprovalRule[Any]]:
    today = clock.today()
    for clause in registry.rulebook():
        if clause.in_force(today):
            for part in clause.every_part():
                yield from part.approvals


def _by(rule: ApprovalRule[Any], terms: Terms) -> str:
    return terms.body_title(rule.body) if rule.body else terms.post_title(rule.post(terms))
