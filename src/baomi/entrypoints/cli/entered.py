"""From ``--set k=v`` and JSON files to what an action's ``Inputs`` takes.

A field that names a row of a register (``Pick``) is resolved as the clerk wrote it: a name, a
number, a label. A field with choices takes their words as the lists print them: 机密, 承办, 是.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr

from baomi.entrypoints.cli.answer import Stop
from baomi.entrypoints.cli.choices import YES_AND_NO, code_of
from baomi.entrypoints.cli.reading import pick
from baomi.kernel.action import Inputs
from baomi.kernel.fields import Pick
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person

_LISTS = (list, tuple, set, frozenset, Sequence, Iterable)
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
    return _Reading(actor, terms).row(raw, model)


def in_codes(content: Mapping[str, Any], model: type[Inputs], terms: Terms) -> dict[str, Any]:
    """What was written into a plan, the words of its choices turned into codes."""
    return _Reading(None, terms).row(content, model)


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


@dataclass(frozen=True, slots=True)
class _Reading:
    """Who enters it, and the words of the day."""

    actor: Person | None  # None: before there is an office, with no rows to be named
    terms: Terms

    def row(self, values: Mapping[str, Any], model: type[BaseModel]) -> dict[str, Any]:
        """The fields of one row; what is no field is left for the check of the inputs."""
        fields = model.model_fields
        return {
            key: self.meant(value, fields[key].annotation, fields[key].metadata)
            if key in fields
            else value
            for key, value in values.items()
        }

    def meant(self, value: Any, annotation: Any, metadata: Iterable[Any] = ()) -> Any:
        """One value, its names and words resolved as deep as the annotation goes."""
        for kind in (each.kind for each in metadata if isinstance(each, Pick)):
            if self.actor is None or not isinstance(value, str):
                return value
            return str(pick(self.actor, kind, value))
        origin, inner = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self.meant(value, inner[0], inner[1:])
        if origin in (Union, UnionType):
            return self._one_of(value, inner)
        if origin in _LISTS or annotation in _LISTS:
            of = inner[0] if inner else Any
            many = value if isinstance(value, list) else [value]
            return [self.meant(each, of) for each in many]
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return self.row(value, annotation) if isinstance(value, dict) else value
        return self._plain(value, annotation)

    def _one_of(self, value: Any, kinds: tuple[Any, ...]) -> Any:
        if value is None or (value == "" and type(None) in kinds):
            return None
        return self.meant(value, next(kind for kind in kinds if kind is not type(None)))

    def _plain(self, value: Any, annotation: Any) -> Any:
        if not isinstance(value, str):
            return value
        if annotation is bool:
            return YES_AND_NO.get(value.strip(), value)
        if annotation is SecretStr:
            raise BadInput("口令不能写在命令行里：请用 baomi passwd")
        return code_of(value, annotation, self.terms)
