"""What a deed leaves in the ledger: the guards that were asked, and after-images of its rows.

Format: docs/reference/ledger-format.md.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from baomi.engine import registry
from baomi.engine.evidence import observe
from baomi.kernel.action import Action
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import Verdict
from baomi.kernel.words import Door


def body_of(
    action: Action[Any],
    deed: Deed[Any],
    verdict: Verdict,
    touched: dict[str, set[UUID]],
    door: Door,
    cause: tuple[int, str] | None,
) -> dict[str, Any]:
    """What the entry of a deed says: no inputs, no free text beyond the after-images."""
    body: dict[str, Any] = {
        "asked": list(verdict.asked),
        "changes": changes(touched),
        "door": door.value,
        "on": deed.today.isoformat(),
    }
    if cause is not None:
        body["cause"] = cause[0]
    if action.recorded_past:
        body["past"] = True
    for table in touched:
        if touched[table]:
            observe("register", table, "written", door=door.value, action=action.name)
    return body


def changes(touched: dict[str, set[UUID]]) -> list[dict[str, Any]]:
    """After-images of the rows that a deed touched; ``null`` for a row that is gone."""
    found: list[dict[str, Any]] = []
    for table in sorted(touched):
        ids = touched[table]
        if not ids:
            continue
        images = registry.ledgered()[table].images(ids)
        found.extend({"t": table, "id": str(key), "after": images.get(key)} for key in sorted(ids))
    return found
