"""Numbers of copies (份号) as a book gives them: №000700, 000651-000652, 774~775, 800、801.

A copy number is text: its leading zeros belong to it (GB/T 9704 prints six digits).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from baomi.kernel.spelling import has_bidi_control

LONGEST_RANGE = 2_000
_PREFIX = re.compile(r"^(?:份号|编号|№|n[o0][.．:：]?|n°|第)[:：.]?(?=[0-9A-Z])", re.IGNORECASE)
_FROM_TO = re.compile(r"[自从由]([0-9A-Z]+)号?起?[-~至到]+([0-9A-Z]+)号?止?")
_ONE = re.compile(r"(?P<head>[0-9A-Z\u4e00-\u9fff]*?)(?P<digits>[0-9]{1,12})")
_LIST_SIGNS = re.compile(r"[、,;/\n]|\s+(?![-~])(?<![-~]\s)")
_RANGE_SIGN = re.compile(r"[-~至到]+")
_DASHES = str.maketrans(dict.fromkeys("-－—–―‐‑‒−─﹣", "-") | dict.fromkeys("~～∼〜˜", "~"))
_NOTHING = frozenset({"", "-", "--", "/", "\\", "无", "~"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyNumbers:
    """The numbers of a row's copies, in order, widths kept; ``problems`` are Chinese sentences.

    No numbers and no problem: the copies have none, and get an office number later.
    """

    numbers: tuple[str, ...]
    problems: tuple[str, ...]


class _UnreadableError(ValueError):
    pass


def parse_copy_numbers(text: str, count: int | None) -> CopyNumbers:
    """The copy numbers of a cell; ``count`` is what the column 份数 says (None: nothing)."""
    plain = _plain(text)
    if plain in _NOTHING:
        return CopyNumbers(numbers=(), problems=())
    if has_bidi_control(text):
        return CopyNumbers(numbers=(), problems=("份号里有看不见的方向控制字符，请重新录入。",))
    try:
        numbers = tuple(n for part in _LIST_SIGNS.split(plain) if part for n in _range(part))
    except _UnreadableError as error:
        return CopyNumbers(numbers=(), problems=(str(error),))
    return CopyNumbers(numbers=numbers, problems=tuple(_doubts(numbers, count)))


def _plain(text: str) -> str:
    dashed = text.replace("№", "No").translate(_DASHES)
    folded = unicodedata.normalize("NFKC", dashed).translate(_DASHES).upper()
    inked = "".join(c for c in folded if unicodedata.category(c) != "Cf")
    tight = re.sub(r"\s*([-~至到、,;])\s*", r"\1", inked).strip().rstrip("、,;")
    return _FROM_TO.sub(r"\1-\2", tight)


def _range(part: str) -> list[str]:
    ends = _RANGE_SIGN.split(part.strip())
    if len(ends) > 2:
        raise _UnreadableError(f"份号“{part}”看不懂，起止号之间只能有一个连接号。")
    (head, first), (tail_head, last) = _one(ends[0], part), _one(ends[-1], part)
    if tail_head not in (head, ""):
        raise _UnreadableError(f"份号“{part}”起止号的字头不同，请分开写。")
    start, end = int(first), int(last)
    if end < start:
        raise _UnreadableError(f"份号“{part}”的止号小于起号，请核对。")
    if end - start >= LONGEST_RANGE:
        raise _UnreadableError(f"份号“{part}”跨度超过 {LONGEST_RANGE} 份，请核对或分行填写。")
    if len(ends) == 2 and first[0] == "0" and len(last) != len(first):
        raise _UnreadableError(f"份号“{part}”起止号位数不同，请写全。")
    return [f"{head}{number:0{len(first)}d}" for number in range(start, end + 1)]


def _one(text: str, part: str) -> tuple[str, str]:
    bare = _PREFIX.sub("", text.strip()).rstrip("#号")
    found = _ONE.fullmatch(bare)
    if not found:
        raise _UnreadableError(f"份号“{part}”看不懂，请写成 000651 或 000651-000652。")
    return found["head"], found["digits"]


def _doubts(numbers: tuple[str, ...], count: int | None) -> list[str]:
    doubts = []
    if len(set(numbers)) < len(numbers):
        twice = next(n for n in numbers if numbers.count(n) > 1)
        doubts.append(f"份号 {twice} 在同一格里写了两次，请核对。")
    if len(numbers) > LONGEST_RANGE:
        doubts.append(f"一格里的份号超过 {LONGEST_RANGE} 个，请分行填写。")
    if count is not None and count != len(numbers):
        doubts.append(f"份数写的是 {count}，份号却有 {len(numbers)} 个，请核对。")
    return doubts
