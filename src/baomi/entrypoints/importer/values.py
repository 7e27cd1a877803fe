"""From the cells of one line to the values of its fields: days, counts, running numbers, text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from baomi.entrypoints.importer.cells import EMPTY, Cell
from baomi.entrypoints.importer.entries import Problem, Question, ReceivingNumber
from baomi.entrypoints.importer.fields import DAY_FIELDS, TITLES
from baomi.entrypoints.importer.headers import Header
from baomi.kernel.chinese_dates import (
    DateError,
    ImpossibleDayError,
    UnclearDateError,
    parse_date,
)
from baomi.kernel.spelling import chinese_integer, has_bidi_control, squeeze

DITTO = frozenset({"〃", "″", "〞", '"', "''", "”", "“", "＂", "同上", "上同", "同前", "∥"})
_NO_DAY = frozenset({"-", "--", "—", "——", "/", "\\", "无", "未退", "未还", "未归还", "未退回"})
_STILL_OUT = frozenset({"在阅", "在办", "待退", "未清退", "未交回", "尚未退回", "未收回", "未送出"})
_COUNT = re.compile(
    r"共?(?P<count>[0-9]{1,5}|[一二三四五六七八九十两]{1,3})(份|件|册|本|套|张|页)?"
)
_RUNNING = re.compile(
    r"(?P<series>[^0-9]*?)[〔\[(【]?(?P<year>(?:19|20)[0-9]{2})年?[〕\])】]?[-_./年号第]*"
    r"(?P<serial>[0-9]{1,6})号?"
)
_RUNNING_ALONE = re.compile(r"(?P<series>[^0-9]*?)(第)?(?P<serial>[0-9]{1,6})号?")
_COMPACT_LENGTHS = frozenset({7, 8, 9})
_TENTHS = re.compile(r"([0-9]{4}\.)?[0-9]{1,2}\.[123]")
_MOST_COPIES = 10_000
_NOT_DAYS = frozenset({"number", "copy_numbers", "receiving_number", "count", "term"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a line's place in the book says: sheet, kind, headings, and year and month if named."""

    sheet: str
    kind: str
    header: Header
    year: int | None
    month: int | None
    today: date | None
    year_is_own: bool = False
    all_classified: bool = False


@dataclass(slots=True, kw_only=True)
class Line:
    """One line being read. Doubts gather in ``questions``; the first impossibility refuses."""

    context: Context
    number: int
    cells: Sequence[Cell]
    above: Mapping[int, Cell]
    questions: list[Question] = field(default_factory=list)
    refusal: Problem | None = None
    unread: list[str] = field(default_factory=list)
    answered: Mapping[str, str] = field(default_factory=dict)

    def cell(self, name: str, part: str = "") -> Cell:
        """The cell of a field, ditto signs resolved; an empty one when there is no column.

        What a human answered about the field stands for what the book says.
        """
        if name in self.answered:
            return Cell(value=self.answered[name]) if not part else EMPTY
        column = self.context.header.column_of(name, part)
        return self.at(column.index) if column else EMPTY

    def at(self, index: int) -> Cell:
        """The cell of a column, ditto signs resolved; empty where a merged one lies over it."""
        if index >= len(self.cells) or self.cells[index].merged == "left":
            return EMPTY
        cell = self.cells[index]
        return self.above.get(index, EMPTY) if cell.typed in DITTO else cell

    def ask(self, code: str, text: str, *choices: str, about: str = "") -> None:
        """Add a question about this line; ``about``: the field, where the code does not say."""
        self.questions.append(Question(code=code, text=text, choices=choices, about=about))

    def refuse(self, name: str, code: str, text: str) -> None:
        """Refuse the line, unless it was refused already."""
        if self.refusal is None:
            self.refusal = Problem(
                sheet=self.context.sheet,
                row=self.number,
                column=self.heading(name),
                code=code,
                text=text,
            )

    def heading(self, name: str) -> str:
        """The heading of a field as it stands in the book."""
        column = self.context.header.column_of(name)
        return column.heading if column else TITLES[name]


def text_of(line: Line, name: str) -> str:
    """The text of a field: composed (NFC), without line breaks, otherwise as typed."""
    text = unicodedata.normalize("NFC", re.sub(r"[\r\n\t]+", "", line.cell(name).typed))
    if has_bidi_control(text):
        line.ask("hidden_sign", f"“{line.heading(name)}”里有看不见的方向控制字符，请重新录入。")
    return text


def name_of(line: Line, name: str) -> str:
    """A name, without the blanks that stretch it over a column: 祝　余, 秘 书 科."""
    text = text_of(line, name)
    signs = text.split()
    return "".join(signs) if all(len(sign) == 1 for sign in signs) else text


