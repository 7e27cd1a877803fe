from __future__ import annotations

import random

import pytest

from baomi.kernel.numbers import looks_like_number, nearly_same, parse_number, serial_of

BRACKETS = ["〔〕", "［］", "[]", "【】", "（）", "()", "﹝﹞", "〖〗"]
SPACES = ["", " ", "\u3000", "\u00a0", "\u200b", "\ufeff"]
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
CIRCLE_ZERO = str.maketrans("0", "○")


def spellings(count: int) -> list[str]:
    rng = random.Random(36)  # noqa: S311  a fixed seed, so that a failure can be repeated
    made: list[str] = []
    while len(made) < count:
        opening, closing = rng.choice(BRACKETS)
        year = "2020"
        if rng.random() < 0.3:
            year = year.translate(rng.choice([CHINESE, CIRCLE_ZERO]))
        elif rng.random() < 0.5:
            year = "".join(c.translate(FULL_WIDTH) if rng.random() < 0.5 else c for c in year)
        serial = rng.choice(["12", "012", "0012", "１２", "第12", "第012", "第１２"])
        parts = ["×办发", opening, year, closing, serial, rng.choice(["号", "號"])]
        text = "".join(part + rng.choice(SPACES) for part in parts)
        if text not in made:
            made.append(text)
    return made


def test_a_thousand_spellings_have_one_key() -> None:
    keys = {number.key if (number := parse_number(t)) else t for t in spellings(1_000)}
    assert keys == {"×办发|2020|12"}


def confusable() -> list[str]:
    signs = "Oo〇○零lI|①²½Ⅰ十"
    in_serial = [f"×办发〔2020〕1{sign}号" for sign in signs if sign != "①"]
    in_year = [f"×办发〔2{sign}20〕12号" for sign in "OoОΟ٠"]
    codes = [
        "×办發",
        "×办収",
        "⻔办发",
        "×力发",
        "x办发",
        "Х办发",
        "×办 发展",
        "×办发文",
        "办发",
        "××办发",
    ]
    in_code = [f"{code}〔2020〕12号" for code in codes if code != "×办發"]
    years = [f"×办发〔{year}〕12号" for year in range(1950, 2100) if year != 2020]
    serials = [f"×办发〔2020〕{serial}号" for serial in (*range(1, 12), *range(13, 31))]
    hidden = [f"×办发〔2020〕{mark}12号" for mark in "\u202e\u2066\u202a\u2069"]
    broken = [
        "×办发2020-12",
        "×办发〔2020〕号",
        "〔2020〕12号",
        "×办发〔2020〕12号之一",
        "×办发〔20〕12号",
    ]
    return [*in_serial, *in_year, *in_code, *years, *serials, *hidden, *broken]


def test_confusable_numbers_get_another_key_or_none() -> None:
    texts = confusable()
    assert len(texts) >= 200
    wrong = [t for t in texts if (n := parse_number(t)) and n.key == "×办发|2020|12"]
    assert wrong == []


def test_number_keeps_text_as_typed_beside_canonical_form() -> None:
    number = parse_number("×办发（２０２１）第0114號")
    assert number is not None
    assert (number.code, number.year, number.serial) == ("×办发", 2021, 114)
    assert number.typed == "×办发（２０２１）第0114號"
    assert number.canonical == "×办发〔2021〕114号"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("×办发〔2021〕114号", "×办字〔2021〕114号", True),
        ("×办发〔2021〕114号", "×市办发〔2021〕114号", True),
        ("×办发114号", "×办发〔2021〕114号", True),
        ("×办发第114号", "×办发〔2021〕114号", True),
        ("×办发〔21〕114号", "×办发〔2021〕114号", True),
        ("×办发2021-114", "×办字〔2021〕114号", True),
        ("×办发〔2021〕114号", "×办发(2021)第114号", False),
        ("×办发〔2021〕114号", "×办发〔2020〕114号", False),
        ("×办发〔2021〕114号", "×办发〔2021〕115号", False),
        ("×办发〔2021〕114号", "×财预〔2021〕114号", False),
        ("一份简报", "×办发〔2021〕114号", False),
    ],
)
def test_nearly_same(left: str, right: str, expected: bool) -> None:
    assert nearly_same(left, right) is expected
    assert nearly_same(right, left) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("×办发2021-114", True),
        ("×办发〔2O21〕1号", True),
        ("×办发〔2021〕\u202e1号", True),
        ("12号", True),
        ("中办通报2021年第3期", False),
        ("内部情况", False),
    ],
)
def test_what_was_meant_as_number_is_told_from_other_text(text: str, expected: bool) -> None:
    assert looks_like_number(text) is expected


def test_serial_of_loose_number() -> None:
    assert serial_of("×办发8号") == serial_of("×办字〔2021〕8号") == 8
    assert serial_of("情况简报") is None
