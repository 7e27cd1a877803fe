"""Read what was printed and compare it, word for word, with what should stand there.

Only while tests observe: the library that reads a PDF is one of the tests'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any, Final

from docx.oxml.ns import qn

from baomi.engine.papers.forms.content import Content
from baomi.engine.papers.forms.package import opened, rooms_of
from baomi.engine.papers.press import MISSING_SIGN

_BLANK: Final = re.compile(r"\s+")
_MARGIN_PT: Final = 99.0  # above it stands the foot, below it the text; 35 mm
_HEAD_PT: Final = 104.0  # 37 mm
_LEAST_PIECE: Final = 4


class NotPrinted(AssertionError):
    """Something that the form says is not found on the paper. Names the place, not the words."""


def compare_pdf(pdf: bytes, content: Content) -> None:
    """Raises ``NotPrinted``."""
    pages = _pages(pdf)
    for place, text in _expected(content):
        if not _stands_in(_plain(text), pages):
            raise NotPrinted(f"{content.form.name}.pdf: {place}")


def compare_docx(docx: bytes, content: Content, *, used: Sequence[str] | None = None) -> None:
    """Raises ``NotPrinted``. ``used``: the placeholders of an office's own template."""
    told = "".join(
        each.text or "" for root, _ in rooms_of(opened(docx)) for each in root.iter(qn("w:t"))
    )
    page = [_plain(told)]
    expected = _expected(content) if used is None else _expected_of(used, content)
    for place, text in expected:
        if not _stands_in(_plain(text), page):
            raise NotPrinted(f"{content.form.name}.docx: {place}")


def _expected(content: Content) -> Iterator[tuple[str, str]]:
    """Each label with what stands behind it, each row, each paragraph of the text."""
    form, words = content.form, content.words
    yield "title", words["title"]
    yield "mark", words["mark"]
    yield "label", words["label"]
    for field in form.fields:
        if field.columns:
            heads = "".join(heading for _, heading in field.columns)
            yield field.key, field.label + heads
            for number, row in enumerate(content.rows[field.key]):
                yield f"{field.key} {number}", "".join(row)
        elif field.is_listed:
            yield field.key, field.label + words[field.key]
    for number, text in enumerate(content.body):
        yield f"body {number}", text
    for each in form.signatures:
        yield each.key, each.title
        yield each.key, words[each.key]


def _expected_of(used: Sequence[str], content: Content) -> Iterator[tuple[str, str]]:
    for key in used:
        table, _, column = key.partition(".")
        if not column:
            yield key, content.words.get(key, "")
            continue
        (field,) = (each for each in content.form.fields if each.key == table)
        place = [name for name, _ in field.columns].index(column)
        for row in content.rows[table]:
            yield key, row[place]


def _pages(pdf: bytes) -> list[str]:
    reader: Any = import_module("pypdfium2")
    document = reader.PdfDocument(pdf)
    try:
        return [_text_of(page) for page in document]
    finally:
        document.close()


def _text_of(page: Any) -> str:
    """The text between the margins, so that what is broken by a page's end goes on in the next."""
    width, height = page.get_size()
    text = page.get_textpage().get_text_bounded(0, _MARGIN_PT, width, height - _HEAD_PT)
    return _plain(text)


def _plain(text: str) -> str:
    return _BLANK.sub("", text)


def _stands_in(text: str, pages: Sequence[str]) -> bool:
    """Whether a text stands on a page, or begins on one and goes on over the next ones."""
    whole = "".join(pages)
    if MISSING_SIGN in whole:
        text = "".join(sign if sign in whole else MISSING_SIGN for sign in text)
    return not text or any(_goes_on(text, pages[start:]) for start in range(len(pages)))


def _goes_on(text: str, pages: Sequence[str]) -> bool:
    for page in pages:
        if text in page:
            return True
        piece = _longest_beginning(text, page)
        if piece < _LEAST_PIECE:
            return False
        text = text[piece:]
    return False


def _longest_beginning(text: str, page: str) -> int:
    """How many of a text's first letters stand together on a page."""
    least, most = 0, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        if text[:middle] in page:
            least = middle
        else:
            most = middle - 1
    return least
