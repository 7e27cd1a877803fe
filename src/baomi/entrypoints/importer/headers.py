"""Find where a sheet's table begins: its heading rows, in one line or two, and what each names.

A heading row may stand under titles, may come again at every page break, and may have group
headings (送出 over 时间 and 经手人, 收文日期 over 月 and 日) in merged or merely empty cells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from baomi.entrypoints.importer.cells import EMPTY, Cell, Sheet, UnreadableBook
from baomi.entrypoints.importer.fields import (
    DAY_FIELDS,
    MAIN_DAY,
    NOTED,
    SECOND_MEANING,
    TITLES,
    field_called,
    field_of,
    heading_key,
    rank_of,
)
from baomi.kernel.spelling import digit_year, squeeze

_FEWEST_FIELDS = 3
_LONGEST_HEADING = 16
_TELLING = frozenset({"title", "number", "receiving_number", "copy_numbers", "received_on"})
_PARTS = {"年": "year", "月": "month", "日": "day", "月份": "month"}
_YEAR = re.compile(
    r"((?:19|20)[0-9]{2}|二[〇○零][〇○零一二三四五六七八九]{2}|二[〇○零][0-9]{2})年?"
)
_BACK_WORDS = re.compile(r"退|还|交回|收回")
_LOANS = re.compile(r"借阅|借用|借出|传阅|查阅")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. ``field`` is None for an unknown heading, "" for one to be ignored.

    ``part``: ``year``, ``month`` or ``day`` when the column holds only that of the field's day.
    """

    index: int
    heading: str
    field: str | None
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Heading rows ``first`` … ``last`` (from 0) and the columns below them."""

    first: int
    last: int
    columns: tuple[Column, ...]
    year: int | None

    def column_of(self, field: str, part: str = "") -> Column | None:
        """The column of a field, or None."""
        return next((c for c in self.columns if c.field == field and c.part == part), None)

    def has(self, field: str) -> bool:
        """Whether the book has a column for the field, whole or in parts."""
        return any(column.field == field for column in self.columns)


def kind_of(texts: Sequence[str], sheets: Sequence[Sheet]) -> str:
    """``received``, ``issued`` or ``loan``: by the book's titles, else by its headings."""
    for text in map(squeeze, texts):
        if "收文" in text or "来文" in text or "收发文" in text:
            return "loan" if "借" in text else "received"
        if _LOANS.search(text):
            return "loan"
        if "发文" in text or "分发" in text:
            return "issued"
    keys = {
        heading_key(cell.typed)
        for sheet in sheets
        for row in sheet.rows[:10]
        for cell in row
        if len(cell.typed) <= _LONGEST_HEADING
    }
    if keys & {"收文时间", "收文编号", "收文号", "来文单位", "来文时间"}:
        return "received"
    if any(key.startswith(("借阅", "借用", "借出", "阅件")) for key in keys):
        return "loan"
    return "issued" if keys & {"发文时间", "发文编号", "发文号", "主送单位"} else "received"


def find_headers(
    sheet: Sheet, kind: str, mapping: Mapping[str, str] | None = None
) -> tuple[Header, ...]:
    """All heading rows of a sheet, in order.

    ``mapping``: heading → field (by code, title or another heading), or "" to ignore the column.
    Raises ``UnreadableBook`` for a field that does not exist.
    """
    chosen = _chosen(mapping or {}, kind)
    headers: list[Header] = []
    i = 0
    while i < len(sheet.rows):
        header = _header_at(sheet.rows, i, kind, chosen)
        if header:
            headers.append(header)
            i = header.last
        i += 1
    return tuple(headers)


def year_in(text: str) -> int | None:
    """The one year that a title names: 2019年收文登记簿, 二〇一九年度."""
    years = {int(digit_year(found[1])) for found in _YEAR.finditer(squeeze(text))}
    return years.pop() if len(years) == 1 else None


def _chosen(mapping: Mapping[str, str], kind: str) -> dict[str, str]:
    chosen = {}
    for heading, name in mapping.items():
        field = field_called(name, kind) if name else ""
        if field is None:
            raise UnreadableBook(
                f"“{heading}”对应的“{name}”不是可用的栏目：没有“{name}”这个字段，"
                f"可用的有：{'、'.join(TITLES.values())}。"
            )
        chosen[heading_key(heading)] = field
    return chosen


def _header_at(
    rows: Sequence[Sequence[Cell]], i: int, kind: str, chosen: Mapping[str, str]
) -> Header | None:
    above = rows[i]
    own = [cell.typed for cell in above if cell.is_own]
    if not own or 2 * sum(map(_is_entry_like, own)) > max(len(own), 2):
        return None
    columns, is_pair = _best_columns(rows, i, kind, chosen)
    below = rows[i + 1] if is_pair else ()
    if is_pair and _known(_best_columns(rows, i + 1, kind, chosen)[0]) >= _known(columns):
        return None  # a title above a heading, not a group heading
    cells = [cell for cell in (*above, *below) if cell.is_own]
    named = all(heading_key(column.heading) in chosen for column in columns)
    if not _is_header(columns, cells, pair=is_pair, fewest=1 if named else _FEWEST_FIELDS):
        return None
    year = next((y for c in cells if (y := year_in(c.typed))), None)
    return Header(first=i, last=i + is_pair, columns=_settled(columns), year=year)


