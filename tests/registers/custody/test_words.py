"""Registered numbers and ranks, read as people write them; no database."""

import pytest

from baomi.registers.custody.release import Rank, rank_of
from baomi.registers.custody.series import SeriesNumber, parse_series_number
from baomi.registers.wording import plain


@pytest.mark.parametrize(
    ("text", "category", "year", "serial", "written"),
    [
        ("2019-001", "收文", 2019, 1, "2019-001"),
        ("２０１９－１２", "收文", 2019, 12, "2019-012"),
        ("密〔2019〕12号", "密", 2019, 12, "密2019-012"),
        ("密字2019-3", "密", 2019, 3, "密2019-003"),
        ("发文2025-1000", "发文", 2025, 1000, "发文2025-1000"),
    ],
    ids=["plain", "full-width", "brackets", "with-word", "four-digits"],
)
def test_a_registered_number(text, category, year, serial, written):
    number = parse_series_number(text)
    assert number == SeriesNumber(year=year, category=category, serial=serial)
    assert number.text == written
    assert parse_series_number(number.text) == number


@pytest.mark.parametrize("text", ["", "十一号", "001", "2019-", "19-001", "2019-0"], ids=str)
def test_what_is_no_registered_number(text):
    assert parse_series_number(text) is None


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("发至县、团级", Rank.DIVISION),
        ("正处级", Rank.DIVISION),
        ("一级调研员", Rank.DIVISION),
        ("四级主任科员", Rank.SECTION),
        ("科员", Rank.CLERK),
        ("二级巡视员", Rank.DEPARTMENT),
        ("地师级", Rank.DEPARTMENT),
        ("省部级", Rank.PROVINCE),
        ("可公开发布", Rank.EVERYONE),
        ("传达到全体党员", Rank.EVERYONE),
        ("不公开", None),
        ("县处级以下", None),
        ("地师级、县团级", None),
        ("班子成员", None),
        ("", None),
    ],
    ids=str,
)
def test_a_rank(text, rank):
    assert rank_of(text) is rank


def test_a_rank_has_its_word():
    assert [rank.title for rank in Rank] == ["全体", "科员", "科级", "县处级", "厅局级", "省部级"]


def test_texts_keep_their_lines():
    assert plain("一\r\n二") == "一\n二"
    for text in ("一\u200b二", "一\x00", "\u202e一", "\ud800"):
        with pytest.raises(ValueError, match="控制字符"):
            plain(text)
