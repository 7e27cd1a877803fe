"""The office's own labels on copies, badges, cabinets and slips, as a scanner reads them.

``BM``, a letter for the kind, seven digits, three seal characters and one check character of
ISO/IEC 7064 MOD 37,36: fourteen characters, always. The fixed length betrays half labels and
glued ones; the seal binds kind, serial and office, so that what a check character alone would
let through (one alteration in 36) is still refused.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

KINDS = {"C": "份号标签", "P": "工牌", "K": "柜标签", "S": "清单标签", "A": "报批单标签"}
LABEL_LENGTH = 14
LAST_SERIAL = 9_999_999
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SEAL_LENGTH = 3
_START = re.compile(r"BM[CPKSA][0-9]{3}")


class LabelError(ValueError):
    """A scan that is no label of this office. ``str()`` is a Chinese sentence for the reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a label says. ``kind``: C copy, P person (badge), K cabinet, S slip, A request."""

    kind: str
    serial: int


def make_label(kind: str, serial: int, *, office: str) -> str:
    """The text of a label; ``office`` is any lasting sign of the office that prints it.

    Raises ``LabelError`` for an unknown kind or a serial outside 1 … 9,999,999.
    """
    if kind not in KINDS:
        raise LabelError(f"没有“{kind}”这种标签。")
    if not 1 <= serial <= LAST_SERIAL:
        raise LabelError(f"标签序号须在 1 到 {LAST_SERIAL} 之间。")
    body = f"BM{kind}{serial:07d}"
    sealed = body + _seal(body, office)
    return sealed + _check_character(sealed)


def parse_label(text: str, *, office: str) -> Label:
    """The office's label that was scanned or typed, full-width or not, with or without hyphens.

    Raises ``LabelError``: control character, half a label, two glued, too long, of another
    make, or altered.
    """
    label = _plain(text)
    _refuse_wrong_length(label)
    if label[2] not in KINDS:
        raise LabelError("标签种类认不出来，请确认是本机关的标签。")
    serial_text = label[3:10]
    if not (serial_text.isascii() and serial_text.isdecimal()):
        raise LabelError("标签的序号部分读错了，请重新扫描。")
    if _check_character(label[:-1]) != label[-1]:
        raise LabelError("标签的校验码不符，请重新扫描或核对录入。")
    if _seal(label[:10], office) != label[10 : 10 + _SEAL_LENGTH]:
        raise LabelError("这不是本机关的标签，或者标签被改动过。")
    if int(serial_text) == 0:
        raise LabelError("标签序号不能是零。")
    return Label(kind=label[2], serial=int(serial_text))


def _plain(text: str) -> str:
    if len(text) > 200:
        raise LabelError("扫到的内容太长，不是标签。")
    stripped = text.strip(" \t\r\n\u3000")
    if not stripped:
        raise LabelError("没有扫到内容，请重新扫描。")
    if any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") for c in stripped):
        raise LabelError("扫到的内容里夹有控制字符，请一次只扫一个标签。")
    folded = unicodedata.normalize("NFKC", stripped).upper()
    plain = re.sub(r"[-—–−‐ ]", "", folded)
    if any(c not in _ALPHABET for c in plain):
        raise LabelError("扫到的内容有标签里不用的字符，不是本机关的标签。")
    return plain


def _refuse_wrong_length(label: str) -> None:
    if len(_START.findall(label)) > 1:
        raise LabelError("两个标签连在一起了，请一次只扫一个。")
    if not label.startswith("BM"):
        raise LabelError("这不是本系统的标签。")
    if len(label) < LABEL_LENGTH:
        raise LabelError("标签只读到一部分，请重新扫描。")
    if len(label) > LABEL_LENGTH:
        raise LabelError("标签太长，多出了字符，请重新扫描。")


def _seal(body: str, office: str) -> str:
    digest = hashlib.blake2b(f"{office}|{body}".encode(), digest_size=8).digest()
    value = int.from_bytes(digest, "big")
    return "".join(_ALPHABET[value // 36**place % 36] for place in range(_SEAL_LENGTH))


def _check_character(body: str) -> str:
    """ISO/IEC 7064 MOD 37,36, the hybrid system for alphanumeric strings."""
    product = 36
    for character in body:
        total = (product + _ALPHABET.index(character)) % 36 or 36
        product = total * 2 % 37
    return _ALPHABET[(37 - product) % 36]
