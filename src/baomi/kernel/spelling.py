"""How clerks spell: the folding that comparisons use, never what is stored or shown.

Titles and names are kept as typed (NFC at most); a fold stands beside them (rare characters,
々 and ㈠ do not survive NFKC).
"""

from __future__ import annotations

import unicodedata

BIDI_CONTROLS = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
)
_LINE_ENDS = frozenset("\t\n\r\v\f")
_CHINESE_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "两": 2}
_TRADITIONAL = str.maketrans(
    "號發機關單題數編領備註來時間歸還傳閱條絕辦稱層達給檔處責報導類頁訂",
    "号发机关单题数编领备注来时间归还传阅条绝办称层达给档处责报导类页订",
)


def has_bidi_control(text: str) -> bool:
    """Whether a character is there that makes the text read otherwise than it is stored."""
    return not BIDI_CONTROLS.isdisjoint(text)


def squeeze(text: str) -> str:
    """NFKC without any space, line end or invisible format character; bidi controls stay."""
    solid = "".join(unicodedata.normalize("NFKC", text).split())
    return solid if solid.isprintable() else "".join(c for c in solid if _is_ink(c))


def fold(text: str) -> str:
    """What two spellings of one title, organ or heading have in common: ink without punctuation."""
    inked = squeeze(text).translate(_TRADITIONAL).casefold()
    return "".join(c for c in inked if c.isalnum() or unicodedata.category(c)[0] != "P")


def simplified(text: str) -> str:
    """The traditional characters of headings and marks in their simplified form."""
    return text.translate(_TRADITIONAL)


def chinese_integer(text: str) -> int | None:
    """The whole number below 100 written as 三十, 十二, 二十八 or 八; None when it is none."""
    if not text or len(text) > 3:
        return None
    if "十" not in text:
        return _CHINESE_DIGITS.get(text)
    tens, _, units = text.partition("十")
    if tens in ("", "一") or tens in _CHINESE_DIGITS:
        ten = _CHINESE_DIGITS.get(tens, 1)
        unit = _CHINESE_DIGITS.get(units, -1) if units else 0
        return ten * 10 + unit if ten > 0 and unit >= 0 else None
    return None


def digit_year(text: str) -> str:
    """A year's four signs, with 〇○零 and 一…九 (also mixed) turned into digits."""
    return "".join(str(_CHINESE_DIGITS[c]) if c in _CHINESE_DIGITS else c for c in text)


def differ_by_one(left: str, right: str) -> bool:
    """Whether one character more, less or other makes one text the other (not: equal texts)."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    short, long = sorted((left, right), key=len)
    same = next((i for i, c in enumerate(short) if c != long[i]), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]


def _is_ink(character: str) -> bool:
    if character in BIDI_CONTROLS:
        return True
    if character in _LINE_ENDS:
        return False
    return unicodedata.category(character) not in ("Zs", "Zl", "Zp", "Cf")
