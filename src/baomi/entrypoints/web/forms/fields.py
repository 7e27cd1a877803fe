"""A form made from an action's ``Inputs``: each field with its label, widget, values and faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from annotated_types import MaxLen
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from baomi.engine.face.choices import Choice, choices_of, inside, picked_kind, row_in
from baomi.engine.inputs import Fault
from baomi.entrypoints.web.forms.posted import is_several
from baomi.kernel.terms import Terms

LONG_TEXT: Final = 160  # characters that no longer fit into a line
BLANK: Final = "__n__"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field as the template draws it. ``name`` is how it is posted: ``papers.0.issuer``."""

    name: str
    title: str
    description: str
    required: bool
    widget: str  # text, area, number, date, yes_no, choice, choices, pick, several, secret, rows
    choices: tuple[Choice, ...]
    kind: str  # of the rows that it names: office.person
    values: tuple[str, ...]
    faults: tuple[str, ...]
    longest: int | None
    rows: tuple[tuple[FormField, ...], ...]
    blank: tuple[FormField, ...]

    @property
    def id(self) -> str:
        """The element's id."""
        return f"f-{self.name.replace('.', '-')}"

    @property
    def value(self) -> str:
        """The one value; empty: none."""
        return self.values[0] if self.values else ""


@dataclass(frozen=True, slots=True)
class Form:
    """What makes a form: the words of the day, what was entered, and what is wrong with it."""

    terms: Terms
    faults: tuple[Fault, ...] = ()

    def fields(
        self, model: type[BaseModel], raw: Mapping[str, Any], within: str = ""
    ) -> tuple[FormField, ...]:
        """Every field of a model, with what was entered."""
        return tuple(
            self._field(name, info, raw.get(name), within)
            for name, info in model.model_fields.items()
        )

    def _field(self, name: str, info: FieldInfo, value: Any, within: str) -> FormField:
        place = f"{within}{name}"
        row = row_in(info.annotation)
        choices = choices_of(info.annotation, self.terms)
        kind = picked_kind(info)
        rows, blank = self._rows(row, value, place) if row else ((), ())
        return FormField(
            name=place,
            title=info.title or name,
            description=info.description or "",
            required=info.is_required(),
            widget=_widget(info, row is not None, choices, kind),
            choices=choices,
            kind=kind,
            values=_texts(_default(info) if value is None else value) if row is None else (),
            faults=tuple(each.sentence for each in self.faults if each.field == place),
            longest=_longest(info.metadata),
            rows=rows,
            blank=blank,
        )

    def _rows(
        self, row: type[BaseModel], value: Any, place: str
    ) -> tuple[tuple[tuple[FormField, ...], ...], tuple[FormField, ...]]:
        entered = value if isinstance(value, list) and value else [{}]
        rows = tuple(
            _needed_first(self.fields(row, each, f"{place}.{number}."))
            for number, each in enumerate(entered)
            if isinstance(each, Mapping)
        )
        return rows, _needed_first(Form(self.terms).fields(row, {}, f"{place}.{BLANK}."))

    def elsewhere(self, fields: Sequence[FormField]) -> tuple[str, ...]:
        """Faults that belong to no field of the form: said above it."""
        known = set(_places(fields))
        return tuple(each.sentence for each in self.faults if each.field not in known)


def _needed_first(fields: tuple[FormField, ...]) -> tuple[FormField, ...]:
    """In a crowded row the eye should meet first what must be filled in."""
    return tuple(sorted(fields, key=lambda each: not each.required))


def _places(fields: Iterable[FormField]) -> Iterable[str]:
    for each in fields:
        yield each.name
        for row in each.rows:
            yield from _places(row)


def _widget(info: FieldInfo, has_rows: bool, choices: tuple[Choice, ...], kind: str) -> str:  # noqa: FBT001 — a fact of the field
    several, plain = is_several(info.annotation), inside(info.annotation)
    if has_rows:
        return "rows"
    if kind:
        return "several" if several else "pick"
    if plain is bool:
        return "yes_no"
    if choices:
        return "choices" if several else "choice"
    if several:
        return "several"
    if plain is SecretStr:
        return "secret"
    if isinstance(plain, type) and issubclass(plain, date):
        return "date"
    if plain is int:
        return "number"
    return "area" if (_longest(info.metadata) or 0) > LONG_TEXT else "text"


def _longest(metadata: Iterable[Any]) -> int | None:
    return next((each.max_length for each in metadata if isinstance(each, MaxLen)), None)


def _default(info: FieldInfo) -> Any:
    return None if info.default is PydanticUndefined else info.default


def _texts(value: Any) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, tuple | list):
        return tuple(text for each in value for text in _texts(each))
    return (str(getattr(value, "value", value)),)
