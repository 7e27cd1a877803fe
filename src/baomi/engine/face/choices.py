"""The words for what stands in a choice: 机密, 承办, 保密员 are typed as well as their codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import partial
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from baomi.kernel.fields import Pick
from baomi.kernel.terms import Terms
from baomi.kernel.words import Level, PersonnelClass, Post, Purpose
from baomi.registers.attachments.facts import Role
from baomi.registers.attachments.wording import ROLES
from baomi.registers.custody.facts import Carrier, Occasion
from baomi.registers.custody.reads.worded import CARRIERS, OCCASIONS, PURPOSES
from baomi.registers.office.appointments import NOT_APPOINTED

YES_AND_NO: Final = {"是": True, "否": False}
_TITLES: Final[Mapping[type[Enum], Callable[[str, Terms], str]]] = {
    Carrier: lambda code, terms: CARRIERS[code],
    Occasion: lambda code, terms: OCCASIONS[code],
    PersonnelClass: lambda code, terms: terms.class_title(code),
    Post: lambda code, terms: terms.post_title(Post(code)),
    Role: lambda code, terms: ROLES[code],
    Purpose: lambda code, terms: PURPOSES[code],
}
_LEVEL_CODES: Final = frozenset(level.code for level in Level)
# 组长（秘书长） is called 组长
_ADDED: Final = re.compile(r"（[^（）]*）$")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things that may stand in a field: its code, and its word in Chinese."""

    code: str
    title: str


def inside(annotation: Any) -> Any:
    """What one item of a field is, without ``| None``, ``Annotated`` and the list around it."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return inside(parts[0])
    if origin in (Union, UnionType):
        return inside(next(part for part in parts if part is not type(None)))
    if origin in (tuple, list, set, frozenset):
        return inside(parts[0])
    return annotation


def row_in(annotation: Any) -> type[BaseModel] | None:
    """The model of the rows that a field holds; None for a field of plain values."""
    kind = inside(annotation)
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def choices_of(annotation: Any, terms: Terms) -> tuple[Choice, ...]:
    """What may be chosen in a field; nothing where anything may be entered."""
    kind = inside(annotation)
    if kind is bool:
        return tuple(Choice(str(code).lower(), word) for word, code in YES_AND_NO.items())
    if get_origin(kind) is Literal:
        return tuple(Choice(str(code), _level(str(code))) for code in get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        title = _TITLES.get(kind) or partial(_own_title, kind)
        offered = [each for each in kind if each not in NOT_APPOINTED]
        return tuple(Choice(str(each.value), title(str(each.value), terms)) for each in offered)
    return ()


def code_of(text: str, annotation: Any, terms: Terms) -> str:
    """The code of a choice's word; a code, and what is no choice, stays as it was typed."""
    typed = text.strip()
    for choice in choices_of(annotation, terms):
        if typed in (choice.title, _ADDED.sub("", choice.title)):
            return choice.code
    return text


def picked_kind(info: FieldInfo) -> str:
    """The kind of the rows that a field names: ``office.person``; empty: it names none."""
    for found in (*info.metadata, *_metadata_within(info.annotation)):
        if isinstance(found, Pick):
            return found.kind
    return ""


def _metadata_within(annotation: Any) -> Iterable[Any]:
    for part in get_args(annotation):
        yield from getattr(part, "__metadata__", ())
        yield from _metadata_within(part)


def _own_title(kind: type[Enum], code: str, terms: Terms) -> str:
    """The word that the choice itself knows; one without any is shown by its code."""
    return str(getattr(kind(code), "word", code))


def _level(code: str) -> str:
    return Level.of(code).title if code in _LEVEL_CODES else code
