"""A small PDF such as a scanner writes: lines of plain letters on one page."""

from __future__ import annotations

from collections.abc import Iterable

_PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 298 420]/Contents 4 0 R"
    b"/Resources<</Font<</F 5 0 R>>>>>>"
)


def pdf_of(lines: Iterable[str]) -> bytes:
    """One page of ASCII lines. Raises ``UnicodeEncodeError`` for anything else."""
    shown = b"".join(b"(%s)'" % _escaped(line) for line in lines)
    text = b"BT /F 12 Tf 24 TL 40 380 Td %s ET" % shown
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        _PAGE,
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    written, places = b"%PDF-1.4\n", list[int]()
    for number, part in enumerate(parts, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    entries = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, entries)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return written + table + trailer % (len(parts) + 1, len(written))


def _escaped(line: str) -> bytes:
    text = line.encode("ascii")
    for sign in (b"\\", b"(", b")"):
        text = text.replace(sign, b"\\" + sign)
    return text
