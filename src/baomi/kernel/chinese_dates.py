"""Days as clerks type them: 2021年1月5日, ２０２１.1.9, 二〇二一年一月九日, 20210109, 1月5日."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from baomi.kernel.spelling import chinese_integer, digit_year, has_bidi_control, squeeze

_HAN = "〇○零一二三四五六七八九十"
_SIGN = rf"[0-9]{{1,2}}|[{_HAN}]{{1,3}}"
_FULL = re.compile(
    rf"(?P<year>[0-9{_HAN}]{{4}}|[0-9{_HAN}]{{2}})(?:年|[-—–/.,、])"
    rf"(?P<month>{_SIGN})(?:月|[-—–/.,、])(?P<day>{_SIGN})[日号]?\.?"
)
_COMPACT = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_YEARLESS = re.compile(rf"(?P<month>{_SIGN})(?:月|[-—–/.,、])(?P<day>{_SIGN})[日号]?")
_DAY_ONLY = re.compile(rf"(?P<day>{_SIGN})[日号]")
_CLOCK_TIME = re.compile(r"(?<=[0-9日])[ T]*[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.0+)?)?$")
_PART_OF_DAY = re.compile(r"(凌晨|早上?|上午|中午|下午|晚上?|[0-9]{1,2}[时点]([0-9]{1,2}分)?)+$")
_FIRST_YEAR, _LAST_YEAR = 1949, 2099


class DateError(ValueError):
    """A day that cannot be taken from a cell. ``str()`` is a Chinese sentence for the clerk."""


class ImpossibleDayError(DateError):
    """A day that no calendar has: it is refused."""


class UnclearDateError(DateError):
    """A day that only a human can tell; ``choices`` are the days that it may be."""

    def __init__(self, sentence: str, choices: tuple[date, ...] = ()) -> None:
        super().__init__(sentence)
        self.choices = choices


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDate:
    """A day beside the text as typed. ``year_from_context``: the year stood in the book's title."""

    day: date
    typed: str
    year_from_context: bool


def parse_date(value: object, *, year: int | None = None, month: int | None = None) -> ParsedDate:
    """The day of a cell.

    ``year`` and ``month`` are what the book's title or sheet name says, for cells such as
    1月5日 or 5日. Numbers are days only when written as eight digits: a serial number of a
    spreadsheet is one only in a cell typed as a date, which arrives here as ``date``.

    Raises ``ImpossibleDayError`` (no such day) or ``UnclearDateError`` (ask).
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _within_reason(value, value.isoformat(), from_context=False)
    typed = str(value).strip()
    if has_bidi_control(typed):
        raise UnclearDateError("日期里有看不见的方向控制字符，请重新录入。")
    text = squeeze(_CLOCK_TIME.sub("", " ".join(_spaced(typed).split())))
    if not text:
        raise UnclearDateError("日期是空的，请填写年月日。")
    if _PART_OF_DAY.search(text):
        raise UnclearDateError(f"“{typed}”带有时段，日期栏只填年月日，请去掉时段。")
    if found := _FULL.fullmatch(text) or _COMPACT.fullmatch(text):
        return _dated(found, typed)
    return _from_context(text, typed, year, month)


def _spaced(typed: str) -> str:
    return typed.replace("\u3000", " ").replace("：", ":")


def _dated(found: re.Match[str], typed: str) -> ParsedDate:
    year_text = digit_year(found["year"])
    month, day = _integer(found["month"]), _integer(found["day"])
    if len(year_text) == 2:
        raise UnclearDateError(
            f"“{typed}”的年份只有两位，请写全四位年份。",
            tuple(d for d in (_try_day(f"20{year_text}", month, day),) if d),
        )
    return _within_reason(_day(year_text, month, day, typed), typed, from_context=False)


def _from_context(text: str, typed: str, year: int | None, month: int | None) -> ParsedDate:
    found = _YEARLESS.fullmatch(text)
    lonely = None if found else _DAY_ONLY.fullmatch(text)
    if not found and not lonely:
        raise UnclearDateError(f"“{typed}”看不出是哪一天，请写成 2021-01-09 这样的日期。")
    month_number = _integer(found["month"]) if found else month
    day_number = _integer((found or lonely or {"day": ""})["day"])
    if month_number is None or not 1 <= month_number <= 12 or day_number is None:
        raise UnclearDateError(f"“{typed}”缺月份或写错了月份，请写成 2021-01-09 这样的日期。")
    if year is None:
        raise UnclearDateError(f"“{typed}”没有年份，簿册标题里也没有，请写全年月日。")
    day = _day(str(year), month_number, day_number, typed)
    return _within_reason(day, typed, from_context=True)


def _integer(text: str) -> int | None:
    return int(text) if text.isdecimal() else chinese_integer(text)


def _day(year: str, month: int | None, day: int | None, typed: str) -> date:
    found = _try_day(year, month, day)
    if found is None:
        raise ImpossibleDayError(f"“{typed}”这一天不存在，请核对年、月、日。")
    return found


def _try_day(year: str, month: int | None, day: int | None) -> date | None:
    if month is None or day is None or not year.isdecimal():
        return None
    try:
        return date(int(year), month, day)
    except ValueError:
        return None


def _within_reason(day: date, typed: str, *, from_context: bool) -> ParsedDate:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise UnclearDateError(f"“{typed}”的年份不像是这本簿册的，请核对。")
    return ParsedDate(day=day, typed=typed, year_from_context=from_context)
