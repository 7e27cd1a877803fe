"""Numbers of official papers (发文字号): the grammar 机关代字〔YYYY〕N号, one key per number.

The key compares; the text as typed is shown. GB/T 9704 writes the year in full, in hexagonal
brackets, without 第 and without leading zeros; clerks do not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from baomi.kernel.spelling import differ_by_one, digit_year, has_bidi_control, squeeze

_BRACKETS = str.maketrans(
    dict.fromkeys("〔［[【（(﹝〖", "〔") | dict.fromkeys("〕］]】）)﹞〗", "〕")
)
_YEAR = "[0-9〇○零一二三四五六七八九]{4}"
_CODE = r"[×A-Za-z\u3007\u3400-\u9fff\U00020000-\U0003ffff]{1,20}"
_NUMBER = re.compile(
    rf"(?P<code>{_CODE})〔(?P<year>{_YEAR})年?〕第?0*(?P<serial>[1-9][0-9]{{0,5}})号?"
)
_LOOSE = re.compile(
    rf"(?P<code>{_CODE}?)(?:[〔\-—_.]?(?P<year>{_YEAR}|[0-9]{{2}})(?:年?〕|年|[\-—_.]))?"
    r"(?:第|字第|字)?0*(?P<serial>[1-9][0-9]{0,5})号?"
)
_GAP = re.compile(r"(?<=[0-9０-９])\s+(?=[0-9０-９])")
_FIRST_YEAR, _LAST_YEAR = 1900, 2099


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumber:
    """The number of a paper. ``code`` is the 机关代字, ``typed`` the text in the book."""

    code: str
    year: int
    serial: int
    typed: str

    @property
    def key(self) -> str:
        """One string for all spellings of this number: ``×办发|2021|114``."""
        return f"{self.code}|{self.year}|{self.serial}"

    @property
    def canonical(self) -> str:
        """The number as GB/T 9704 writes it: ``×办发〔2021〕114号``."""
        return f"{self.code}〔{self.year}〕{self.serial}号"


def parse_number(text: str) -> DocumentNumber | None:
    """The number that a clerk typed, or None when only a human can say what it is."""
    plain = _plain(text)
    found = _NUMBER.fullmatch(plain) if plain else None
    if not found:
        return None
    year = int(digit_year(found["year"]))
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    return DocumentNumber(code=found["code"], year=year, serial=int(found["serial"]), typed=text)


def nearly_same(left: str, right: str) -> bool:
    """Whether two different numbers, as typed, may be the same paper: to be asked, never guessed.

    They may be when the serial agrees and the organ's code agrees but for one character
    (字 for 发, 市办 for 办), or when one of them lacks its year or gives only its last two digits.
    """
    one, other = _loose(left), _loose(right)
    if one is None or other is None or one == other:
        return False
    (code, year, serial), (other_code, other_year, other_serial) = one, other
    if serial != other_serial:
        return False
    codes_touch = code == other_code or differ_by_one(code, other_code)
    return codes_touch and (year == other_year or _abbreviates(year, other_year))


def looks_like_number(text: str) -> bool:
    """Whether a text that has no key was still meant as a paper's number: a human must see it."""
    plain = squeeze(text).translate(_BRACKETS)
    if has_bidi_control(text) or "〔" in plain or "〕" in plain:
        return True
    loose = _loose(text)
    ends_like_one = plain.endswith("号") and any(c.isdigit() for c in plain)
    return ends_like_one or (loose is not None and loose[1] != "")


def loose_key(text: str) -> str | None:
    """The key that a number would have if only its signs were in order; None without a year."""
    loose = _loose(text)
    return f"{loose[0]}|{loose[1]}|{loose[2]}" if loose and len(loose[1]) == len("2021") else None


def serial_of(text: str) -> int | None:
    """The serial that a number ends with, however loosely typed; for finding near numbers."""
    loose = _loose(text)
    return loose[2] if loose else None


def _plain(text: str) -> str | None:
    if has_bidi_control(text) or any(_is_note_sign(c) for c in text):
        return None
    return squeeze(text).replace("號", "号").translate(_BRACKETS)


def _is_note_sign(character: str) -> bool:
    """Footnote signs and fractions, which NFKC would turn into digits of the number."""
    return unicodedata.decomposition(character).startswith(("<super>", "<sub>", "<fraction>"))


def _loose(text: str) -> tuple[str, str, int] | None:
    plain = _plain(_GAP.sub("-", text))
    found = _LOOSE.fullmatch(plain) if plain else None
    if not found:
        return None
    code = found["code"].removesuffix("第").removesuffix("字") or found["code"]
    return code, digit_year(found["year"] or ""), int(found["serial"])


def _abbreviates(year: str, other: str) -> bool:
    short, long = sorted((year, other), key=len)
    return len(short) < len(long) and long.endswith(short)
