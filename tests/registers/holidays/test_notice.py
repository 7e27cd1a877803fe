"""The text of a notice on holidays, as it is pasted in."""

from datetime import date

import pytest

from baomi.registers.holidays.facts import DayKind
from baomi.registers.holidays.notice import EVERY_HOLIDAY, read
from baomi.rulebook.holidays import of_the_file
from tests.registers.holidays.notices import LABOUR_DAY_2019, OF_2027, PUBLISHED, published

OFF, WORK = DayKind.OFF, DayKind.WORK


def days(text: str, year: int) -> dict[date, DayKind]:
    reading = read(text, year)
    assert not reading.problems
    return {each.day: each.kind for each in reading.days}


@pytest.mark.parametrize("year", sorted(PUBLISHED))
def test_each_published_notice_is_understood_whole(year):
    reading = read(published(year, PUBLISHED[year]), year)
    assert reading.problems == ()
    assert set(reading.names) == set(EVERY_HOLIDAY)
    assert any("祥和平安" in each for each in reading.passed_over)


def test_the_notices_say_what_the_file_says():
    said: dict[date, DayKind] = {}
    for year, text in PUBLISHED.items():
        said |= days(published(year, text), year)
    said |= days(LABOUR_DAY_2019, 2019)
    # the Spring Festival of 2020 was prolonged to 2 February, in words of its own
    said |= {date(2020, 1, 31): OFF, date(2020, 2, 1): OFF, date(2020, 2, 2): OFF}
    first, last = date(2017, 1, 1), date(2026, 12, 31)
    off = {day for day, kind in said.items() if kind is OFF and day.weekday() < 5}
    work = {day for day, kind in said.items() if kind is WORK}
    assert {day for day in off if first <= day <= last} == {
        day for day in of_the_file().off if first <= day <= last
    }
    assert work == {day for day in of_the_file().work if first <= day <= last}


def test_names_are_those_of_the_file():
    for year in (2022, 2025, 2026):
        for each in read(PUBLISHED[year], year).days:
            if each.kind is OFF:
                assert of_the_file().names[each.day] in each.name


def test_lines_broken_anywhere_and_narrow_signs_change_nothing():
    text = published(2026, PUBLISHED[2026])
    broken = "\n".join(text[n : n + 17] for n in range(0, len(text), 17))
    narrow = text.replace("（", "(").replace("）", ")").replace("：", ":").replace("，", ",")
    assert days(broken, 2026) == days(text, 2026) == days(narrow, 2026)


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("元旦：1月1日（周五）放假1天", "写的是星期五，实际是星期四"),
        ("元旦：1月1日至3日放假，共4天", "写的是 4 天，按日期数是 3 天"),
        ("元旦：2月30日放假", "没有 2026 年 2 月 30 日"),
        ("元旦：1月3日至1日放假", "不是一个假期"),
        ("元旦：1月1日、2日", "没有写明放假还是上班"),
        ("春节：延长假期至2月25日", "看不懂“延长假期至"),
        ("元旦：1月5日（周一）上班", "本来就是工作日"),
        ("元旦：2年1月1日放假", "看不懂"),
        ("元旦：2031年1月1日放假", "不在 2026 年前后"),
        ("元旦：3日放假", "有日没有月"),
        ("元旦：1月1日至3日放假。1月3日（周六）上班", "又放假又上班"),
        ("放假调休", "没有写明日期"),
    ],
)
def test_what_is_not_understood_is_named_never_guessed(sentence, why):
    (problem,) = read(f"{sentence}。", 2026).problems
    assert why in problem.why
    assert problem.sentence in sentence


@pytest.mark.parametrize("year", [2017, 2021, 2026])
def test_the_first_holiday_on_the_line_of_the_greeting(year):
    text = published(year, PUBLISHED[year])
    joined = text.replace("通知如下。\n", "通知如下：")
    assert joined != text
    reading = read(joined, year)
    assert not reading.problems
    assert "元旦" in reading.names
    assert reading.days == read(text, year).days


def test_new_year_may_begin_in_december_without_a_year():
    assert date(2022, 12, 31) in days("一、元旦：12月31日至1月2日放假，共3天。", 2023)


def test_a_notice_of_next_year():
    reading = read(OF_2027, 2027)
    assert not reading.problems
    assert sum(each.kind is WORK for each in reading.days) == 6
    assert reading.names == EVERY_HOLIDAY
