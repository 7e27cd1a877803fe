"""What a demonstration's ledger tells of who got what: read from the entries alone, in order."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

HAND_OVER = "custody.hand_over_copy"


@dataclass
class Told:
    """Rows as the entries have left them so far."""

    rows: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)

    def of(self, table: str) -> dict[str, dict[str, Any]]:
        return self.rows.setdefault(table, {})

    def take(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        """Take one entry's images in. Returns the movements that it brought."""
        moved = []
        for change in body.get("changes", ()):
            if change["t"] == "custody_movement" and change["id"] not in self.of(change["t"]):
                moved.append(change["after"])
            if change["after"] is None:
                self.of(change["t"]).pop(change["id"], None)
            else:
                self.of(change["t"])[change["id"]] = change["after"]
        return moved

    def circle_of(self, copy: str) -> dict[str, str]:
        """Who may read a copy's paper, and since when."""
        paper = self.of("custody_copy")[copy]["paper_id"]
        members = self.of("custody_circle_member").values()
        return {m["person_id"]: m["added_on"] for m in members if m["paper_id"] == paper}

    def level_of(self, copy: str) -> int:
        paper = self.of("custody_copy")[copy]["paper_id"]
        return self.of("custody_paper")[paper]["level"]


def handed_over(entries):
    """Each hand-over, with everything as it stood when it was entered."""
    told = Told()
    for kind, body in entries:
        moved = told.take(json.loads(body))
        if kind == HAND_OVER:
            for movement in moved:
                yield movement, told
