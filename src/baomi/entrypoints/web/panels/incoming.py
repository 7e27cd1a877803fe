"""The pages of an envelope as it was opened, and of a hand-over slip."""

from __future__ import annotations

from typing import Final

from baomi.engine.face.reading import books
from baomi.entrypoints.web.panels.panel import Face, Head, Panel, Seen, rows_within
from baomi.registers.custody.reads import LINES


def _envelope_head(seen: Seen) -> Head:
    on = seen.cell("received_on").isoformat()
    return Head(number=f"{on} 收文", whereabouts=f"发件单位：{seen.cell('sender')}")


def _papers(seen: Seen) -> Panel:
    columns = ("registered_number", "number", "title", "level", "copies")
    book = books()["custody.paper"]
    return rows_within(book, seen, "信封内的文件", columns=columns, envelope=seen.key)


def _slip_head(seen: Seen) -> Head:
    person, on = seen.cell("person"), seen.cell("drawn_up_on").isoformat()
    is_void, is_out = bool(seen.cell("voided")), seen.cell("kind") == "交出"
    what = f"交给 {person}" if is_out else f"从 {person} 收回"
    how = "已撤销" if is_void else seen.cell("confirmed_how")
    return Head(
        number=seen.cell("label"),
        whereabouts=f"{on} {what}，{how}",
        is_late=how == "未确认",
    )


def _lines(seen: Seen) -> Panel:
    return rows_within(LINES, seen, "清单所列文件", slip=seen.key)


ENVELOPE: Final = Face(head=_envelope_head, panels=(_papers,), left_out=frozenset({"sender"}))
SLIP: Final = Face(head=_slip_head, panels=(_lines,), left_out=frozenset({"label"}))
