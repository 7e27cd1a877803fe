"""The plan of a founding, read from a file or kept in one, and the paper that it prints."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from baomi.engine import registry
from baomi.engine.face.described import choices_told
from baomi.engine.found import Founding
from baomi.engine.inputs import parse
from baomi.entrypoints.cli.answer import Stop
from baomi.entrypoints.cli.entered import in_codes
from baomi.kernel.clock import clock
from baomi.registers.office.actions.found import FoundingPlan
from baomi.rulebook.terms import Terms

FOUND = "office.found"
LARGEST_PLAN = 1024 * 1024
_ROOT_GROUPS = 4


def plan_from(name: str) -> FoundingPlan:
    """The plan in a YAML file. Raises ``Stop``, ``InvalidInputs``."""
    path = Path(name)
    try:
        if path.stat().st_size > LARGEST_PLAN:
            raise Stop(f"{name} 太大，不像是建账计划。")
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        raise Stop(f"读不到文件 {name}：请核对路径，文件应为 UTF-8 编码。") from None
    except yaml.YAMLError:
        raise Stop(f"{name} 不是正确的 YAML：请核对缩进和冒号。") from None
    if not isinstance(content, dict):
        raise Stop(f"{name} 应当写成“名称: 内容”：见 baomi rules {FOUND}。")
    return checked(content)


def checked(content: Mapping[str, Any]) -> FoundingPlan:
    """The plan of what was entered. Raises ``InvalidInputs``."""
    action = registry.actions()[FOUND]
    terms = Terms.on(clock.today())
    with choices_told(action, terms):
        plan = parse(action, in_codes(content, action.inputs, terms))
    if not isinstance(plan, FoundingPlan):
        raise TypeError("office.found takes a founding plan")
    return plan


def keep(content: Mapping[str, Any], name: str) -> None:
    """Write what was answered into a new plan file, readable by its owner only.

    Raises ``OSError``: it is there already, or cannot be written.
    """
    handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        yaml.safe_dump(dict(content), file, allow_unicode=True, sort_keys=False)


def certificate(founding: Founding, root: str) -> Iterator[str]:
    """The 建账 paper: to be signed and filed; then the one-time codes, each to be torn off."""
    title, *lines = founding.certificate
    yield f"——{title}——"
    yield from lines
    yield f"台账编号：{_grouped(founding.log_id.hex)}"
    yield f"首次封存的根散列值：{_grouped(root) or '（尚未封存，封存后补填）'}"
    yield "请打印、签字、存档：日后凭此校验台账。"
    yield ""
    yield "一次性口令（逐条撕开后交本人，首次登录后须改为自己的口令；只显示这一次）："
    for login, code in founding.codes.items():
        yield "- - - - - - - - - - - - - - - - - - - -"
        yield f"{login}　{code}　撕开后交本人"


def _grouped(digits: str) -> str:
    """Hex digits in groups of four, as they are read aloud and compared."""
    groups = (digits[at : at + _ROOT_GROUPS] for at in range(0, len(digits), _ROOT_GROUPS))
    return " ".join(groups)
