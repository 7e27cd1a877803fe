"""From ``--set k=v`` and JSON files to what an action's ``Inputs`` takes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from baomi.engine.face.meant import Meaning
from baomi.entrypoints.cli.answer import Stop
from baomi.kernel.action import Inputs
from baomi.kernel.terms import Terms
from baomi.kernel.words import Person

LARGEST_FILE = 16 * 1024 * 1024


def entered(
    settings: Iterable[str], file: str | None, model: type[Inputs], actor: Person, terms: Terms
) -> dict[str, Any]:
    """What was entered, ready to be checked. Raises ``Stop`` and ``BadInput``."""
    raw: dict[str, Any] = {}
    if file is not None:
        raw.update(_object(file))
    for key, values in _gathered(settings).items():
        raw[key] = values[0] if len(values) == 1 else values
    return Meaning(actor, terms).row(raw, model)


def in_codes(content: Mapping[str, Any], model: type[Inputs], terms: Terms) -> dict[str, Any]:
    """What was written into a plan, the words of its choices turned into codes."""
    return Meaning(None, terms).row(content, model)


def _gathered(settings: Iterable[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for setting in settings:
        key, sign, value = setting.partition("=")
        if not sign or not key.strip():
            raise Stop("--set 的写法是 名称=内容，例如 --set purpose=reading。")
        found.setdefault(key.strip(), []).append(_value(value))
    return found


def _value(text: str) -> Any:
    if text.startswith("@@"):
        return text[1:]
    return read_json(text[1:]) if text.startswith("@") else text


def read_json(name: str) -> Any:
    """The content of a JSON file. Raises ``Stop``: unreadable, too large, not JSON."""
    path = Path(name)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Stop(f"{name} 太大（超过 16 MB），不像是填写的内容。")
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise Stop(f"读不到文件 {name}：请核对路径。") from None
    except (ValueError, RecursionError):
        raise Stop(f"{name} 不是 UTF-8 编码的 JSON：请核对内容。") from None


def _object(file: str) -> dict[str, Any]:
    content = read_json(file)
    if not isinstance(content, dict):
        raise Stop(f'{file} 应当是一个 JSON 对象，形如 {{"名称": 内容}}。')
    return content
