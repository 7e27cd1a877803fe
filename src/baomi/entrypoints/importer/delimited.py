"""Register books as .csv: UTF-8 with or without BOM, GB18030, UTF-16; comma, tab or semicolon."""

from __future__ import annotations

import codecs
import csv
import io
import re

from baomi.entrypoints.importer.cells import EMPTY, Cell, UnreadableBook

MAX_ROWS = 100_000
MAX_COLUMNS = 256
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MIXED_SHARE = 0.1
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_TEXT_TRICK = re.compile(r'="([^"]*)"')
_FORMULA_SIGNS = ("=", "＝")
_DELIMITERS = ",\t;"


def read_delimited(data: bytes) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a .csv. Raises ``UnreadableBook``."""
    text = decode(data)
    if _CONTROL.search(text):
        raise UnreadableBook("文件里有控制字符，不是 .csv 文本，请在表格软件里另存为 .csv。")
    rows: list[tuple[Cell, ...]] = []
    lines = io.StringIO(text, newline="")
    try:
        for row in csv.reader(lines, delimiter=_delimiter(text)):
            if len(rows) >= MAX_ROWS or len(row) > MAX_COLUMNS:
                raise UnreadableBook(
                    f"文件超过 {MAX_ROWS} 行或 {MAX_COLUMNS} 列，不像登记簿，请拆成几份。"
                )
            rows.append(tuple(_cell(value) for value in row))
    except csv.Error as error:
        raise UnreadableBook(
            f"第 {len(rows) + 1} 行读不下去（引号可能没有成对），请在表格软件里另存为 .csv。"
        ) from error
    return tuple(rows)


def decode(data: bytes) -> str:
    """The text of a .csv in whichever of the four encodings. Raises ``UnreadableBook``."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding)
    if b"\x00" in data:
        odd, even = data[1::2].count(0), data[::2].count(0)
        return _strict(data, "utf-16-le" if odd >= even else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        _refuse_mixture(data)
        return _strict(data, "gb18030")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableBook(
            f"第 {line} 行有认不出的字（编码不对），请另存为 UTF-8 或 GB18030 编码的 .csv。"
        ) from None


def _refuse_mixture(data: bytes) -> None:
    """Some lines in UTF-8, others in GB18030: any one reading would garble part of the book."""
    speaking = [line for line in data.splitlines() if not line.isascii()]
    in_utf8 = sum(1 for line in speaking if _is_utf8(line))
    if in_utf8 > _MIXED_SHARE * len(speaking):
        first = next(i for i, x in enumerate(data.splitlines(), 1) if not _is_utf8(x))
        raise UnreadableBook(
            f"文件里混有两种编码（第 {first} 行起与别的行不同），请在表格软件里核对后另存。"
        )


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(text: str) -> str:
    """The sign that parts the cells: the one that the first lines hold most often."""
    head = text[:8_192]
    return max(_DELIMITERS, key=head.count)


def _cell(value: str) -> Cell:
    bare = value.strip()
    if not bare:
        return EMPTY
    if trick := _TEXT_TRICK.fullmatch(bare):
        return Cell(value=trick[1]) if trick[1].strip() else EMPTY
    if bare.startswith(_FORMULA_SIGNS):
        return Cell(value=value, flaw="formula")
    if len(bare) > 1 and bare[0] == "'" and (bare[1] in "=+-@＝＋－＠" or bare[1].isdigit()):
        return Cell(value=bare[1:])
    return Cell(value=value)
