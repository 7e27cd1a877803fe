"""Look through a PDF or a picture to its last object or pixel: in the child process only."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from baomi.engine.attachments.judging import (
    ACTIVE,
    DAMAGED,
    JPEG,
    MOST_PAGES,
    MOST_PIXELS,
    PASSWORD,
    PDF,
    TOO_LARGE_A_PICTURE,
    TOO_MANY_PAGES,
    Unfit,
)

MOST_OBJECTS: Final = 200_000
_DEPTH: Final = 60
_ACTIVE_KEYS: Final = frozenset(
    {"/JS", "/JavaScript", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/RichMedia", "/XFA"}
)
_ACTIVE_ACTIONS: Final = frozenset(
    {
        *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR"),
        *("/Rendition", "/Movie", "/Sound", "/RichMediaExecute"),
    }
)
# as a reader would find them that mends a broken file in another way than ours
_ACTIVE_NAMES: Final = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z0-9])"
)
_STREAM: Final = re.compile(rb"\bstream\r?\n.*?\bendstream\b", re.DOTALL)
_HEX_IN_NAME: Final = re.compile(rb"#([0-9A-Fa-f]{2})")


def look_into(content: bytes, media: str) -> None:
    """Raises ``Unfit``."""
    try:
        if media == PDF:
            _pdf(content)
        else:
            _picture(content, media)
    except (Unfit, MemoryError):
        raise
    except Exception:
        raise Unfit(DAMAGED) from None  # whatever a broken file brings stays here


def picture(content: bytes, media: str) -> Image.Image:
    """The picture, opened to its last pixel. Raises ``Unfit`` and what Pillow raises."""
    Image.MAX_IMAGE_PIXELS = None  # counted below, with a sentence
    found = Image.open(io.BytesIO(content), formats=["JPEG" if media == JPEG else "PNG"])
    if found.size[0] * found.size[1] > MOST_PIXELS:
        raise Unfit(TOO_LARGE_A_PICTURE)
    found.load()
    return found


def _picture(content: bytes, media: str) -> None:
    picture(content, media)


def _pdf(content: bytes) -> None:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted or "/Encrypt" in reader.trailer:
        raise Unfit(PASSWORD)
    outside = _HEX_IN_NAME.sub(lambda of: bytes([int(of[1], 16)]), _STREAM.sub(b"", content))
    if _ACTIVE_NAMES.search(outside):
        raise Unfit(ACTIVE)
    for each in _objects(reader):
        _refuse_active(each, _DEPTH)
    pages = len(pypdfium2.PdfDocument(content))
    if pages > MOST_PAGES:
        raise Unfit(TOO_MANY_PAGES)
    if pages < 1 or len(reader.pages) != pages:
        raise Unfit(DAMAGED)


def _objects(reader: PdfReader) -> Iterator[Any]:
    """The trailer and every object that any table of the file names."""
    yield reader.trailer
    known = {
        *((number, generation) for generation, of in reader.xref.items() for number in of),
        *((number, 0) for number in reader.xref_objStm),
    }
    if len(known) > MOST_OBJECTS:
        raise Unfit(DAMAGED)
    for number, generation in sorted(known):
        yield reader.get_object(IndirectObject(number, generation, reader))


def _refuse_active(found: Any, depth: int) -> None:
    if depth == 0:
        raise Unfit(DAMAGED)
    if isinstance(found, DictionaryObject):
        if _ACTIVE_KEYS & found.keys() or str(found.raw_get("/S") if "/S" in found else "") in (
            _ACTIVE_ACTIONS
        ):
            raise Unfit(ACTIVE)
        parts = [found.raw_get(key) for key in found]
    elif isinstance(found, ArrayObject):
        parts = list(found)
    else:
        return
    for part in parts:
        if isinstance(part, DictionaryObject | ArrayObject):
            _refuse_active(part, depth - 1)
