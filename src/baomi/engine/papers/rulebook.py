"""The rulebook on paper: a 制度, a part of it, or one clause; with the law beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from baomi.engine.papers.press import press

Clauses = Sequence[tuple[Sequence[str], Mapping[str, Any]]]
"""Headings that newly begin before a clause, and the clause as ``printed_clause`` gives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulebookPaper:
    """Clauses by 制度: its title, and its clauses in order."""

    office: str
    title: str
    groups: Sequence[tuple[str, Clauses]]


def render_rulebook(paper: RulebookPaper, *, day: date) -> bytes:
    """The clauses as a PDF, A4 upright. Raises ``BadInput`` where there is no Chinese font."""
    data = {
        "title": paper.title,
        "office": paper.office,
        "groups": [
            {
                "title": title,
                "clauses": [{"headings": list(above), **clause} for above, clause in clauses],
            }
            for title, clauses in paper.groups
        ],
    }
    return press("rulebook", data, day=day)
