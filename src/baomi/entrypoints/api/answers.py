"""What the API answers: the models that document it, and the answers themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from django.http import JsonResponse
from pydantic import BaseModel, Field, SecretStr

from baomi.engine.face.listed import as_data
from baomi.engine.inputs import Fault


class Trouble(BaseModel):
    """One sentence: what is wrong, and how to mend it."""

    error: str = Field(title="原因", description="出了什么问题、怎样处理")


class FieldFault(BaseModel):
    """What is wrong with one field."""

    field: str = Field(title="项目", description="如 papers.0.issuer；空：不属于某一项")
    sentence: str = Field(title="原因", description="哪里不对、怎样改")


class Faulty(BaseModel):
    """Everything that is wrong with what was sent."""

    faults: list[FieldFault] = Field(title="填写有误的项目")


class RefusalTold(BaseModel):
    """One reason why not."""

    clause: str = Field(title="条款", description="制度条款编号；access：办理权限")
    title: str = Field(title="条款名称")
    guard: str = Field(title="拦阻")
    reason: str = Field(title="不准办理的原因")
    remedy: str = Field(title="怎样才能办")
    remedy_action: str | None = Field(title="可先办理的事项")
    remedy_title: str | None = Field(title="可先办理的事项的名称")


class RefusedTold(BaseModel):
    """Every reason why not, never only the first."""

    refused: list[RefusalTold] = Field(title="不准办理的原因")


class PersonTold(BaseModel):
    """Who somebody is."""

    id: UUID = Field(title="编号")
    name: str = Field(title="姓名")
    posts: list[str] = Field(title="岗位")


class SessionTold(BaseModel):
    """Who is logged in, and the token that every POST bears."""

    csrf: str = Field(title="防伪令牌", description="每次 POST 放在 X-CSRFToken 头里")
    person: PersonTold = Field(title="登录人")
    must_change_password: bool = Field(title="须先修改口令")


class DoneTold(BaseModel):
    """A deed that was done."""

    receipt: str = Field(title="回执")
    op_id: UUID = Field(title="操作编号")
    told: dict[str, Any] = Field(title="办理结果", description="如新登记的编号")
    notes: list[RefusalTold] = Field(title="补录提示")


class MayNeedTold(BaseModel):
    """An approval that a deed may need, depending on what is entered."""

    clause: str = Field(title="条款")
    title: str = Field(title="批准什么")
    by: str = Field(title="由谁批准")


class VerdictTold(BaseModel):
    """Whether a deed may be done."""

    allowed: bool = Field(title="是否准予办理")
    refused: list[RefusalTold] = Field(title="不准办理的原因")
    may_need: list[MayNeedTold] = Field(
        title="视填写内容可能须先报批的", description="给出要填写的内容后为空"
    )


class RowsTold(BaseModel):
    """Some rows of a register."""

    rows: list[dict[str, Any]] = Field(title="各行", description="每行按栏目名称给出")
    ids: list[str] = Field(title="各行的 id")
    level: str = Field(title="本页最高密级", description="代码，如 secret")
    after: str | None = Field(title="下一页从此之后")
    before: str | None = Field(title="上一页到此之前")


class HistoryTold(BaseModel):
    """Every movement of a copy, oldest first."""

    rows: list[dict[str, Any]] = Field(title="流转经过")
    level: str = Field(title="最高密级", description="代码，如 secret")


class DeedTold(BaseModel):
    """What may be done to a thing, or why not."""

    name: str = Field(title="事项")
    title: str = Field(title="名称")
    allowed: bool = Field(title="现在是否可办")
    refused: list[RefusalTold] = Field(title="不准办理的原因")
    fault: str = Field(title="现有情况不能办理的原因")


class ObjectTold(BaseModel):
    """One row of a register with every column, and what may be done to it."""

    kind: str = Field(title="类别")
    id: UUID = Field(title="id")
    level: str = Field(title="密级", description="代码，如 secret")
    row: dict[str, Any] = Field(title="内容", description="按栏目名称给出")
    deeds: list[DeedTold] = Field(title="可申请办理的事项")


class JobTold(BaseModel):
    """A job of one's own."""

    id: UUID = Field(title="id")
    kind: str = Field(title="类别")
    title: str = Field(title="名称")
    state: str = Field(title="状态")
    state_title: str = Field(title="状态名称")
    done: int = Field(title="已完成")
    total: int = Field(title="总数", description="0：尚不知道")
    ahead: int = Field(title="排在前面的作业数")
    is_stopping: bool = Field(title="正在停止")
    told: dict[str, Any] = Field(title="结果")
    faults: list[str] = Field(title="没有办成的原因")
    has_file: bool = Field(title="有文件可取")


class JobAsked(BaseModel):
    """A job that was put into the queue."""

    job: UUID = Field(title="作业的 id")


_WHY: Final = {
    400: "无法识别",
    401: "尚未登录或登录已过期",
    403: "须先修改口令，或缺少防伪令牌",
    404: "没有，或者无权查看",
    409: "不准办理，或操作编号已用过",
    413: "内容太大",
    415: "不是 JSON",
    422: "填写有误",
    503: "系统暂不可用",
}
_OF_ALL: Final = (401, 403, 404, 503)
_OF_POSTS: Final = (400, 413)

Documented = dict[int, Any]


def reading(model: Any) -> Documented:
    """Every answer to a GET."""
    return {200: model, **dict.fromkeys(_OF_ALL, Trouble), 422: Faulty}


def posting(model: Any, *, status: int = 200, **more: Any) -> Documented:
    """Every answer to a POST; ``refusable=True``: it may be refused by a clause."""
    told: Documented = {status: model, **dict.fromkeys((*_OF_ALL, *_OF_POSTS), Trouble)}
    told[422] = Faulty
    if more.get("refusable"):
        told[409] = RefusedTold | Trouble
    return told


def why(status: int) -> str:
    """What a status means, Chinese."""
    return _WHY.get(status, "已办" if status < 300 else "")


def told(data: Mapping[str, Any] | list[Any], *, status: int = 200) -> JsonResponse:
    """An answer."""
    return JsonResponse(data, status=status, safe=False, json_dumps_params={"ensure_ascii": False})


def trouble(sentence: str, *, status: int) -> JsonResponse:
    """One sentence."""
    return told({"error": sentence}, status=status)


def faulty(faults: Iterable[Fault]) -> JsonResponse:
    """Every fault of what was sent."""
    listed = [{"field": each.field, "sentence": each.sentence} for each in faults]
    return told({"faults": listed}, status=422)


def plain(value: Any) -> Any:
    """Whatever a deed told: ids as text, a code that is told once in clear."""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return as_data(value)
