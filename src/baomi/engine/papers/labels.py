"""Labels for copies and cabinets, and badges: onto A4 sheets, or one a page for a label printer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from baomi.engine.papers.codes import code128_svg, qr_svg
from baomi.engine.papers.press import press
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSheet:
    """How labels lie on a page. Lengths in millimetres."""

    page_width: float
    page_height: float
    columns: int
    rows: int
    width: float
    height: float
    left: float = 0
    top: float = 0
    gap: float = 0  # between columns

    @property
    def places(self) -> int:
        """How many labels a page holds."""
        return self.columns * self.rows


A4_21: Final = LabelSheet(
    page_width=210,
    page_height=297,
    columns=3,
    rows=7,
    width=63.5,
    height=38.1,
    left=7.25,
    top=15.15,
    gap=2.5,
)
A4_24: Final = LabelSheet(
    page_width=210, page_height=297, columns=3, rows=8, width=70, height=37, top=0.5
)
ONE_60_40: Final = LabelSheet(page_width=60, page_height=40, columns=1, rows=1, width=60, height=40)
BADGES: Final = LabelSheet(
    page_width=210,
    page_height=297,
    columns=2,
    rows=5,
    width=85.6,
    height=54,
    left=17,
    top=13.5,
    gap=4.8,
)
SHEETS: Final = {"a4_21": A4_21, "a4_24": A4_24, "one_60_40": ONE_60_40}


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLabel:
    """What stands on a copy's label: never a title."""

    label: str
    level: Level
    registered_number: str
    copy_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CabinetLabel:
    """What stands on a cabinet's label."""

    label: str
    name: str
    room: str
    level: Level


@dataclass(frozen=True, slots=True)
class StationCode:
    """What chooses the scan station's way of working: the code, its title, the key that does so."""

    code: str
    title: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """What stands on a badge (工牌)."""

    label: str
    name: str
    unit: str


def render_labels(
    labels: Sequence[CopyLabel], *, day: date, sheet: LabelSheet = A4_21, used: int = 0
) -> bytes:
    """Labels of copies. ``used``: places of the first sheet that are gone already.

    Raises ``BadInput`` for no labels, and for more places used than there are.
    """
    cards = [
        {
            "label": each.label,
            "head": each.level.title,
            "lines": [each.registered_number, f"第{each.copy_number}份"],
        }
        for each in labels
    ]
    return _cards(cards, "labels", sheet, day=day, used=used)


def render_cabinet_labels(
    labels: Sequence[CabinetLabel], *, day: date, sheet: LabelSheet = A4_21, used: int = 0
) -> bytes:
    """Labels of cabinets. Raises ``BadInput`` as ``render_labels`` does."""
    cards = [
        {
            "label": each.label,
            "head": each.name,
            "lines": [each.room, f"最高存放：{each.level.title}"],
        }
        for each in labels
    ]
    return _cards(cards, "labels", sheet, day=day, used=used)


def render_station_codes(codes: Sequence[StationCode], *, day: date) -> bytes:
    """What a scanner reads in the place of the scan station's keys. Raises ``BadInput``: none."""
    cards = [
        {"label": each.code, "head": each.title, "lines": ["扫码台操作码", each.key]}
        for each in codes
    ]
    return _cards(cards, "labels", A4_21, day=day, used=0)


def render_badges(badges: Sequence[Badge], *, office: str, day: date, used: int = 0) -> bytes:
    """Badges of card size with lines to cut along. Raises ``BadInput`` as ``render_labels``."""
    cards = [{"label": each.label, "name": each.name, "unit": each.unit} for each in badges]
    return _cards(cards, "badges", BADGES, day=day, used=used, office=office)


def _cards(
    cards: Sequence[dict[str, Any]],
    template: str,
    sheet: LabelSheet,
    *,
    day: date,
    used: int,
    office: str = "",
) -> bytes:
    if not cards:
        raise BadInput("没有选中要打印的内容，请先扫描或选择")
    if not 0 <= used < sheet.places:
        raise BadInput(f"已用的格数须在 0 到 {sheet.places - 1} 之间，请核对", field="used")
    drawn = [
        {**card, "qr": qr_svg(card["label"]), "bars": code128_svg(card["label"])} for card in cards
    ]
    data = {
        "cards": drawn,
        "used": used,
        "office": office,
        "page": [sheet.page_width, sheet.page_height],
        "grid": [sheet.columns, sheet.rows],
        "size": [sheet.width, sheet.height],
        "begin": [sheet.left, sheet.top],
        "gap": sheet.gap,
    }
    return press(template, data, day=day)
