"""What a file is, told by its content alone: no name, no claim of a browser counts.

Runs in the child process as well: knows no framework and no database.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

PDF, JPEG, PNG = "pdf", "jpeg", "png"
MOST_PIXELS: Final = 120_000_000  # A3 at 600 dpi has 70 million
MOST_PAGES: Final = 500
MOST_RETURNED: Final = 40  # pages of one scan of signed papers
HEAD_BYTES: Final = 1024  # what a browser looks at when it guesses

ONLY_THESE: Final = "只收 PDF、JPEG、PNG：请用扫描仪或高拍仪存成其中一种，再上传。"
SOMETHING_BEHIND: Final = "文件结尾以后还有别的内容：请重新扫描，或另存一份再上传。"
TWO_IN_ONE: Final = "文件里还夹着另一种格式的内容：请重新扫描后再上传。"
DAMAGED: Final = "文件不完整或已损坏：请重新扫描后再上传。"
TOO_LARGE_A_PICTURE: Final = "图片的像素太多：请用 300 dpi 以内重新扫描。"
VIRUS: Final = "文件带有病毒特征：不予接收，请报告系统管理员。"
PASSWORD: Final = "PDF 设有口令或加密：请去掉口令、重新存成 PDF 后再上传。"  # noqa: S105  a sentence
ACTIVE: Final = "PDF 带有脚本、动作、表单程序或内嵌文件：请打印成普通 PDF，或重新扫描后再上传。"
TOO_MANY_RETURNED: Final = f"一次最多回收 {MOST_RETURNED} 页：请分成几份上传。"
TOO_MANY_PAGES: Final = f"PDF 超过 {MOST_PAGES} 页：请分成几份上传。"

_MAGIC: Final = {PDF: b"%PDF-", JPEG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n"}
# in two halves: the source itself must not be taken for what it looks for
_EICAR: Final = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
_PAGE: Final = re.compile(rb"<\s*(?:script|html|svg|!doctype|\?php|iframe|body)\b", re.IGNORECASE)
_PADDING: Final = b"\0\r\n\t "


class Unfit(Exception):
    """The file is not taken. ``str()`` is a Chinese sentence for whoever uploads it."""


def judged(content: bytes) -> str:
    """``pdf``, ``jpeg`` or ``png``: what may be looked at more closely. Raises ``Unfit``."""
    media = next((media for media, magic in _MAGIC.items() if content.startswith(magic)), None)
    if _EICAR in content:
        raise Unfit(VIRUS)
    if media is None:
        raise Unfit(ONLY_THESE)
    head = content[:HEAD_BYTES]
    if _PAGE.search(head) or (media != PDF and _MAGIC[PDF] in head):
        raise Unfit(TWO_IN_ONE)
    if _behind(content, media).strip(_PADDING):
        raise Unfit(SOMETHING_BEHIND)
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise Unfit(TWO_IN_ONE)
    return media


def _behind(content: bytes, media: str) -> bytes:
    """What follows the end that the format itself marks. Raises ``Unfit`` where it marks none."""
    if media == PDF:
        mark = content.rfind(b"%%EOF")
        if mark < 0:
            raise Unfit(DAMAGED)
        return content[mark + len(b"%%EOF") :]
    end = _end_of_jpeg(content) if media == JPEG else _end_of_png(content)
    if end is None:
        raise Unfit(DAMAGED)
    return content[end:]


def _end_of_jpeg(content: bytes) -> int | None:
    """Behind the end marker that a decoder meets; pictures within segments are passed over."""
    at = 2
    while 0 <= at < len(content) - 1:
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker == 0xD9:
            return at + 2
        if marker in (0xFF, 0x01) or 0xD0 <= marker <= 0xD7:
            at += 1 if marker == 0xFF else 2
            continue
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == 0xDA:
            at = _end_of_scan(content, at)
    return None


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands after compressed data; -1 where none does."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            return -1
        follows = content[at + 1]
        if follows != 0 and not 0xD0 <= follows <= 0xD7:
            return at
        at += 2


def _end_of_png(content: bytes) -> int | None:
    at = len(_MAGIC[PNG])
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        at += 12 + length
        if kind == b"IEND":
            return at if at <= len(content) else None
    return None
