from __future__ import annotations

import pytest

from baomi.kernel.copy_numbers import parse_copy_numbers


@pytest.mark.parametrize(
    ("text", "count", "numbers"),
    [
        ("", 3, ()),
        ("—", 3, ()),
        ("000609", 1, ("000609",)),
        ("000651-000652", 2, ("000651", "000652")),
        ("000900—000901", 2, ("000900", "000901")),
        ("000012 – 000014", 3, ("000012", "000013", "000014")),
        ("774~775", 2, ("774", "775")),
        ("774～775", 2, ("774", "775")),
        ("99至101", 3, ("99", "100", "101")),
        ("№000700", 1, ("000700",)),
        ("No.12-No.13", 2, ("12", "13")),
        ("第000651号至000652号", 2, ("000651", "000652")),
        ("000800、000801", 2, ("000800", "000801")),
        ("1,3；5-6", 4, ("1", "3", "5", "6")),
        ("１，２", 2, ("1", "2")),
        ("1 2 3", 3, ("1", "2", "3")),
        ("A001-A002", 2, ("A001", "A002")),
        ("7", None, ("7",)),
    ],
)
def test_copy_numbers_keep_their_width(
    text: str, count: int | None, numbers: tuple[str, ...]
) -> None:
    copies = parse_copy_numbers(text, count)
    assert (copies.numbers, copies.problems) == (numbers, ())


@pytest.mark.parametrize(
    ("text", "count", "word"),
    [
        ("000900-000901", 3, "份数写的是 3"),
        ("5-3", 3, "小于起号"),
        ("1-2001", 2_001, "跨度超过"),
        ("3,3", 2, "写了两次"),
        ("000001-3", 3, "位数不同"),
        ("A1-B2", 2, "字头不同"),
        ("1-2-3", 3, "只能有一个"),
        ("待定", 1, "看不懂"),
        ("12\u202e34", 1, "方向控制"),
    ],
)
def test_doubtful_copy_numbers_are_a_chinese_sentence(text: str, count: int, word: str) -> None:
    problems = parse_copy_numbers(text, count).problems
    assert len(problems) == 1
    assert word in problems[0]


def test_longest_range_is_still_read() -> None:
    copies = parse_copy_numbers("0001-2000", 2_000)
    assert (len(copies.numbers), copies.numbers[-1], copies.problems) == (2_000, "2000", ())
