"""From ``--set k=v`` and JSON files to what an action's ``Inputs`` takes.

A field that names a row of a register (``Pick``) is resolved as the clerk wrote it: a name, a
number, a label.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr

from baomi.entrypoints.cli.answer import Stop
from baomi.entrypoints.cli.reading import pick
from baomi.kernel.action import Inputs
from baomi.kernel.fields import Pick
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level, Person

_LISTS = (list, tuple, set, frozenset, Sequence, Iterable)
_YES_AND_NO = {"是": True, "否": False}
_LEVELS = {level.title: level.code for level in Level}
LARGEST_FILE = 16 * 1024 * 1024


def entered(
    settings: Iterable[str], file: str | None, model: type[Inputs], actor: Person
) -> dict[str, Any]:
    """What was entered, ready to be checked. Raises ``Stop`` and ``BadInput``."""
    raw: dict[str, Any] = {}
    if file is not None:
        raw.update(_object(file))
    for key, values in _gathered(settings).items():
        raw[key] = values[0] if len(values) == 1 else values
    fields = model.model_fields
    return {
        key: _meant(value, fields[key].annotation, fields[key].metadata, actor)
        if key in fields
        else value
        for key, value in raw.items()
    }


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


def _meant(value: Any, annotation: Any, metadata: Iterable[Any], actor: Person) -> Any:
    """One value, its names resolved as deep as the annotation goes."""
    for kind in (each.kind for each in metadata if isinstance(each, Pick)):
        return str(pick(actor, kind, value)) if isinstance(value, str) else value
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _meant(value, inner[0], inner[1:], actor)
    if origin in (Union, UnionType):
        return _one_of(value, inner, actor)
    if origin in _LISTS or annotation in _LISTS:
        of = inner[0] if inner else Any
        many = value if isinstance(value, list) else [value]
        return [_meant(each, of, (), actor) for each in many]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _row(value, annotation, actor)
    return _plain(value, annotation)


def _one_of(value: Any, kinds: tuple[Any, ...], actor: Person) -> Any:
    if value is None or (value == "" and type(None) in kinds):
        return None
    others = [kind for kind in kinds if kind is not type(None)]
    return _meant(value, others[0], (), actor)


def _row(value: Any, model: type[BaseModel], actor: Person) -> Any:
    if not isinstance(value, dict):
        return value
    fields = model.model_fields
    return {
        key: _meant(each, fields[key].annotation, fields[key].metadata, actor)
        if key in fields
        else each
        for key, each in value.items()
    }


def _plain(value: Any, annotation: Any) -> Any:
    if not isinstance(value, str):
        return value
    if annotation is bool:
        return _YES_AND_NO.get(value, value)
    if annotation is SecretStr:
        raise BadInput("口令不能写在命令行里：请用 baomi passwd")
    if get_origin(annotation) is Literal and Level.SECRET.code in get_args(annotation):
        return _LEVELS.get(value, value)
    return value


def told_fields(model: type[Inputs]) -> list[Mapping[str, Any]]:
    """The fields of an action's inputs: name, title, whether needed, what is meant."""
    return [
        {
            "name": name,
            "title": field.title or name,
            "required": field.is_required(),
            "description": field.description or "",
        }
        for name, field in model.model_fields.items()
    ]
