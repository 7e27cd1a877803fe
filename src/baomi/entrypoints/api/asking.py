"""What a program sends with a deed or a question about it: names, numbers, labels or ids."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from baomi.engine import registry
from baomi.engine.face.asking import Entered, Second
from baomi.engine.inputs import Fault, InvalidInputs
from baomi.engine.request import Request
from baomi.entrypoints.guarding.logged_in import Asking, address_of
from baomi.kernel.action import Action
from baomi.kernel.words import Door

MEANT = "编号、标签、姓名或 id"
MOST_TARGETS = 1000  # the engine says in words when there are more than a deed may have


class Sent(BaseModel):
    """What a program sends: nothing but what is expected, so that a slip does not go unseen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SecondSent(Sent):
    """The second person of a two-person deed."""

    login: str = Field(title="第二人登录名", max_length=200)
    password: SecretStr = Field(title="第二人口令", max_length=1000)


class QuestionSent(Sent):
    """A deed that is asked about: without ``inputs`` as its button, with them as its form."""

    targets: list[str] = Field(
        default=[], title="办理对象", description=MEANT, max_length=MOST_TARGETS
    )
    inputs: dict[str, Any] | None = Field(
        default=None, title="填写的内容", description="不给：只判断能不能开始办理"
    )
    happened_on: date | None = Field(
        default=None, title="发生日期", description="补记已过去的一天时填写"
    )
    late_reason: str = Field(default="", title="补记原因", max_length=2000)


class DeedSent(QuestionSent):
    """A deed that is to be done."""

    inputs: dict[str, Any] = Field(default={}, title="填写的内容")
    op_id: UUID | None = Field(
        default=None,
        title="操作编号",
        description="由程序生成的 UUID：重发同一操作编号不会重复办理，得到同一回执",
    )
    second: SecondSent | None = Field(
        default=None, title="第二人", description="须两人办理的事项：第二人的登录名和口令"
    )


class ApprovalSent(QuestionSent):
    """A deed for which approval is asked: exactly this may be done once it is granted."""

    inputs: dict[str, Any] = Field(default={}, title="填写的内容")
    reason: str = Field(title="报批理由", max_length=2000)
    again_of: UUID | None = Field(
        default=None, title="原报批单", description="退回修改后重新报批的，给出原来的报批单"
    )
    op_id: UUID | None = Field(
        default=None, title="操作编号", description="由程序生成的 UUID，重发不会重复报批"
    )


def action_named(name: str) -> Action[Any]:
    """The action of a name. Raises ``Http404``."""
    found = registry.actions().get(name)
    if found is None:
        raise Http404
    return found


def request_of(
    request: Asking, action: Action[Any], sent: QuestionSent, *, targets: tuple[UUID, ...] = ()
) -> Request:
    """The deed that is asked for. Raises ``InvalidInputs`` with every fault, ``LoginRefused``."""
    is_deed = isinstance(sent, DeedSent)
    return _entered(request, action, sent, targets).request(to_be_done=is_deed)


def asking_for_approval(request: Asking, action: Action[Any], sent: ApprovalSent) -> Request:
    """The deed for which approval is asked. Raises ``InvalidInputs`` with every fault."""
    entered = replace(_entered(request, action, sent, ()), why=sent.reason, again_of=sent.again_of)
    return entered.request_for_approval()


def _entered(
    request: Asking, action: Action[Any], sent: QuestionSent, targets: tuple[UUID, ...]
) -> Entered:
    if action.target is None and sent.targets:
        raise InvalidInputs((Fault("targets", "这件事不需要指定对象，请不要给出办理对象"),))
    op_id = sent.op_id if isinstance(sent, DeedSent | ApprovalSent) else None
    second = sent.second if isinstance(sent, DeedSent) else None
    return Entered(
        action=action,
        person=request.who.person,
        terms=request.who.terms,
        door=Door.API,
        inputs=sent.inputs or {},
        targets=targets,
        typed=sent.targets,
        op_id=str(op_id) if op_id else "",
        happened_on=sent.happened_on.isoformat() if sent.happened_on else "",
        late_reason=sent.late_reason,
        second=Second(second.login, second.password.get_secret_value()) if second else Second(),
        address=address_of(request),
    )
