"""Refusals and notes, worded for the person who asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from baomi.engine import registry
from baomi.engine.face.reading import may_see
from baomi.kernel.judge import ACCESS, ASK
from baomi.kernel.verdict import Ref, Refusal
from baomi.kernel.words import Person
from baomi.rulebook.text import ControlKind, load_text

NOT_YET = "（此功能尚未提供，请先按纸质手续办理）"


def clause_title(clause: str) -> str:
    """Title of a clause, Chinese; of one beyond the source, the title that its code gives it."""
    if clause == ACCESS:
        return "办理权限"
    text = load_text().by_id.get(clause)
    if text is not None:
        return text.title
    for declared in registry.rulebook():
        if clause in {part.id for part in declared.every_part()}:
            return declared.title
    return ""


def as_data(refusals: Iterable[Refusal], actor: Person) -> list[dict[str, Any]]:
    """Each refusal as a program reads it; a thing that the actor may not see is not named."""
    return worded(refusals, may_see(actor))


def worded(refusals: Iterable[Refusal], sees: Callable[[Ref], bool]) -> list[dict[str, Any]]:
    """Each refusal, for a reader who may see some things.

    A remedy that is no deed of this program yet says so, and names none.
    """
    told = []
    for refusal in refusals:
        reason, remedy = refusal.words(sees)
        action = registry.actions().get(refusal.remedy_action or "")
        is_missing = refusal.remedy_action is not None and action is None
        told.append(
            {
                "clause": refusal.clause,
                "title": clause_title(refusal.clause),
                "guard": refusal.guard,
                "reason": reason,
                "remedy": f"{remedy}{NOT_YET}" if is_missing else remedy,
                "remedy_action": action.name if action else None,
                "remedy_title": action.title if action else None,
            }
        )
    return told


def as_lines(told: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Each refusal in two or three lines: clause and reason, remedy, and how to go about it."""
    for each in told:
        number = "" if each["clause"] == ACCESS else each["clause"]
        yield f"✗ {' '.join(filter(None, (number, each['title'])))}：{each['reason']}"
        yield f"  怎样才能办：{each['remedy']}"
        if each["remedy_title"]:
            how = (
                "ask，内容与本次相同"
                if each["remedy_action"] == ASK
                else f"act {each['remedy_action']}"
            )
            yield f"  可办理：{each['remedy_title']}（baomi {how}）"


def control_title(kind: str) -> str:
    """How a control carries its clause, Chinese: 拦阻, 审批, 台账 and so on."""
    return ControlKind(kind).label
