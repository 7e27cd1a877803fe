"""A docx as it comes from an office's writing program: opened only if it brings nothing else in.

A template lies in the office's own folder, but is made on somebody's desk: what would fetch from
elsewhere, run, or unpack to a flood is refused.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from docx import Document
from docx.document import Document as Docx
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn

from baomi.kernel.verdict import BadInput

MOST_BYTES: Final = 10_000_000
MOST_UNPACKED: Final = 60_000_000
NO_DOCX: Final = (
    "这不是 Word 文档（.docx）：请在 WPS 或 Word 中另存为 .docx，不要另存为 .doc 或 .docm"
)
_BRINGS_IN: Final = ("aFChunk", "oleObject", "package", "control", "vbaProject", "subDocument")
_ROOM = (qn("w:document"), qn("w:hdr"), qn("w:ftr"))
# whence a writing program took its styles or its addresses: of no use here, and tells of a desk
_WHENCE: Final = (qn("w:attachedTemplate"), qn("w:mailMerge"))


def opened(content: bytes) -> Docx:
    """The document. Raises ``BadInput``: no docx, too large, or something foreign within."""
    if len(content) > MOST_BYTES:
        raise BadInput(f"文档超过 {MOST_BYTES // 1_000_000} MB，请去掉其中的图片")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
        if unpacked > MOST_UNPACKED:
            raise BadInput("文档展开后太大，请去掉其中的图片")
        document = Document(io.BytesIO(content))
    except BadInput:
        raise
    except Exception:  # the libraries meet a broken file with errors of every kind
        raise BadInput(NO_DOCX) from None
    _forget_whence(document)
    _refuse_foreign(document)
    return document


def octets(document: Docx) -> bytes:
    """The document as a file that says nothing of itself but its text."""
    told = document.core_properties
    for name in ("author", "title", "subject", "keywords", "comments", "last_modified_by"):
        setattr(told, name, "")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def rooms_of(document: Docx) -> Iterator[tuple[Any, Part]]:
    """The text, the headers and the footers: the root of each, and its part."""
    for part in document.part.package.iter_parts():
        if isinstance(part, XmlPart) and part.element.tag in _ROOM:
            yield part.element, part


def _forget_whence(document: Docx) -> None:
    settings = document.settings.element
    part = document.part._settings_part
    for tag in _WHENCE:
        for element in settings.findall(tag):
            settings.remove(element)
    for key, relation in list(part.rels.items()):
        if relation.is_external:
            del part.rels[key]


def _refuse_foreign(document: Docx) -> None:
    for part in document.part.package.iter_parts():
        for relation in part.rels.values():
            if relation.is_external:
                raise BadInput("文档里有链接到外部的图片、网址或文件，请先去掉")
            if relation.reltype.rpartition("/")[2] in _BRINGS_IN:
                raise BadInput("文档里嵌有其他文件、控件或宏，请先去掉")
