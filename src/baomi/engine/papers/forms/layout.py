"""How a form's fields lie on the page: by its declaration alone, so that a template can be made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from baomi.registers.official import Field, Form


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of the form's table: each of one wide field, or of one or two narrow ones."""

    lines: tuple[tuple[Field, ...], ...]


Block = Lines | Field
"""Some lines, or a field that is a table of rows of its own."""


def blocks_of(form: Form) -> Iterator[Block]:
    """The fields that are listed, in their order."""
    waiting: list[tuple[Field, ...]] = []
    for field in (each for each in form.fields if each.is_listed):
        if field.columns:
            if waiting:
                yield Lines(tuple(waiting))
            waiting = []
            yield field
        elif waiting and _has_room(waiting[-1]) and not field.is_wide:
            waiting[-1] = (*waiting[-1], field)
        else:
            waiting.append((field,))
    if waiting:
        yield Lines(tuple(waiting))


def _has_room(line: tuple[Field, ...]) -> bool:
    return len(line) == 1 and not line[0].is_wide