def day_of(line: Line, name: str) -> date | None:
    """The day of a field, or None when there is none or a question about it was asked."""
    value, typed = _day_value(line, name)
    plain = squeeze(typed)
    if not plain or plain in _NO_DAY or plain in _STILL_OUT:
        return None
    context = line.context
    if isinstance(value, float) and _ask_about_tenths(line, name, typed):
        return None
    try:
        parsed = parse_date(value, year=context.year, month=context.month)
    except ImpossibleDayError as error:
        line.unread.append(typed)
        if name == "due_on":  # a term that was set wrongly makes nothing untrue that happened
            line.ask("day_unclear", f"{line.heading(name)}：{error}", about=name)
            return None
        line.refuse(name, "impossible_day", f"{line.heading(name)}：{error}")
        return None
    except UnclearDateError as error:
        line.unread.append(typed)
        choices = tuple(day.isoformat() for day in error.choices)
        line.ask("day_unclear", f"{line.heading(name)}：{error}", *choices, about=name)
        return None
    if context.today and parsed.day > context.today:
        line.refuse(name, "day_to_come", f"{line.heading(name)}“{parsed.typed}”还没有到，请核对。")
    return parsed.day


def _ask_about_tenths(line: Line, name: str, typed: str) -> bool:
    """A number cell 3.1 may have been typed 3.1 or 3.10: the spreadsheet drops the zero."""
    line.unread.append(typed)
    text = f"{line.heading(name)}“{typed}”是数字，分不出 {typed} 和 {typed}0，是哪一天？"
    line.ask("day_unclear", text, *_whole_days(line, typed, f"{typed}0"), about=name)
    return True


def _whole_days(line: Line, *texts: str) -> Iterator[str]:
    """The days written out: a spreadsheet would drop the zero of an answer 3.10 once more."""
    for text in texts:
        try:
            yield parse_date(text, year=line.context.year).day.isoformat()
        except DateError:
            continue


def _day_value(line: Line, name: str) -> tuple[object, str]:
    day, month = line.cell(name, "day").typed, line.cell(name, "month").typed
    if not day and not month:
        cell = line.cell(name)
        is_kept = isinstance(cell.value, date) or _TENTHS.fullmatch(cell.typed)
        return (cell.value if is_kept else cell.typed), cell.typed
    year = line.cell(name, "year").typed or (line.context.year or "")
    day, month, year = (squeeze(str(part)).rstrip("年月日号份") for part in (day, month, year))
    text = (f"{year}年" if year else "") + (f"{month}月" if month else "") + f"{day}日"
    return text, text


def count_of(line: Line) -> int | None:
    """The number of copies that the row states; None when it states none."""
    typed = line.cell("count").typed
    plain = squeeze(typed)
    if not plain or plain in _NO_DAY:
        return None
    count = whole_number(plain)
    if not count or count > _MOST_COPIES:
        line.unread.append(typed)
        line.ask("count_unclear", f"份数“{typed}”看不懂，请填写整数。")
        return None
    return count


def whole_number(plain: str) -> int | None:
    """The number in 8, 8份 or 十二; None when there is none."""
    found = _COUNT.fullmatch(plain)
    if not found:
        return None
    text = found["count"]
    return int(text) if text.isdecimal() else chinese_integer(text)


def receiving_number_of(line: Line, day: date | None) -> ReceivingNumber | None:
    """The office's running number; its year, when it names none, is that of the row's day."""
    typed = line.cell("receiving_number").typed
    plain = squeeze(typed).upper()
    if not plain or plain in _NO_DAY:
        return None
    year, serial, series = None, None, ""
    if found := _running(plain):
        series, serial = re.sub(r"[-_./〔\[(【第字]+$", "", found["series"]), int(found["serial"])
        year = int(found.groupdict().get("year") or 0) or (day.year if day else line.context.year)
    elif not isinstance(line.cell("receiving_number").value, date):
        line.ask("running_number_unclear", f"{line.heading('receiving_number')}“{typed}”看不懂。")
    return ReceivingNumber(typed=typed, series=series, year=year, serial=serial)


def _running(plain: str) -> re.Match[str] | None:
    if plain.isdecimal() and len(plain) not in _COMPACT_LENGTHS:
        return _RUNNING_ALONE.fullmatch(plain)
    return _RUNNING.fullmatch(plain) or _RUNNING_ALONE.fullmatch(plain)


def ask_about_turned_days(line: Line) -> None:
    """A spreadsheet makes a day of 1-3 or 2019-1: in a column of numbers that must be asked."""
    for column in line.context.header.columns:
        cell = line.at(column.index)
        name = column.field or ""
        if name in line.answered or name not in _NOT_DAYS - DAY_FIELDS:
            continue
        if isinstance(cell.value, date):
            text = f"“{column.heading}”被表格软件改成了日期 {cell.typed}，原来填的是什么？"
            line.ask("turned_into_day", text, about=name)
