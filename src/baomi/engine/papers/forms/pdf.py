"""A form as a PDF: A4 as GB/T 9704 has it, the mark at the top left, the receipt at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from baomi.engine.papers.codes import qr_svg
from baomi.engine.papers.forms.content import NO_RECEIPT, Content
from baomi.engine.papers.forms.layout import Lines, blocks_of
from baomi.engine.papers.press import press
from baomi.registers.official import Field

_LONG: Final = 200  # characters: a row of more may be broken by the end of a page
_WIDEST: Final = 16.0
_NARROWEST: Final = 3.0


def render_pdf(content: Content, *, day: date) -> bytes:
    """The form as PDF/A. Raises what ``press`` raises."""
    words, signatures = content.words, content.form.signatures
    receipt = words["receipt"]
    data = {
        "title": words["title"],
        "office": words["office"],
        "mark": words["mark"],
        "label": words["label"],
        "qr": qr_svg(words["label"]) if words["label"] else "",
        "blocks": [_block(each, content) for each in blocks_of(content.form)],
        "body": list(content.body),
        "opinions": [[each.title, words[each.key]] for each in signatures if each.is_opinion],
        "lines": [[each.title, words[each.key]] for each in signatures if not each.is_opinion],
        "note": content.form.note,
        "receipt": "" if receipt == NO_RECEIPT else receipt,
        "printed_by": words["printed_by"],
        "printed_on": words["printed_on"],
    }
    return press("form", data, day=day)


def _block(block: Lines | Field, content: Content) -> dict[str, Any]:
    if isinstance(block, Field):
        rows = content.rows[block.key]
        heads = [heading for _, heading in block.columns]
        return {
            "kind": "rows",
            "label": block.label,
            "heads": heads,
            "widths": _widths(heads, rows),
            "rows": [{"cells": row, "long": _is_long(row)} for row in rows],
        }
    lines = [
        {
            "cells": [[field.label, content.words[field.key]] for field in line],
            "long": any(_is_long([content.words[field.key]]) for field in line),
        }
        for line in block.lines
    ]
    return {"kind": "lines", "lines": lines}


def _is_long(row: Sequence[str]) -> bool:
    """Whether a row may be too high for what is left of a page, so that it must be broken."""
    return max(map(len, row)) > _LONG or any("\n" in cell for cell in row)


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Shares of the columns: by what stands in them, none left too small for its heading."""
    columns = zip(heads, *rows, strict=True)
    return [max(_NARROWEST, min(_WIDEST, max(map(_em, column)))) for column in columns]


def _em(text: str) -> float:
    return sum(0.6 if sign.isascii() else 1.0 for sign in text)
