"""What a deed tells its asker: numbers, labels and counts for people, ids for programs alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from pydantic import SecretStr

# every key that an action tells; what is only an id is shown to programs alone
TITLES: Final[Mapping[str, str]] = {
    "account": "账号",
    "accounts": "账号",
    "asked": "报请审批的岗位",
    "attachment": "附件",
    "badge": "工牌",
    "body": "外单位",
    "cabinet": "文件柜",
    "code": "一次性口令（撕开后交本人，只显示这一次）",
    "codes": "一次性口令（撕开后交本人，只显示这一次）",
    "consultation": "查档",
    "conveyance": "传达",
    "copies": "份数",
    "copy_numbers": "份号",
    "days_off": "放假天数",
    "days_worked": "调休上班天数",
    "decided": "审批件数",
    "deputation": "代理",
    "document": "工作文件材料",
    "duties": "应办事项数",
    "duty": "应办事项",
    "envelope": "收文",
    "export": "导出",
    "holding": "任职",
    "label": "标签",
    "labels": "标签",
    "members": "传阅范围人数",
    "notice": "放假安排",
    "number": "编号",
    "opened": "列出的应办事项数",
    "outing": "外出携带",
    "oversight": "领导分管",
    "paper": "文件",
    "papers": "文件",
    "person": "人员",
    "pledge": "责任书",
    "recorded": "登记意见件数",
    "recounted": "重算日期的应办事项数",
    "registered_number": "登记编号",
    "request": "报批单",
    "requests": "撤回件数",
    "review": "制度复核",
    "room": "房间",
    "same_as": "同一人",
    "slip": "交接清单",
    "unit": "单位",
    "verdict": "审批结果",
    "version": "制度版本",
    "yearly": "年度计划或总结",
}
# what stands under these keys is named by logins, not by keys of this table
_BY_LOGIN: Final = frozenset({"accounts", "codes"})


def told_lines(told: Mapping[str, Any]) -> Iterator[str]:
    """What a receipt tells a person, a line for each thing; ids are left out.

    A key that is not known is left out as well: the deed is done, and its receipt must be shown.
    """
    for key, value in told.items():
        if key not in TITLES:
            continue
        if _are_rows(value):
            for place, row in enumerate(value, start=1):
                yield f"{TITLES[key]} {place}：{_row(row)}"
        elif text := _text(key, value):
            yield f"{TITLES[key]}：{text}"


def told_data(value: Any) -> Any:
    """The same for programs; a one-time code is told here, and nowhere else."""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, Mapping):
        return {key: told_data(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [told_data(each) for each in value]
    return value


def _are_rows(value: Any) -> bool:
    is_list = isinstance(value, list | tuple) and bool(value)
    return is_list and all(isinstance(each, Mapping) for each in value)


def _row(row: Mapping[str, Any]) -> str:
    pieces = ((TITLES.get(key, ""), _text(key, value)) for key, value in row.items())
    return "，".join(f"{title} {text}" for title, text in pieces if title and text)


def _text(key: str, value: Any) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, Mapping):
        if key in _BY_LOGIN:
            named = ((login, _text("", each)) for login, each in value.items())
            return "，".join(f"{login} {text}" for login, text in named if text)
        return _row(value)
    if isinstance(value, list | tuple | set | frozenset):
        return "、".join(filter(None, (_text(key, each) for each in value)))
    return "" if value is None or _is_id(value) else str(value)


def _is_id(value: Any) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True
