"""From what was entered to an action's ``Inputs``, with a Chinese sentence for each fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from inspect import isclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from baomi.engine.evidence import observe
from baomi.kernel.action import Action, Inputs

_SENTENCES = {
    "missing": "“{title}”没有填写，请补上",
    "extra_forbidden": "没有“{field}”这一项，请核对名称",
    "string_too_short": "“{title}”没有填写，请补上",
    "string_too_long": "“{title}”太长，请缩短",
    "int_parsing": "“{title}”应当是整数",
    "int_type": "“{title}”应当是整数",
    "int_from_float": "“{title}”应当是整数",
    "greater_than_equal": "“{title}”太小",
    "less_than_equal": "“{title}”太大",
    "bool_parsing": "“{title}”请填“是”或“否”",
    "uuid_parsing": "“{title}”不认识，请重新选择",
    "date_from_datetime_parsing": "“{title}”不是有效的日期，请按 2026-01-31 的样子填写",
    "date_parsing": "“{title}”不是有效的日期，请按 2026-01-31 的样子填写",
    "date_from_datetime_inexact": "“{title}”只填日期，不填时刻",
    "enum": "“{title}”不在可选的范围内",
    "literal_error": "“{title}”不在可选的范围内",
    "too_short": "“{title}”至少要有一项",
    "too_long": "“{title}”项数太多",
}
_UNKNOWN = "“{title}”填写不正确，请核对"


@dataclass(frozen=True, slots=True)
class Fault:
    """One field that cannot be meant, and the sentence that says so."""

    field: str
    sentence: str


class InvalidInputs(Exception):
    """What was entered does not fit the action: every fault at once."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__(" ".join(fault.field for fault in faults))


def parse(action: Action[Any], entered: Mapping[str, Any], *, door: str = "") -> Inputs:
    """The action's inputs. Raises ``InvalidInputs``; nothing of what was entered is in it.

    ``door`` names the entrypoint of a deed that is to be done, for the coverage measurement.
    """
    try:
        return action.inputs.model_validate(dict(entered))
    except ValidationError as wrong:
        faults = faults_in(action.inputs, wrong.errors(include_url=False))
        for fault in faults:
            key = f"{action.name}/{_path(fault.field)}"
            observe("inputs", key, "refused", door=door, action=action.name)
        raise InvalidInputs(faults) from None


def faults_in(model: type[BaseModel], errors: list[ErrorDetails]) -> tuple[Fault, ...]:
    """A sentence for every fault of a model's fields; nothing of what was entered is in it."""
    return tuple(_fault(model, error) for error in _innermost(errors))


def _path(field: str) -> str:
    """A field as a rule names it, whichever row it stood in: ``papers.issuer``."""
    return ".".join(part for part in field.split(".") if not part.isdigit())


def _innermost(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Without what is said of a whole list only because a row in it is at fault."""
    places = [error["loc"] for error in errors]
    return [
        error
        for error in errors
        if not any(
            len(place) > len(error["loc"]) and place[: len(error["loc"])] == error["loc"]
            for place in places
        )
    ]


def _fault(model: type[BaseModel], error: ErrorDetails) -> Fault:
    field = ".".join(str(part) for part in error["loc"])
    title = _title(model, error["loc"])
    if error["type"] == "value_error":
        return Fault(field, str(error["ctx"]["error"]))
    sentence = _SENTENCES.get(error["type"], _UNKNOWN)
    return Fault(field, sentence.replace("{title}", title).replace("{field}", field))


def _title(model: type[BaseModel], place: tuple[int | str, ...]) -> str:
    """A field's title; of a field in a row, the row as well: 文件第2项的成文日期."""
    name, *inside = place or ("",)
    field = model.model_fields.get(str(name))
    if field is None:
        return str(name)
    title = field.title or str(name)
    rows = [each for each in get_args(field.annotation) if isclass(each)]
    if len(inside) > 1 and isinstance(inside[0], int) and issubclass(rows[0], BaseModel):
        return f"{title}第{inside[0] + 1}项的{_title(rows[0], tuple(inside[1:]))}"
    return title
