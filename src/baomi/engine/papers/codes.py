"""QR and Code 128 as drawings: every bar a rectangle, its quiet zone around it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import Final

import zint

_QR_QUIET: Final = 4  # modules
_BAR_QUIET: Final = 10  # modules
_BAR_HEIGHT: Final = 10
_DOTS: Final = 6  # of a picture, each way, a module
_LEVEL_M: Final = 2  # 15 % of a QR symbol may be spoilt


def qr_svg(text: str) -> str:
    """A QR symbol, error correction M. Never a Micro QR, which office scanners do not read."""
    size, boxes = _qr(text)
    path = "".join(_box(x + _QR_QUIET, y + _QR_QUIET, w, h) for x, y, w, h in boxes)
    return _svg(size + 2 * _QR_QUIET, size + 2 * _QR_QUIET, path)


def code128_svg(text: str) -> str:
    """A Code 128 symbol, to be stretched to the height that is wanted."""
    symbol = zint.Symbol()
    symbol.symbology = zint.Symbology.CODE128
    symbol.show_text = False
    symbol.encode(text)
    width, boxes = _modules(symbol)
    path = "".join(_box(x + _BAR_QUIET, 0, w, _BAR_HEIGHT) for x, _, w, _ in boxes)
    return _svg(width + 2 * _BAR_QUIET, _BAR_HEIGHT, path)


def _qr(text: str) -> tuple[int, list[tuple[int, int, int, int]]]:
    symbol = zint.Symbol()
    symbol.symbology = zint.Symbology.QRCODE
    symbol.option_1 = _LEVEL_M
    # octets, not text: old scanners know no announcement of UTF-8 and would type it out
    symbol.encode(text.encode())
    return _modules(symbol)


def _modules(symbol: zint.Symbol) -> tuple[int, list[tuple[int, int, int, int]]]:
    """Width of a symbol, and its dark rectangles, in modules: zint draws one two units wide."""
    symbol.buffer_vector()
    drawn = symbol.vector
    if drawn is None:
        raise RuntimeError("no code was drawn")
    boxes = [
        (int(box.x) // 2, int(box.y) // 2, int(box.width) // 2, int(box.height) // 2)
        for box in drawn.rectangles
    ]
    return int(drawn.width) // 2, boxes


def _box(x: int, y: int, width: int, height: int) -> str:
    return f"M{x} {y}h{width}v{height}h-{width}z"


def _svg(width: int, height: int, path: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" preserveAspectRatio="none">'
        f'<path d="{path}"/></svg>'
    )


def qr_png(text: str) -> bytes:
    """The same QR symbol as a picture of black and white dots, for papers that take no drawings."""
    size, boxes = _qr(text)
    whole = size + 2 * _QR_QUIET
    dark = [[False] * whole for _ in range(whole)]
    for x, y, width, height in boxes:
        for row in dark[y + _QR_QUIET : y + _QR_QUIET + height]:
            row[x + _QR_QUIET : x + _QR_QUIET + width] = [True] * width
    return _png([[dot for dot in row for _ in range(_DOTS)] for row in dark for _ in range(_DOTS)])


def _png(dark: Sequence[Sequence[bool]]) -> bytes:
    """A PNG of one bit a dot; no library of pictures is needed for that."""
    height, width = len(dark), len(dark[0])
    lines = (
        b"\0"
        + bytes(
            sum(0 if dot else 128 >> place for place, dot in enumerate(row[start : start + 8]))
            for start in range(0, width, 8)
        )
        for row in dark
    )
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(lines), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
