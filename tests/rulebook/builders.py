"""Happenings of cases: what a case leaves out comes from here, lawful as it stands."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import NAMESPACE_OID, UUID, uuid5

from baomi.kernel.happening import Deed, Happening
from baomi.kernel.words import Level, Person
from baomi.rulebook.terms import Terms
from tests.rulebook.lawful import DEED, DEFAULTS


def named_id(name: str) -> UUID:
    """The id that a case means by a name."""
    return uuid5(NAMESPACE_OID, name)


def happening_of(kind: type[Happening], given: Mapping[str, Any]) -> Happening:
    """A happening of a case: what is given, the rest by default."""
    return build(kind, given)


def deed_of(given: Mapping[str, Any]) -> Deed[Any]:
    """The deed of a case, done by the registrar on ``TODAY`` unless it says otherwise."""
    said = _merged(DEED, given)
    today = date.fromisoformat(said["today"])
    return Deed(
        action=said["action"],
        op_id=named_id(said["op_id"]),
        actor=build(Person, said["actor"]),
        second=build(Person, said["second"]) if said["second"] else None,
        today=today,
        recorded_on=date.fromisoformat(said["recorded_on"]),
        terms=Terms.on(today),
        targets=(),
        approvals=(),
        happenings=(),
        shadow=(),
        shadow_on=today,
        facts=None,
    )


def build(kind: type, given: Mapping[str, Any]) -> Any:
    """A frozen fact from plain values; a value that no field has is a mistake in the case."""
    said = _merged(DEFAULTS.get(kind, {}), given)
    hints = get_type_hints(kind)
    names = {field.name for field in fields(kind)}
    if kind is Person:
        said.setdefault("human", said["id"])
    for default in ("copy", "paper"):
        if default in names:
            said.setdefault(default, {})
    return kind(**{name: value_of(hints[name], value) for name, value in said.items()})


def value_of(hint: Any, value: Any) -> Any:
    """A plain value as a field of this type holds it."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        return value_of(next(each for each in inner if each is not type(None)), value)
    if origin in (tuple, frozenset):
        return origin(value_of(inner[0], each) for each in value)
    if origin is not None and issubclass(origin, Mapping):
        return {value_of(inner[0], key): value_of(inner[1], each) for key, each in value.items()}
    if hint is UUID:
        return named_id(value)
    if hint is Level:
        return Level.of(value)
    if hint is date:
        return value if isinstance(value, date) else date.fromisoformat(value)
    if is_dataclass(hint):
        return build(hint, value)
    return hint(value) if issubclass(hint, Enum) else value


def _merged(default: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(default)
    for key, value in given.items():
        below = merged.get(key)
        both = isinstance(below, Mapping) and isinstance(value, Mapping)
        merged[key] = _merged(below, value) if both else value
    return merged