def _is_entry_like(text: str) -> bool:
    """Too long for a heading, or with digits: what more than half of an entry's cells are."""
    return len(text) > _LONGEST_HEADING or any(c.isdigit() for c in text)


def _best_columns(
    rows: Sequence[Sequence[Cell]], i: int, kind: str, chosen: Mapping[str, str]
) -> tuple[tuple[Column, ...], bool]:
    """The columns that row ``i`` names alone, or with the row below when that names more."""
    one = _columns(rows[i], (), kind, chosen)
    if i + 1 >= len(rows) or not _is_heading_like(rows[i + 1]):
        return one, False
    two = _columns(rows[i], rows[i + 1], kind, chosen)
    return (two, True) if _known(two) > _known(one) else (one, False)


def _is_heading_like(row: Sequence[Cell]) -> bool:
    own = [cell.typed for cell in row if cell.is_own]
    return bool(own) and all(
        len(text) <= _LONGEST_HEADING and not any(c.isdigit() for c in text) for text in own
    )


def _is_header(
    columns: Sequence[Column], cells: Sequence[Cell], *, pair: bool, fewest: int
) -> bool:
    fields = {c.field for c in columns if c.field}
    if len(fields) < fewest or not fields & _TELLING:
        return False
    if any(len(cell.typed) > 2 * _LONGEST_HEADING for cell in cells):
        return False
    return pair or 2 * _known(columns) >= len(cells)


def _known(columns: Sequence[Column]) -> int:
    """How much a heading says: each field once, and every column that is at least noted."""
    noted = sum(1 for column in columns if column.field in (NOTED, ""))
    return noted + len({(c.field, c.part) for c in columns if c.field and c.field != NOTED})


def _columns(
    above: Sequence[Cell], below: Sequence[Cell], kind: str, chosen: Mapping[str, str]
) -> tuple[Column, ...]:
    columns = []
    group = ""
    spreads = not any(cell.merged for cell in above)  # an empty cell then belongs to its left
    for index in range(max(len(above), len(below))):
        top = above[index] if index < len(above) and above[index].merged != "above" else EMPTY
        low = below[index] if index < len(below) else EMPTY
        leaf = low.typed if low.merged != "above" else ""
        if top.typed or not leaf or not spreads:
            group = top.typed
        if not group and not leaf:
            continue
        if not below and top.merged == "left":
            continue
        columns.append(_column(index, group, leaf, kind, chosen))
    return tuple(columns)


def _column(index: int, group: str, leaf: str, kind: str, chosen: Mapping[str, str]) -> Column:
    heading = f"{group}{leaf}" if leaf != group else group
    for name in (heading, leaf, group):
        if name and heading_key(name) in chosen:
            return Column(index=index, heading=heading, field=chosen[heading_key(name)])
    part = _PARTS.get(squeeze(leaf or group))
    if part and (day := _day_of_group(group if leaf else "", kind)):
        return Column(index=index, heading=heading, field=day, part=part)
    return Column(index=index, heading=heading, field=_field(heading, group, leaf, kind))


def _day_of_group(group: str, kind: str) -> str | None:
    """The day whose month or day a column holds; a year as group heading means the main day."""
    if not group or _YEAR.fullmatch(squeeze(group)):
        return MAIN_DAY[kind]
    for name in (group, f"{group}日期"):
        if (field := field_of(name, kind)) in DAY_FIELDS:
            return field
    return None


def _field(heading: str, group: str, leaf: str, kind: str) -> str | None:
    if (field := field_of(heading, kind)) or not leaf or leaf == group:
        return field
    field = field_of(leaf, kind)
    if _BACK_WORDS.search(group) and field == "count":
        return "back_count"
    if _BACK_WORDS.search(group) and field in ("person", "out_on", "unit", "copy_numbers"):
        return NOTED  # who signed for what came back is not who was given it
    if field == MAIN_DAY[kind] and heading_key(leaf) == "时间":
        return None  # a day of some group that is not known is not the row's main day
    return field


def _settled(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Each field once: of two columns the better named keeps it, the other becomes unknown."""
    best: dict[tuple[str, str], Column] = {}
    for column in columns:
        if column.field and column.field != NOTED:
            place = (column.field, column.part)
            rival = best.setdefault(place, column)
            if rank_of(column.heading, column.field) < rank_of(rival.heading, column.field):
                best[place] = column
    settled = []
    for column in columns:
        is_loser = bool(column.field) and column.field != NOTED
        if is_loser and best[column.field or "", column.part] is not column:
            second = SECOND_MEANING.get(heading_key(column.heading))
            is_free = second is not None and (second, "") not in best
            column = replace(column, field=second if is_free else None)
        settled.append(column)
    return _distinct(settled)


def _distinct(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Headings made different from one another, since the text as typed is kept by heading."""
    seen: dict[str, int] = {}
    named = []
    for column in columns:
        seen[column.heading] = count = seen.get(column.heading, 0) + 1
        heading = column.heading if count == 1 else f"{column.heading}（{count}）"
        named.append(replace(column, heading=heading))
    return tuple(named)
