from __future__ import annotations

import pytest

from baomi.kernel.spelling import chinese_integer, differ_by_one, fold, squeeze


def test_squeeze_drops_blanks_and_hidden_signs_but_not_bidi_controls() -> None:
    assert squeeze(" 秘\u3000密\u00a0\u200b\ufeff\n") == "秘密"
    assert squeeze("a\u202eb") == "a\u202eb"


def test_fold_makes_headings_comparable() -> None:
    assert fold("來文 單位：") == fold("来文单位")
    assert fold("关于〈甲〉的通知") == fold("关于《甲》的通知")
    assert fold("关于甲的通知") != fold("关于乙的通知")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("八", 8),
        ("十", 10),
        ("十二", 12),
        ("三十", 30),
        ("二十八", 28),
        ("〇", 0),
        ("", None),
        ("百", None),
        ("十十", None),
        ("甲", None),
        ("零十", None),
    ],
)
def test_chinese_integers(text: str, value: int | None) -> None:
    assert chinese_integer(text) == value


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("办发", "办字", True),
        ("办发", "市办发", True),
        ("办发", "办", True),
        ("办发", "办发", False),
        ("办发", "财预", False),
        ("办发", "市府办发", False),
        ("", "发", True),
    ],
)
def test_one_character_apart(left: str, right: str, expected: bool) -> None:
    assert differ_by_one(left, right) is expected
    assert differ_by_one(right, left) is expected
