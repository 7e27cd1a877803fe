"""From what a browser posts to what an action's ``Inputs`` is shaped like, before any check."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, get_origin

from django.http import QueryDict
from pydantic import BaseModel

from baomi.engine.face.choices import inside, row_in

MOST_ROWS: Final = 1000
_NUMBER: Final = re.compile(r"\d{1,4}")


def raw_of(posted: QueryDict, model: type[BaseModel], within: str = "") -> dict[str, Any]:
    """The fields that were filled in; an empty one is left out, an empty row as well."""
    raw: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        place = f"{within}{name}"
        row = row_in(field.annotation)
        if row is not None and is_several(field.annotation):
            rows = [raw_of(posted, row, f"{place}.{n}.") for n in _numbers(posted, place)]
            if filled := [each for each in rows if _is_filled(each)]:
                raw[name] = filled
        elif row is not None:
            if _is_filled(one := raw_of(posted, row, f"{place}.")):
                raw[name] = one
        elif is_several(field.annotation):
            if values := [each for each in posted.getlist(place) if each.strip()]:
                raw[name] = values
        elif (value := posted.get(place, "")).strip():
            raw[name] = value
    return raw


def is_several(annotation: Any) -> bool:
    """Whether a field holds a list."""
    return get_origin(annotation) in (tuple, list, set, frozenset)


def _numbers(posted: QueryDict, place: str) -> list[int]:
    start = f"{place}."
    numbers = {name[len(start) :].partition(".")[0] for name in posted if name.startswith(start)}
    found = sorted(int(each) for each in numbers if _NUMBER.fullmatch(each))
    return found[:MOST_ROWS]


def _is_filled(row: Mapping[str, Any]) -> bool:
    """Whether more stands in a row than the 是 and 否 that it begins with."""
    return any(value not in ("true", "false") for value in row.values())


def kind_of(annotation: Any) -> type[Any] | None:
    """The plain type of one item of a field."""
    kind = inside(annotation)
    return kind if isinstance(kind, type) else None
