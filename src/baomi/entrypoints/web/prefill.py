"""What was entered before, back as a form shows it and as a page tells it: ids by their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import QueryDict
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from baomi.engine.face.choices import choices_of, picked_kind, row_in
from baomi.engine.face.reading import books, names_of, pick
from baomi.entrypoints.guarding.logged_in import Who
from baomi.kernel.action import Action
from baomi.kernel.verdict import BadInput
from baomi.registers import paging

UNSEEN: Final = "（无权查看）"
YES, NO = "是", "否"
# who holds a copy is who carries it out and keeps it, unless somebody else is entered
_BEGIN_WITH_THE_HOLDER: Final[Mapping[str, tuple[str, ...]]] = {
    "custody.carry_out": ("carrier", "keeper")
}


@dataclass(frozen=True, slots=True)
class Line:
    """One field that was filled in: its title, and what stands in it."""

    title: str
    text: str


def form_of(
    action: Action[Any], entered: Mapping[str, Any], things: Sequence[UUID], who: Who
) -> QueryDict:
    """What a form would post if he filled it in with what was entered (the JSON of its inputs)."""
    posted = QueryDict(mutable=True)
    for place, text in _texts(action.inputs, entered, who, ""):
        posted.appendlist(place, text)
    if len(things) != 1:
        for each in things:
            posted.appendlist("targets", str(each))
    return posted


def from_address(
    action: Action[Any], who: Who, query: QueryDict, targets: Sequence[UUID] = ()
) -> QueryDict:
    """What an address begins a form with: ids stand in it, and the form shows their names."""
    begun = query.copy()
    if (holder := _holder_of(action, who, targets)) is not None:
        for name in _BEGIN_WITH_THE_HOLDER[action.name]:
            begun.setdefault(name, str(holder))
    for name, info in action.inputs.model_fields.items():
        kind = picked_kind(info)
        if kind and name in begun:
            texts = [each for each in begun.getlist(name) if each.strip()]
            begun.setlist(name, [_typed(kind, each, who) for each in texts])
    return begun


def _holder_of(action: Action[Any], who: Who, targets: Sequence[UUID]) -> UUID | None:
    """In whose hands the one thing is, for forms that begin with him; as far as he may see it."""
    if action.name not in _BEGIN_WITH_THE_HOLDER or not action.target or len(targets) != 1:
        return None
    record = paging.one(books()[action.target], who.person, who.terms, targets[0])
    link = record.links.get("holder") if record else None
    return UUID(str(link[1])) if link else None


def lines_of(action: Action[Any], entered: Mapping[str, Any], who: Who) -> tuple[Line, ...]:
    """What was entered, field by field, in words; what he may not see is not named."""
    return tuple(_lines(action.inputs, entered, who, ""))


def ids_among(texts: Iterable[str]) -> tuple[UUID, ...]:
    """Those of the texts that are ids."""
    found = []
    for each in texts:
        try:
            found.append(UUID(each.strip()))
        except ValueError:
            continue
    return tuple(dict.fromkeys(found))


def _texts(
    model: type[BaseModel], entered: Mapping[str, Any], who: Who, within: str
) -> Iterator[tuple[str, str]]:
    for name, info in model.model_fields.items():
        value, place = entered.get(name), f"{within}{name}"
        row = row_in(info.annotation)
        if value is None:
            continue
        if row is not None and isinstance(value, list):
            for number, each in enumerate(value):
                yield from _texts(row, each, who, f"{place}.{number}.")
        elif row is not None:
            yield from _texts(row, value, who, f"{place}.")
        else:
            kind = picked_kind(info)
            for text in _plain(value):
                yield place, _typed(kind, text, who) if kind else text


def _plain(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _plain(each)
    elif isinstance(value, bool):
        yield "true" if value else "false"
    elif value != "":
        yield str(value)


def _typed(kind: str, text: str, who: Who) -> str:
    """How a clerk would write a row: by its name, unless that names several; never one unseen."""
    ids = ids_among([text])
    if not ids:
        return text
    name = names_of(who.person, kind, ids, who.terms).get(ids[0], "")
    try:
        if name and pick(who.person, kind, name) == ids[0]:
            return name
        return str(pick(who.person, kind, text))
    except BadInput:
        return _by_id(kind, text, who)


def _by_id(kind: str, text: str, who: Who) -> str:
    try:
        return str(pick(who.person, kind, text))
    except BadInput:
        return ""


def _lines(
    model: type[BaseModel], entered: Mapping[str, Any], who: Who, within: str
) -> Iterator[Line]:
    for name, info in model.model_fields.items():
        value, title = entered.get(name), f"{within}{info.title or name}"
        row = row_in(info.annotation)
        if value in (None, "", []):
            continue
        if row is not None:
            for number, each in enumerate(value if isinstance(value, list) else [value], start=1):
                yield from _lines(row, each, who, f"{title}第 {number} 项：")
        else:
            yield Line(title, "、".join(_words(info, value, who)))


def _words(info: FieldInfo, value: Any, who: Who) -> Iterator[str]:
    titles = {each.code: each.title for each in choices_of(info.annotation, who.terms)}
    kind = picked_kind(info)
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, bool):
            yield YES if each else NO
        elif kind:
            named = names_of(who.person, kind, ids_among([str(each)]), who.terms)
            yield next(iter(named.values()), UNSEEN)
        else:
            yield titles.get(str(each), str(each))
