"""From what somebody wrote to what an action's ``Inputs`` takes: names to rows, words to codes.

A field that names a row of a register (``Pick``) is resolved as the clerk wrote it: a name, a
number, a label. A field with choices takes their words as the lists print them: 机密, 承办, 是.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr

from baomi.engine.face.choices import YES_AND_NO, code_of, row_in
from baomi.engine.face.reading import pick
from baomi.engine.inputs import Fault
from baomi.kernel.fields import Pick
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person

_LISTS = (list, tuple, set, frozenset, Sequence, Iterable)


@dataclass(frozen=True, slots=True)
class Meaning:
    """Who enters it, and the words of the day."""

    actor: Person | None  # None: before there is an office, with no rows to be named
    terms: Terms
    takes_secrets: bool = False  # a command line is seen by others, a form is not

    def row(self, values: Mapping[str, Any], model: type[BaseModel]) -> dict[str, Any]:
        """The fields of one row; what is no field is left for the check of the inputs."""
        fields = model.model_fields
        return {
            key: self.meant(value, fields[key].annotation, fields[key].metadata)
            if key in fields
            else value
            for key, value in values.items()
        }

    def checked(
        self, values: Mapping[str, Any], model: type[BaseModel], within: str = ""
    ) -> tuple[dict[str, Any], tuple[Fault, ...]]:
        """The fields of one row, and every field that names nothing: for a form, all at once."""
        meant: dict[str, Any] = {}
        faults: list[Fault] = []
        for key, value in values.items():
            place, field = f"{within}{key}", model.model_fields.get(key)
            rows = row_in(field.annotation) if field else None
            if rows is not None and isinstance(value, list):
                parts = [
                    # what is no row is left for the check of the inputs
                    self.checked(row, rows, f"{place}.{n}.")
                    if isinstance(row, Mapping)
                    else (row, ())
                    for n, row in enumerate(value)
                ]
                meant[key] = [row for row, _ in parts]
                faults.extend(fault for _, found in parts for fault in found)
                continue
            try:
                meant |= self.row({key: value}, model)
            except BadInput as fault:
                title = (field.title if field else None) or key
                faults.append(Fault(place, f"“{title}”：{fault.sentence}"))
        return meant, tuple(faults)

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
            if not self.takes_secrets:
                raise BadInput("口令不能写在命令行里：请用 baomi passwd")
            return value
        return code_of(value, annotation, self.terms)
