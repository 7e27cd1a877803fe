"""The page of one paper: its copies, who may read it, to whom it was conveyed."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from baomi.engine.face.reading import books
from baomi.entrypoints.web.panels.panel import Face, Head, Panel, Seen, rows_of, rows_within
from baomi.entrypoints.web.panels.requests import requests_on
from baomi.registers.custody.reads import CIRCLE, GROUNDS
from baomi.registers.custody.reads.circle import sees_whole_circles


def _head(seen: Seen) -> Head:
    whence, number = seen.cell("issuer"), seen.cell("number")
    return Head(
        number=seen.cell("registered_number"),
        level=seen.cell("level"),
        title=seen.cell("title"),
        whereabouts="　".join(filter(None, (whence, number))),
    )


def _grounds(seen: Seen) -> Panel | None:
    panel = rows_within(GROUNDS, seen, "传阅范围：单位、岗位、职级", paper=seen.key)
    return panel if panel.page.rows else None


def _circle(seen: Seen) -> Panel | None:
    panel = rows_within(CIRCLE, seen, "传阅范围", paper=seen.key)
    if not panel.page.rows and _grounds(seen) is not None:
        return None
    if sees_whole_circles(seen.who.person):
        return replace(panel, empty="还没有确定传阅范围：确定以后才能交阅。")
    return replace(panel, note="只显示您本人是否在范围内。", empty="您不在传阅范围内。")


def _conveyances(seen: Seen) -> Panel | None:
    columns = ("conveyed_on", "audience", "audience_level", "manner", "place", "conveyed_by")
    book = books()["custody.conveyance"]
    panel = rows_within(book, seen, "传达", columns=columns, paper=seen.key)
    return panel if panel.page.rows else None


FACE: Final = Face(
    head=_head,
    left_out=frozenset({"title", "level", "registered_number", "issuer", "number"}),
    panels=(
        rows_of(
            "custody.copy",
            "各份现在何处",
            "paper",
            columns=(
                *("copy_number", "label", "state", "holder", "kept_by", "cabinet", "purpose"),
                "since",
            ),
            empty="没有您可以查看的份。",
        ),
        _circle,
        _grounds,
        _conveyances,
        requests_on("paper"),
    ),
)
