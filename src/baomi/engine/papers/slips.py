"""The hand-over slip (文件交接清单): what one person took over, to be signed by both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from baomi.engine.papers.codes import code128_svg, qr_svg
from baomi.engine.papers.press import press
from baomi.kernel.words import Level

SIGNED: Final = {
    "pin": "已于{day}用工牌和确认码当场确认",
    "login": "已于{day}登录确认",
    "signature": "已于{day}登记签字清单",
}
_OUT: Final = "交出"
_BACK: Final = "交回"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipRow:
    """A line: one copy. ``title`` and ``number`` may be words instead, where they are hidden."""

    registered_number: str
    copy_number: str
    number: str
    level: Level
    title: str
    pages: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipPaper:
    """A slip as it is printed. Names of people come with their units."""

    office: str
    label: str
    is_return: bool
    giver: str
    receiver: str
    on: date
    receipt: str  # seq:hex
    confirmation: str  # how it was confirmed; empty: to be signed
    is_void: bool
    rows: Sequence[SlipRow]

    @property
    def level(self) -> Level:
        """The highest level of its lines."""
        return max((row.level for row in self.rows), default=Level.NONE)


def confirmation_words(how: str, day: date | None) -> str:
    """How a slip was confirmed, as it says itself; empty where it waits for a signature."""
    return SIGNED[how].format(day=chinese_day(day)) if how and day else ""


def chinese_day(day: date) -> str:
    """A day as official papers write it: 2025年3月3日."""
    return f"{day.year}年{day.month}月{day.day}日"


def render_slip(slip: SlipPaper, *, day: date) -> bytes:
    """The slip on A4, as many pages as it takes."""
    data = {
        "office": slip.office,
        "label": slip.label,
        "level": slip.level.title if slip.level > Level.NONE else "",
        "kind": _BACK if slip.is_return else _OUT,
        "giver": slip.giver,
        "receiver": slip.receiver,
        "on": chinese_day(slip.on),
        "receipt": slip.receipt,
        "receipt_qr": qr_svg(slip.receipt),
        "bars": code128_svg(slip.label),
        "confirmation": slip.confirmation,
        "is_void": slip.is_void,
        "rows": [
            [
                str(number),
                row.registered_number,
                row.copy_number,
                row.number or "无",
                row.level.title,
                row.title,
                "" if row.pages is None else str(row.pages),
            ]
            for number, row in enumerate(slip.rows, start=1)
        ],
    }
    return press("slip", data, day=day)
