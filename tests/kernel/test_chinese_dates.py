from __future__ import annotations

from datetime import date, datetime

import pytest

from baomi.kernel.chinese_dates import ImpossibleDayError, UnclearDateError, parse_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年1月5日", date(2021, 1, 5)),
        ("2021.1.7", date(2021, 1, 7)),
        ("2021-01-09", date(2021, 1, 9)),
        ("2021/1/12", date(2021, 1, 12)),
        ("２０２１.1.9", date(2021, 1, 9)),
        ("2021．1．9", date(2021, 1, 9)),
        ("2021、1、9", date(2021, 1, 9)),
        ("二〇二一年一月九日", date(2021, 1, 9)),
        ("二○二一年十二月三十一日", date(2021, 12, 31)),
        ("二零二一年十月二十日", date(2021, 10, 20)),
        ("20210109", date(2021, 1, 9)),
        ("2021 年 1 月 9 日", date(2021, 1, 9)),
        ("2021年1月9号", date(2021, 1, 9)),
        ("2021-01-09 10:30:00", date(2021, 1, 9)),
        ("2020-02-29", date(2020, 2, 29)),
    ],
)
def test_days_as_typed(text: str, expected: date) -> None:
    parsed = parse_date(text)
    assert (parsed.day, parsed.typed, parsed.year_from_context) == (expected, text, False)


@pytest.mark.parametrize("value", [date(2021, 1, 9), datetime(2021, 1, 9, 13, 5)])  # noqa: DTZ001  a cell has no zone
def test_typed_date_cells(value: date) -> None:
    assert parse_date(value).day == date(2021, 1, 9)


@pytest.mark.parametrize(
    "text",
    ["2020.13.45", "2021-02-30", "2021年2月29日", "20211345", "2021.0.3", "二〇二一年十三月一日"],
)
def test_day_that_no_calendar_has(text: str) -> None:
    with pytest.raises(ImpossibleDayError, match="不存在"):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("2021.1.9上午", "时段"),
        ("2021年1月9日下午3点", "时段"),
        ("44205", "看不出"),
        ("2021.1", "没有年份|看不出|月份"),
        ("1月5日", "没有年份"),
        ("已退", "看不出"),
        ("", "空"),
        ("2021.1.9\u202e", "方向控制"),
        ("1021-01-09", "年份"),
        ("2021.1.9、2021.1.10", "看不出"),
    ],
)
def test_unclear_day_is_asked_about(text: str, word: str) -> None:
    with pytest.raises(UnclearDateError, match=word):
        parse_date(text)


def test_two_digit_year_is_a_question_with_the_near_answer() -> None:
    with pytest.raises(UnclearDateError, match="两位") as caught:
        parse_date("21.1.9")
    assert caught.value.choices == (date(2021, 1, 9),)


def test_year_and_month_of_the_book_complete_a_day() -> None:
    parsed = parse_date("1月5日", year=2021)
    assert (parsed.day, parsed.year_from_context) == (date(2021, 1, 5), True)
    assert parse_date("1.5", year=2021).day == date(2021, 1, 5)
    assert parse_date("5日", year=2021, month=3).day == date(2021, 3, 5)
    assert parse_date("2020-01-05", year=2021).day == date(2020, 1, 5)
    with pytest.raises(ImpossibleDayError):
        parse_date("2月30日", year=2021)


def test_bare_number_is_never_a_serial_day() -> None:
    with pytest.raises(UnclearDateError):
        parse_date(44205)
    with pytest.raises(UnclearDateError):
        parse_date(44205.0, year=2021, month=1)
