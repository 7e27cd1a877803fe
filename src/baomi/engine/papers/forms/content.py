"""What stands in one form, all of it worded: the same for the PDF and for the docx."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from baomi.engine.papers.press import shown
from baomi.engine.papers.slips import chinese_day
from baomi.kernel.words import Level
from baomi.registers.official import PLACE, Field, Filled, Form

MOST_ROWS: Final = 2000
NO_ROWS: Final = "（无）"
NO_RECEIPT: Final = "—"

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A form filled in. ``words``: by key, signatures and what every form has among them."""

    form: Form
    level: Level
    words: Mapping[str, str]
    rows: Mapping[str, tuple[Row, ...]]

    @property
    def body(self) -> tuple[str, ...]:
        """Its paragraphs, with the values in their places."""
        return tuple(spoken(text, self.words) for text in self.form.body)


def spoken(text: str, words: Mapping[str, str]) -> str:
    """A paragraph with the values in the places of «key»: once, a value is never looked into."""
    return PLACE.sub(lambda found: words[found[1]], text)


def content_of(form: Form, filled: Filled, always: Mapping[str, str]) -> Content:
    """The form with its values worded. ``always``: office, printed_by, printed_on, receipt.

    Raises ``ValueError`` where what was loaded is not what the form declares, and for more rows
    than a form takes.
    """
    signatures = {each.key for each in form.signatures}
    declared = {each.key for each in form.fields}
    missing, strange = declared - set(filled.values), set(filled.values) - declared - signatures
    if missing or strange:
        raise ValueError(f"{form.name}: without {sorted(missing)}, undeclared {sorted(strange)}")
    words: dict[str, str] = dict.fromkeys(signatures, "")
    rows: dict[str, tuple[Row, ...]] = {}
    tables = {each.key: each for each in form.fields if each.columns}
    for key, value in filled.values.items():
        if key in tables:
            rows[key] = _rows(form, tables[key], value)
        else:
            words[key] = words_of(value)
    words |= {"title": form.title, "mark": mark_of(filled), "label": filled.label, **always}
    return Content(
        form=form,
        level=filled.level,
        words={key: shown(word) for key, word in words.items()},
        rows=rows,
    )


def mark_of(filled: Filled) -> str:
    """The mark at the top: 机密★10年, 内部; empty without a level."""
    if filled.level is Level.NONE:
        return ""
    is_secret = filled.level >= Level.CONFIDENTIAL
    return (
        f"{filled.level.title}★{filled.term}" if filled.term and is_secret else filled.level.title
    )


def words_of(value: Any) -> str:
    """A value as it is printed: 2025年3月3日, 是, 机密."""
    if value is None:
        return ""
    if isinstance(value, Level):
        return value.title
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return chinese_day(value)
    return str(value)


def _rows(form: Form, field: Field, value: Any) -> tuple[Row, ...]:
    rows = tuple(tuple(shown(words_of(cell)) for cell in row) for row in value)
    if len(rows) > MOST_ROWS or any(len(row) != len(field.columns) for row in rows):
        raise ValueError(f"{form.name}: {field.key} has too many rows, or rows of another width")
    return rows or ((NO_ROWS, *[""] * (len(field.columns) - 1)),)
