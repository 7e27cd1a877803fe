"""The pages of a scan one by one, and the codes on each: in the child process only."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2
import zxingcpp
from PIL import Image
from pypdf import PdfReader, PdfWriter

from baomi.engine.attachments.judging import MOST_RETURNED, PDF, TOO_MANY_RETURNED, Unfit
from baomi.engine.attachments.looking_into import look_into, picture

_DPI: Final = 200
_POINTS: Final = 72
_LARGEST_SIDE: Final = 5000  # pixels: a page of a poster's size is read coarser


def pages_of(content: bytes, media: str) -> list[dict[str, Any]]:
    """For each page its content (base64), its media and the texts of its codes.

    Raises ``Unfit``.
    """
    look_into(content, media)
    if media != PDF:
        texts = _codes(picture(content, media))
        return [{"content": b64encode(content).decode(), "media": media, "codes": texts}]
    document = pypdfium2.PdfDocument(content)
    if len(document) > MOST_RETURNED:
        raise Unfit(TOO_MANY_RETURNED)
    return [
        {"content": b64encode(page).decode(), "media": PDF, "codes": _codes(_raster(shown))}
        for page, shown in zip(_apart(content), document, strict=True)
    ]


def _apart(content: bytes) -> Iterator[bytes]:
    for page in PdfReader(io.BytesIO(content), strict=False).pages:
        alone, out = PdfWriter(), io.BytesIO()
        alone.add_page(page)
        alone.write(out)
        yield out.getvalue()


def _raster(page: Any) -> Image.Image:
    side = max(page.get_size()) or 1.0
    made: Image.Image = page.render(scale=min(_DPI / _POINTS, _LARGEST_SIDE / side)).to_pil()
    return made


def _codes(shown: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(shown.convert("L"))
    return list(dict.fromkeys(each.text for each in found if each.valid))
