"""Any register (台账) as a printed table: landscape A4, headings repeated, marked at the foot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from baomi.engine.papers.press import press
from baomi.kernel.words import Level

_WIDTH_PT: Final = 756.0  # A4 landscape between its margins
_PADDING_PT: Final = 6.0
_SIZES_PT: Final = (9.0, 8.0, 7.0, 6.0)
_LONGEST_EM: Final = 24.0
_UNBROKEN: Final = re.compile(r"[!-~]+|[^!-~]")


@dataclass(frozen=True, slots=True, kw_only=True)
class BookPaper:
    """A register's list, and who printed it when, under which receipt."""

    office: str
    title: str  # of the register: 涉密载体台账
    level: Level
    who: str
    when: str  # 2025-03-03 09:30
    receipt: str  # seq:hex of the export that was recorded; empty: none
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


def render_book(book: BookPaper, *, day: date) -> bytes:
    """The list as a table."""
    cells = [[cell_text(value) for value in row] for row in book.rows]
    size, widths = widths_of(book.columns, cells)
    mark = [book.office, book.level.title, f"打印人：{book.who}", book.when]
    if book.receipt:
        mark.append(f"回执：{book.receipt}")
    data = {
        "title": book.title,
        "level": book.level.title if book.level > Level.NONE else "",
        "mark": "　".join(mark),
        "count": f"共 {len(cells)} 行",
        "size": size,
        "widths": widths,
        "columns": list(book.columns),
        "rows": cells,
    }
    return press("book", data, day=day)


def cell_text(value: Any) -> str:
    """A value as a printed cell shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def widths_of(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[float, list[float]]:
    """Size of the letters and widths of the columns, in points: nothing that is one word breaks.

    Where even the smallest letters are too wide, words break.
    """
    least = [_least_em(column) for column in zip(columns, *rows, strict=True)]
    wanted = [_wanted_em(column) for column in zip(columns, *rows, strict=True)]
    room = _WIDTH_PT - _PADDING_PT * len(columns)
    size = next((each for each in _SIZES_PT if sum(least) * each <= room), _SIZES_PT[-1])
    spare = room - sum(least) * size
    if spare <= 0:
        shares = [each / sum(least) * room for each in least]
    else:
        # what is left goes to the columns that would like more, and a little to every other
        more = [max(want - need, 0.2) for want, need in zip(wanted, least, strict=True)]
        shares = [
            need * size + part / sum(more) * spare for need, part in zip(least, more, strict=True)
        ]
    return size, [round(each + _PADDING_PT, 2) for each in shares]


def _em(text: str) -> float:
    return sum(1.0 if not sign.isascii() else 0.74 if sign.isupper() else 0.6 for sign in text)


def _least_em(column: Sequence[str]) -> float:
    """The longest piece that cannot be broken, and never less than two characters."""
    return max(2.0, *(max(map(_em, _UNBROKEN.findall(text)), default=0.0) for text in column))


def _wanted_em(column: Sequence[str]) -> float:
    return min(_LONGEST_EM, max(_em(text) for text in column))
