"""The page of one consultation of the archive: what was read, what was excerpted."""

from __future__ import annotations

from typing import Final

from baomi.entrypoints.web.panels.panel import Face, Head, Panel, Seen, rows_within
from baomi.registers.custody.reads import CONSULTED


def _head(seen: Seen) -> Head:
    began, state = seen.cell("began_on").isoformat(), seen.cell("state")
    where = f"在{seen.cell('place')}" if seen.cell("place") else ""
    return Head(
        number=f"{began} 查阅档案",
        level=seen.cell("level"),
        whereabouts=f"{seen.cell('person')}（{seen.cell('consulting_unit')}）{where}，{state}",
        is_late=state == "逾期未还",
    )


def _lines(seen: Seen) -> Panel:
    return rows_within(CONSULTED, seen, "查阅的档案", consultation=seen.key)


CONSULTATION: Final = Face(
    head=_head,
    panels=(_lines,),
    left_out=frozenset({"state", "level", "copies", "excerpted", "excerpt_kept"}),
)
