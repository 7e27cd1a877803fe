"""Refusals, notes and receipts, worded for the person who asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import SecretStr

from baomi.engine import registry
from baomi.entrypoints.cli.reading import may_see
from baomi.kernel.judge import ACCESS
from baomi.kernel.verdict import Refusal
from baomi.kernel.words import Person
from baomi.rulebook.text import ControlKind, load_text

# what actions tell their asker, by key
_TOLD = {
    "code": "一次性口令（撕开后交本人，只显示这一次）",
    "codes": "一次性口令（撕开后交本人，只显示这一次）",
    "account": "账号编号",
    "person": "人员编号",
    "unit": "单位编号",
    "room": "房间编号",
    "cabinet": "文件柜编号",
    "envelope": "收文编号",
    "paper": "文件编号",
    "papers": "文件编号",
    "copies": "份的编号",
    "export": "导出编号",
    "duty": "应办编号",
    "numbers": "收文编号",
    "labels": "标签",
}


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
    told = []
    for refusal in refusals:
        reason, remedy = refusal.words(may_see(actor))
        action = registry.actions().get(refusal.remedy_action or "")
        told.append(
            {
                "clause": refusal.clause,
                "title": clause_title(refusal.clause),
                "guard": refusal.guard,
                "reason": reason,
                "remedy": remedy,
                "remedy_action": refusal.remedy_action,
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
            yield f"  可办理：{each['remedy_title']}（baomi act {each['remedy_action']}）"


def control_title(kind: str) -> str:
    """How a control carries its clause, Chinese: 拦阻, 审批, 台账 and so on."""
    return ControlKind(kind).label


def told_title(key: str) -> str:
    """What a receipt tells, by its key; an unknown key stands for itself."""
    return _TOLD.get(key, key)


def told_value(value: Any) -> str:
    """A value that a receipt tells; a one-time code is shown here, and nowhere else."""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, Mapping):
        return "，".join(f"{key} {told_value(each)}" for key, each in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return "、".join(told_value(each) for each in value)
    return str(value)


def told_data(value: Any) -> Any:
    """The same for programs."""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, Mapping):
        return {key: told_data(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [told_data(each) for each in value]
    return value
