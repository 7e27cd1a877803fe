"""The one byte form of an entry's body: RFC 8259 JSON narrowed until only one spelling is left.

Two JSON readers may disagree about a duplicate key, a float or an escape.  A body that allows
such doubt proves nothing, so it is refused before it is hashed and again when it is read.
"""

from __future__ import annotations

import json
import unicodedata
from typing import Final, NoReturn

LARGEST_INTEGER: Final = 2**53
"""Integers beyond this lose digits in readers that keep numbers as IEEE 754 doubles."""

LARGEST_BODY: Final = 1 << 20
"""Octets that a body may take, 1 MiB."""


class NotCanonical(ValueError):
    """A value or a text that has no canonical form, or not this one; says why in Chinese."""


def canonical(value: object) -> bytes:
    """Encode `value` as canonical JSON in UTF-8.

    Keys sorted by code point, no white space, integers only (at most 2^53 in size), strings in
    NFC, at most 1 MiB.  Raises `NotCanonical` for everything else.
    """
    try:
        _check(value)
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        raw = text.encode()
    except RecursionError:
        raise NotCanonical("内容层次过深：请减少嵌套层数。") from None
    except UnicodeEncodeError:
        raise NotCanonical("文字中有不成对的代理码位：请删去无法显示的字符后重录。") from None
    if len(raw) > LARGEST_BODY:
        raise NotCanonical(f"内容有 {len(raw)} 字节，超过 1 MiB：请分几次办理。")
    return raw


def parse_canonical(raw: bytes) -> object:
    """Read canonical JSON; raises `NotCanonical` for any text that `canonical` would not write."""
    if len(raw) > LARGEST_BODY:
        raise NotCanonical(f"内容有 {len(raw)} 字节，超过 1 MiB：请分几次办理。")
    try:
        value: object = json.loads(
            raw.decode(),
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
            object_pairs_hook=_without_duplicates,
        )
    except NotCanonical:
        raise
    except UnicodeDecodeError:
        raise NotCanonical("内容不是 UTF-8 编码：请用 UTF-8 重新保存。") from None
    except RecursionError:
        raise NotCanonical("内容层次过深：请减少嵌套层数。") from None
    except ValueError:
        raise NotCanonical("内容不是有效的 JSON：请检查括号、引号和逗号。") from None
    if canonical(value) != raw:
        raise NotCanonical("内容不是规范写法（键序、空白或转义不同）：请用本系统重新生成。")
    return value


def _check(value: object) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        if not value.isascii():
            _check_text(value)
    elif isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise NotCanonical("整数的绝对值超过 2 的 53 次方：请改用文字记录。")
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise NotCanonical("键必须是文字。")
            if not key.isascii():
                _check_text(key)
            _check(item)
    else:
        raise NotCanonical(
            f"不能记录 {type(value).__name__} 类型的值：只用文字、整数、真假、空值、列表和字典。"
        )


def _check_text(text: str) -> None:
    if not unicodedata.is_normalized("NFC", text):
        raise NotCanonical("文字不是 NFC 形式：请先做 Unicode 规范化。")


def _refuse_number(_text: str) -> NoReturn:
    raise NotCanonical("数只能是整数：请以最小单位记录，不用小数。")


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise NotCanonical("同一个键出现两次：请只保留一个。")
    return fields
