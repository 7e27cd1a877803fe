"""A form as a docx: a template, the program's or the office's own, filled from a dictionary."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from baomi.engine.papers.codes import qr_png
from baomi.engine.papers.forms.content import Content
from baomi.engine.papers.forms.package import octets, opened, rooms_of
from baomi.engine.papers.forms.placeholders import (
    UnfitField,
    make_texts_of_fields,
    names_in,
    put_in,
)
from baomi.kernel.verdict import BadInput
from baomi.registers.official import ALWAYS, Form

QR: Final = "qr"
_QR_SIZE: Final = Mm(22)
_QR_IN_MARGIN: Final = Mm(16)  # above or below the text, where there is less room
_MOST_TOLD: Final = 10
_P, _TR = qn("w:p"), qn("w:tr")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a template holds. ``used``: keys of its placeholders (``papers.number`` for a column).

    ``faults``: Chinese sentences; with any of them it cannot be used.
    """

    used: tuple[str, ...]
    faults: tuple[str, ...]


def known_places(form: Form) -> Mapping[str, str]:
    """Every placeholder that a template of the form may hold, and its key: by key and by label."""
    found = {key: key for key in form.keys} | {label: key for key, label in ALWAYS.items()}
    for field in form.fields:
        found[field.label] = field.key
        for key, heading in field.columns:
            for table in (field.key, field.label):
                found[f"{table}.{key}"] = found[f"{table}.{heading}"] = f"{field.key}.{key}"
        if field.columns:
            del found[field.key], found[field.label]
    return found | {each.title: each.key for each in form.signatures}


def places_told(form: Form) -> str:
    """The placeholders as a list for people: «number»（收文编号）."""
    labels = dict(ALWAYS) | {each.key: each.title for each in form.signatures}
    for field in form.fields:
        if not field.columns:
            labels[field.key] = field.label
        labels |= {f"{field.key}.{key}": f"{field.label}.{name}" for key, name in field.columns}
    return "、".join(f"«{key}»（{label}）" for key, label in labels.items())


def check(form: Form, template: bytes) -> Checked:
    """Look through a template. Raises ``BadInput`` where it is no docx or brings something in."""
    return _checked(form, opened(template))


def fill(template: bytes, content: Content) -> bytes:
    """The template with the content in its places. Raises ``BadInput`` for an unfit template."""
    document = opened(template)
    faults = _checked(content.form, document).faults
    if faults:
        raise BadInput("；".join(faults))
    known = known_places(content.form)
    for root, part in rooms_of(document):
        repeated = _repeated_rows(root, known)
        for paragraph in list(root.iter(_P)):
            if not any(row in repeated for row in paragraph.iterancestors(_TR)):
                _fill_in(paragraph, part, known, content.words)
        for row, table in repeated.items():
            _repeat(row, table, part, known, content)
    return octets(document)


def _checked(form: Form, document: Docx) -> Checked:
    known, used, faults = known_places(form), dict[str, None](), dict[str, None]()
    for root, _ in rooms_of(document):
        for paragraph in root.iter(_P):
            try:
                make_texts_of_fields(paragraph)
            except UnfitField as unfit:
                faults[f"域“{unfit}”不能使用：只能用邮件合并域（MERGEFIELD）和页码"] = None
                continue
            for name in names_in(paragraph):
                if name not in known:
                    faults[f"不认识占位符“{name}”"] = None
                elif "." in known[name] and next(paragraph.iterancestors(_TR), None) is None:
                    faults[f"占位符“{name}”须放在表格的一行里，该行按记录逐行重复"] = None
                else:
                    used[known[name]] = None
        faults |= dict.fromkeys(_mixed(root, known))
    told = list(faults)[:_MOST_TOLD]
    if any(each.startswith("不认识") for each in told):
        told.append(f"可用的占位符：{places_told(form)}")
    return Checked(tuple(used), tuple(told))


def _mixed(root: Any, known: Mapping[str, str]) -> Iterator[str]:
    for row in root.iter(_TR):
        tables = _tables_in(row, known)
        if len(tables) > 1:
            yield f"同一行里不能同时放几种记录（{'、'.join(sorted(tables))}），请分成几个表格"


def _tables_in(row: Any, known: Mapping[str, str]) -> set[str]:
    """The fields whose rows a row of a template tells, itself and not by a table within it."""
    return {
        known[name].partition(".")[0]
        for paragraph in row.iter(_P)
        if next(paragraph.iterancestors(_TR)) is row
        for name in names_in(paragraph)
        if "." in known.get(name, "")
    }


def _repeated_rows(root: Any, known: Mapping[str, str]) -> dict[Any, str]:
    found = ((row, _tables_in(row, known)) for row in root.iter(_TR))
    return {row: tables.pop() for row, tables in found if tables}


def _repeat(row: Any, table: str, part: Any, known: Mapping[str, str], content: Content) -> None:
    """The row once for each of the content's rows."""
    (field,) = (each for each in content.form.fields if each.key == table)
    keys = [f"{table}.{key}" for key, _ in field.columns]
    for cells in content.rows[table]:
        copied = deepcopy(row)
        row.addprevious(copied)
        words = {**content.words, **dict(zip(keys, cells, strict=True))}
        for paragraph in list(copied.iter(_P)):
            _fill_in(paragraph, part, known, words)
    row.getparent().remove(row)


def _fill_in(paragraph: Any, part: Any, known: Mapping[str, str], words: Mapping[str, str]) -> None:
    names = names_in(paragraph)
    if not names:
        return
    put_in(paragraph, lambda name: words.get(known[name], ""))
    if words["label"] and any(known[name] == QR for name in names):
        width = _QR_SIZE if part.element.tag == qn("w:document") else _QR_IN_MARGIN
        picture = io.BytesIO(qr_png(words["label"]))
        Paragraph(paragraph, _Within(part)).add_run().add_picture(picture, width=width)


@dataclass(frozen=True, slots=True)
class _Within:
    """What python-docx asks of a parent: the part to which a picture is added."""

    part: Any
