"""What the deeds of an entry are told: its values as inputs, and the rest as remarks."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from baomi.entrypoints.importer.entries import BookRow
from baomi.entrypoints.importer.headers import Column
from baomi.registers.custody.series import OWN

Columns = Mapping[str, Sequence[Column]]

_TAKEN = frozenset(
    {
        *("sequence", "received_on", "issued_on", "issuer", "number", "title", "level", "term"),
        *("count", "copy_numbers", "receiving_number", "unit", "person", "out_on", "back_on"),
        *("release_level", "conveyance", "remarks"),
    }
)


def described(row: BookRow, columns: Columns) -> dict[str, Any]:
    """What the entry says of a new paper, received or issued, as inputs of its deed."""
    level, _, term = row.mark.typed.partition("|")
    return {
        "number": row.number_typed,
        "title": row.title,
        "level": level,
        "term": term,
        "remarks": "；".join([*said(row, columns), *number_as_typed(row)]),
        "registered_number": registered_number(row),
    }


def said(row: BookRow, columns: Columns) -> list[str]:
    """What of the entry goes into the remarks: its own, where it went, and what no deed takes."""
    return [*filter(None, [row.remarks]), *_went_to(row), *besides(row, columns)]


def _went_to(row: BookRow) -> list[str]:
    if row.kind != "issued":
        return []
    signed = " ".join(filter(None, [row.person, row.out_on.isoformat() if row.out_on else ""]))
    back = row.back_on.isoformat() if row.back_on else ""
    told = (("发往", row.unit), ("签收", signed), ("退回", back))
    return [f"{what} {text}" for what, text in told if text]


def besides(row: BookRow, columns: Columns) -> list[str]:
    """What the entry says in columns that no deed takes, as typed: 传递方式 机要交通.

    After it, what a human answered when the entry was imported.
    """
    told = row.out_on or row.kind == "issued"
    taken = _TAKEN if told else _TAKEN - {"person", "back_on"}
    kept = (c.heading for c in columns.get(row.sheet, ()) if c.field and c.field not in taken)
    typed = [f"{heading} {row.typed[heading]}" for heading in kept if row.typed.get(heading)]
    return [*typed, *row.answered.remarks]


def registered_number(row: BookRow) -> str:
    """The book's running number with its year, so that it stands in its own series."""
    running = row.receiving_number
    if running is None or running.key is None:
        return ""
    series, year, serial = running.key
    if row.kind == "issued":
        series = series or OWN
    return f"{series}{year}-{serial:03d}"


def number_as_typed(row: BookRow) -> list[str]:
    """The running number as it was typed, where its series writes it otherwise."""
    running = row.receiving_number
    if running is None or running.typed == registered_number(row):
        return []
    return [f"簿册编号 {running.typed}"]


def few(numbers: Sequence[str]) -> str:
    """The first numbers of many, for a sentence."""
    return "、".join(numbers[:5]) + (f" 等 {len(numbers)} 个" if len(numbers) > 5 else "")


def composed(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Texts in composed form (NFC), as the ledger demands."""
    return {
        name: unicodedata.normalize("NFC", value) if isinstance(value, str) else value
        for name, value in inputs.items()
    }
