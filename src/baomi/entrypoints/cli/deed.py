"""A deed as it is asked for at the command line: what ``act`` and ``why`` share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Any
from uuid import UUID

import click

from baomi.engine import registry
from baomi.engine.request import Request
from baomi.entrypoints.cli.answer import Stop
from baomi.entrypoints.cli.entered import entered
from baomi.entrypoints.cli.session import Asker
from baomi.entrypoints.cli.targets import targets_of
from baomi.kernel.action import Action
from baomi.kernel.ids import new_id
from baomi.kernel.judge import may_ask
from baomi.kernel.words import Door


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The words of the command line."""

    name: str
    targets: tuple[str, ...]
    settings: tuple[str, ...]
    file: str | None
    op: str | None = None
    on: str | None = None
    reason: str = ""


def deed_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments and options that name a deed, for ``act`` and ``why`` alike."""
    for decorate in reversed(_DEED_OPTIONS):
        command = decorate(command)
    return command


_DEED_OPTIONS = (
    click.argument("name", metavar="事项", help="事项的名称，如 custody.hand_over_copy"),
    click.argument(
        "targets",
        nargs=-1,
        metavar="[对象]…",
        help="标签、编号、姓名等，可写多个；写 - 则从标准输入逐行读取（扫码枪）",
    ),
    click.option(
        "--set",
        "settings",
        multiple=True,
        metavar="名称=内容",
        help="要填的内容；同一名称写几次就是几项；内容写 @文件.json 则从文件读取",
    ),
    click.option(
        "--json-inputs", "file", metavar="文件", help="把要填的全部内容写在一个 JSON 文件里"
    ),
    click.option("--on", metavar="日期", help="补记：事情发生的日期，如 2026-01-31"),
    click.option("--reason", metavar="原因", default="", help="补记的原因"),
    click.option("--as", "as_post", metavar="岗位[@单位]", help="只限演示机关：以该岗位办理"),
)


def action_named(name: str) -> Action[Any]:
    """The action of a name, or of a Chinese title that only one has. Raises ``Stop``."""
    actions = registry.actions()
    if name in actions:
        return actions[name]
    titled = [action for action in actions.values() if action.title == name]
    if len(titled) == 1:
        return titled[0]
    near = get_close_matches(name, actions, n=3) or [each.name for each in titled]
    perhaps = f"是不是 {'、'.join(near)}？" if near else ""
    raise Stop(f"没有“{name}”这件事。{perhaps}全部事项见 baomi rules。")


def request_to_do(wanted: Wanted, asker: Asker, *, second: UUID | None) -> Request:
    """The request to do it; whoever may not is stopped before what he typed is looked up."""
    if wanted.on is None and may_ask(action_named(wanted.name), asker.person, asker.terms):
        wanted, second = replace(wanted, targets=(), settings=(), file=None), None
    return request_of(wanted, asker, second=second)


def request_of(wanted: Wanted, asker: Asker, *, second: UUID | None = None) -> Request:
    """The request. Raises ``Stop`` and ``BadInput`` for what cannot be meant."""
    action = action_named(wanted.name)
    return Request(
        action=action.name,
        actor=asker.id,
        targets=targets_of(wanted.targets, action.target, asker.person),
        inputs=entered(wanted.settings, wanted.file, action.inputs, asker.person, asker.terms),
        op_id=_operation(wanted.op),
        door=Door.CLI,
        second=second,
        happened_on=_day(wanted.on),
        late_reason=wanted.reason,
    )


def _operation(text: str | None) -> UUID:
    if text is None:
        return new_id()
    try:
        return UUID(text)
    except ValueError:
        raise Stop("--op 应当是一个 UUID：重复办理同一件事时，写上次的操作编号。") from None


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Stop("--on 不是有效的日期，请按 2026-01-31 的样子填写。") from None
