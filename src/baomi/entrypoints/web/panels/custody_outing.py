"""The page of one outing: what is carried out, and how it came back."""

from __future__ import annotations

from typing import Final

from baomi.entrypoints.web.panels.panel import Face, Head, Panel, Seen, rows_within
from baomi.registers.custody.reads import OUTING_LINES


def _head(seen: Seen) -> Head:
    leaves, until = seen.cell("leaves_on").isoformat(), seen.cell("back_until").isoformat()
    told = f"{seen.cell('carrier')} 携带到 {seen.cell('destination')}，{leaves} 至 {until}"
    state = seen.cell("state")
    return Head(
        number=f"外出携带 {seen.cell('number')}",
        level=seen.cell("level"),
        whereabouts=f"{told}，{state}",
        is_late=state == "外出逾期",
    )


def _lines(seen: Seen) -> Panel:
    return rows_within(OUTING_LINES, seen, "携带的文件", outing=seen.key)


FACE: Final = Face(
    head=_head,
    panels=(_lines,),
    left_out=frozenset({"number", "level", "state", "copies"}),
)
