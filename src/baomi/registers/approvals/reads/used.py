"""Decisions in the words of papers, and those on which a deed rested."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from baomi.kernel.terms import Terms
from baomi.kernel.words import Post
from baomi.registers.approvals import facts, models
from baomi.registers.approvals.reads.whole import STEPS_OF
from baomi.registers.office import load as office

_LETTER = ("body_name", "letter", "decided_on")


def decision_worded(step: Mapping[str, Any], terms: Terms) -> str:
    """同意。注意安全　组长 张三（代 李四） 2025年3月3日."""
    day = step["decided_on"]
    instead = f"（代 {step['instead_of__name']}）" if step["instead_of__name"] else ""
    reason = f"。{step['reason']}" if step["reason"] else ""
    who = f"{terms.post_title(Post(step['as_post']))} {step['decided_by__name']}{instead}"
    verdict = facts.VERDICTS[step["verdict"]]
    return f"{verdict}{reason}　{who} {day.year}年{day.month}月{day.day}日"


def decisions_used_by(op_id: UUID, terms: Terms) -> tuple[str, ...]:
    """The decisions that an operation used, each once with its clause and its request's label.

    A body outside agreed by a letter: the body and the letter stand in a person's place.
    """
    steps = models.ApprovalStep.objects.filter(need__used_by=op_id).order_by("at_us", "id")
    columns = ("need__clause", "need__title", "need__request__label_serial")
    rows = steps.values(*columns, *STEPS_OF, *_LETTER)
    return tuple(dict.fromkeys(_used(row, terms) for row in rows))


def _used(row: Mapping[str, Any], terms: Terms) -> str:
    label = office.label("A", row["need__request__label_serial"])
    said = decision_worded(row, terms)
    if row["body_name"]:
        said = f"{row['body_name']}{facts.VERDICTS[row['verdict']]}（来函 {row['letter']}）"
    return f"{row['need__title']}（{row['need__clause']}）：{said}（报批单 {label}）"
