"""What an action's inputs are: for every door, the reference, and for faults of entering."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, get_origin

from pydantic import BaseModel

from baomi.engine.face.choices import choices_of, inside, row_in
from baomi.engine.inputs import Fault, InvalidInputs
from baomi.kernel.action import Action
from baomi.kernel.terms import Terms


def told_fields(model: type[BaseModel], terms: Terms) -> list[dict[str, Any]]:
    """Each field: name, title, whether needed, what is meant, its choices, the fields in it."""
    return [
        {
            "name": name,
            "title": field.title or name,
            "required": field.is_required(),
            "description": field.description or "",
            "several": get_origin(field.annotation) in (tuple, list),
            "choices": [
                {"code": each.code, "title": each.title}
                for each in choices_of(field.annotation, terms)
            ],
            "fields": told_fields(row, terms) if (row := row_in(field.annotation)) else [],
        }
        for name, field in model.model_fields.items()
    ]


def needed_titles(model: type[BaseModel]) -> list[str]:
    """Titles of the fields that must be filled in."""
    fields = model.model_fields.items()
    return [field.title or name for name, field in fields if field.is_required()]


@contextmanager
def choices_told(action: Action[Any], terms: Terms) -> Iterator[None]:
    """Faults of entering name what may be chosen. Raises ``InvalidInputs``."""
    try:
        yield
    except InvalidInputs as wrong:
        faults = tuple(_with_choices(each, action.inputs, terms) for each in wrong.faults)
        raise InvalidInputs(faults) from None


def _with_choices(fault: Fault, model: type[BaseModel], terms: Terms) -> Fault:
    kind = _kind_at(model, [part for part in fault.field.split(".") if not part.isdigit()])
    # the sentence on 是 and 否 says them already
    choices = () if kind is bool else choices_of(kind, terms)
    if not choices:
        return fault
    listed = "、".join(choice.title for choice in choices)
    return replace(fault, sentence=f"{fault.sentence}，可填：{listed}")


def _kind_at(model: type[BaseModel], place: list[str]) -> Any:
    name, *further = place or [""]
    field = model.model_fields.get(name)
    if field is None:
        return None
    row = row_in(field.annotation)
    if row is not None and further:
        return _kind_at(row, further)
    return inside(field.annotation)
