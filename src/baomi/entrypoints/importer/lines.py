"""The lines of a book that are no entries: titles, totals, notes, page ends, month dividers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from baomi.entrypoints.importer.cells import Cell
from baomi.entrypoints.importer.headers import Header
from baomi.kernel.spelling import squeeze

TITLE, HEADER, BLANK, TOTAL, NOTE, REPEAT = "title", "header", "blank", "total", "note", "repeat"
REASONS = (TITLE, HEADER, BLANK, TOTAL, NOTE, REPEAT)

_TOTAL = re.compile(
    r"(本[页月季年周]|全[年月]|上半年|下半年|[0-9]{4}年(度)?|[0-9一二三四五六七八九十]+月(份)?|"
    r"第?[一二三四1-4]季度|年度)?(合计|小计|总计|共计|累计|合|过次页|承前页|接上页|转下页)"
    r"[:：]?[0-9一二三四五六七八九十百千件份号,，。:： ]*"
)
_NOTE = re.compile(
    r"(填表|填写|填报|登记|使用|注意|备注|附注|说明|注|制表|审核|打印|经办|保管|负责|单位负责|监印|"
    r"以下空白|以上|此簿|本簿|此表|本表)(说明|须知|事项|人|日期|时间|单位|要求)?([:：]|[0-9]?[.、]|空白|按|由|共|$)"
)
_TITLE = re.compile(
    r".*(登记簿|登记表|登记册|登记本|台账|一览表|目录)([（(].*[)）])?|第[0-9一二三四五六七八九十]+页(共.*)?|"
    r"[（(]?续(表|页|上页|前页)?[)）]?|([0-9]{4}年(度)?)?[0-9一二三四五六七八九十]{1,3}月(份)?|[0-9]{4}年(度)?"
)
_SUMMED = frozenset({"sequence", "count", "noted", "copy_numbers"})
_SUM = re.compile(r"[共未已应余计还退出入借]{0,3}[0-9.]{1,8}(件|份|人次|人|本|册|页|次)?")
_NUMBERED_HEADING = 5


def reason_to_skip(row: Sequence[Cell], header: Header | None) -> str:
    """Why a row below (or above) a heading is no entry; "" when it must be read as one."""
    own = [(index, squeeze(cell.typed)) for index, cell in enumerate(row) if cell.is_own]
    fields = {column.index: column.field for column in header.columns} if header else {}
    if not own:
        flawed = {fields.get(index) for index, cell in enumerate(row) if cell.flaw}
        return "" if flawed - {"sequence"} else BLANK
    if header is None:
        return TITLE
    if _is_total(own, fields):
        return TOTAL
    if all(fields.get(index) == "sequence" and text.isdigit() for index, text in own):
        return BLANK  # a line numbered beforehand and never used
    if _numbers_the_columns(own):
        return HEADER
    if _NOTE.match(own[0][1]) and _says_no_paper(own[1:], fields):
        return NOTE
    if len(own) == 1 and _TITLE.fullmatch(own[0][1]):
        return TITLE
    return NOTE if len(own) == 1 and _spans_page(row, own[0][0]) else ""


def _is_total(own: list[tuple[int, str]], fields: dict[int, str | None]) -> bool:
    """A word of totals, and beside it only numbers in columns that are summed."""
    labels = [index for index, text in own if _TOTAL.fullmatch(text)]
    rest = [(index, text) for index, text in own if index not in labels]
    return bool(labels) and all(
        fields.get(index) in _SUMMED or _SUM.fullmatch(text) for index, text in rest
    )


def _numbers_the_columns(own: list[tuple[int, str]]) -> bool:
    """The line 1 2 3 4 … that some forms print below their headings."""
    texts = [text for _, text in own]
    counted = [str(i) for i in range(1, len(texts) + 1)]
    return len(texts) >= _NUMBERED_HEADING and texts == counted


def _says_no_paper(rest: list[tuple[int, str]], fields: dict[int, str | None]) -> bool:
    """Whether the cells beside a note's first one name no paper (signatures, a day)."""
    said = {fields.get(index) for index, _ in rest}
    return not {"title", "number"} <= said and len(rest) <= 4


def _spans_page(row: Sequence[Cell], index: int) -> bool:
    """One text merged over at least half of the page."""
    covered = sum(1 for cell in row[index + 1 :] if cell.merged == "left")
    return 2 * (covered + 1) >= len(row) and covered > 0
