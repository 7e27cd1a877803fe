"""How the rulebook's data files are read: strictly, so that a slip of the pen is found at once."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

# libyaml reads a whole rulebook in a tenth of the time; not every platform's wheel carries it.
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_COMPLAINTS = {
    "extra_forbidden": "是未知的项，请删去或改正名称",
    "missing": "缺少，请补上",
    "literal_error": "不在允许的取值之内",
    "enum": "不在允许的取值之内",
    "string_pattern_mismatch": "写法不对，请照已有的各项改正",
    "string_too_long": "太长，请缩短",
    "string_too_short": "不得为空，请补上",
    "too_short": "项数不够，请补上",
}


class RulebookError(ValueError):
    """A data file of the rulebook is wrong; the text says in Chinese what, and how to mend it."""


class Record(BaseModel):
    """Base of everything read from a data file: unchangeable, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


RecordT = TypeVar("RecordT", bound=Record)


class _StrictLoader(_Safe):  # type: ignore[misc]  # the base is chosen at run time
    """A safe loader that refuses a key written twice, where YAML lets the last one win."""

    def construct_mapping(self, node: Any, *, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                continue  # the loader itself refuses such a key
            if key in seen:
                line = key_node.start_mark.line + 1
                raise RulebookError(f"第{line}行的“{key}”重复出现，请删去其中一个")
            seen.add(key)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def read_record(path: Path, kind: type[RecordT]) -> RecordT:
    """The record that a YAML file holds; raises ``RulebookError`` where the file is wrong."""
    return as_record(read_document(path), kind, path.name)


def read_document(path: Path) -> Any:
    """The plain data of a YAML file; raises ``RulebookError`` for no file, or one not readable."""
    try:
        # Only a subclass of the safe loader is used: it builds plain data and nothing else.
        return yaml.load(path.read_text("utf-8"), Loader=_StrictLoader)  # noqa: S506  # safe subclass
    except RulebookError as error:
        raise RulebookError(f"{path.name}：{error}") from None
    except FileNotFoundError:
        raise RulebookError(f"找不到制度数据文件 {path.name}，请检查安装是否完整") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RulebookError(f"{path.name} 第{line}行附近不合 YAML 的写法，请改正") from error
    except (yaml.YAMLError, ValueError) as error:  # ValueError: no UTF-8, or no such day
        raise RulebookError(f"{path.name} 不合 YAML 的写法，或有不存在的日期，请改正") from error


def as_record(data: object, kind: type[RecordT], name: str) -> RecordT:
    """Plain data as a record; ``name`` is the file to name in the ``RulebookError``."""
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "全文"
        if first["type"] == "value_error":  # said by the record's own validator, in Chinese
            complaint = f"：{first['ctx']['error']}"
        else:
            complaint = _COMPLAINTS.get(first["type"], "的取值不对，请改正")
        raise RulebookError(f"{name}：“{place}”{complaint}") from None
