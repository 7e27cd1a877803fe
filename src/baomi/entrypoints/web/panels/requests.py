"""What was asked to be approved on a thing, as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from baomi.entrypoints.web.panels.panel import Panel, Seen, rows_of

_COLUMNS: Final = ("label", "title", "asked_by", "asked_on", "deciders", "state", "until")


def requests_on(by: str) -> Callable[[Seen], Panel | None]:
    """The panel of requests, newest first, by the register's filter; none where there are none."""
    every = rows_of("approvals.request", "报批", by, columns=_COLUMNS)

    def panel(seen: Seen) -> Panel | None:
        found = every(seen)
        return found if found.page.rows else None

    return panel
