"""What is attached to a thing, and the page of one attachment."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from baomi.engine.face.reading import books
from baomi.entrypoints.web.panels.panel import Face, Head, Panel, Seen, rows_within
from baomi.registers.attachments.load import attached, kinds

KIND: Final = "attachments.attachment"
_COLUMNS: Final = ("attached_on", "role", "level", "media", "size", "attached_by", "voided_on")


def attachments_of(seen: Seen) -> Panel | None:
    """The files that are attached to it; None for a thing that nothing can be attached to."""
    if seen.book.kind not in kinds():
        return None
    cells = {"kind": seen.book.kind, "thing": seen.key}
    return rows_within(books()[KIND], seen, "附件", columns=_COLUMNS, **cells)


def ways_from(seen: Seen) -> list[tuple[str, str, str]]:
    """From an attachment: its file, and what it belongs to. Addresses, titles, icons."""
    if seen.book.kind != KIND:
        return []
    of = attached([seen.key])[seen.key]
    return [
        (reverse("attachment_file", args=[seen.key]), "取出文件", "download"),
        (reverse("object", args=[of.kind, of.thing]), "查看所属", "file-text"),
    ]


def _head(seen: Seen) -> Head:
    is_void = seen.cell("voided_on") is not None
    return Head(
        number=f"{seen.cell('role')}（{seen.cell('media')}）",
        level=seen.cell("level"),
        whereabouts=f"附于 {seen.cell('belongs')}" + ("，已作废" if is_void else ""),
        is_late=is_void,
    )


FACE: Final = Face(head=_head, left_out=frozenset({"role", "media", "level", "belongs"}))
