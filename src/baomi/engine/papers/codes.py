"""QR and Code 128 as drawings: every bar a rectangle, its quiet zone around it."""

from __future__ import annotations

from typing import Final

import zint

_QR_QUIET: Final = 4  # modules
_BAR_QUIET: Final = 10  # modules
_BAR_HEIGHT: Final = 10
_LEVEL_M: Final = 2  # 15 % of a QR symbol may be spoilt


def qr_svg(text: str) -> str:
    """A QR symbol, error correction M. Never a Micro QR, which office scanners do not read."""
    symbol = zint.Symbol()
    symbol.symbology = zint.Symbology.QRCODE
    symbol.option_1 = _LEVEL_M
    # octets, not text: old scanners know no announcement of UTF-8 and would type it out
    symbol.encode(text.encode())
    size, boxes = _modules(symbol)
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
