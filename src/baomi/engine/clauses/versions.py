"""The versions of the rulebook: which of them have a clause, and how the office adopted them."""

from __future__ import annotations

from typing import Any, Final

from baomi.engine.clauses.listed import Listed
from baomi.engine.face.reading import books
from baomi.kernel.words import Person
from baomi.rulebook.text import ClauseText, load_text, versions

ADOPTED: Final = "governance.rulebook_version"
_COLUMNS: Final = ("issued_on", "in_force_from", "repealed_on", "letter")


def versions_of(each: Listed, actor: Person | None) -> list[dict[str, Any]]:
    """Each version of the text: whether it has the clause, and what it changed.

    ``adopted`` holds what the office recorded of that version of the 制度, if the reader sees it.
    """
    adopted = _adopted(each.system, actor)
    told: list[dict[str, Any]] = []
    before: ClauseText | None = None
    for number, version in enumerate(versions()):
        text = load_text(version)
        own = text.by_id.get(each.id)
        issued = text.issued.isoformat()
        told.append(
            {
                "version": version,
                "issued_on": issued,
                "change": _change(before, own, is_first=number == 0),
                "adopted": adopted.pop(issued, None),
            }
        )
        before = own
    # what the office recorded and this program carries no text of
    rest = [
        {"version": "", "issued_on": day, "change": "unknown", "adopted": row}
        for day, row in adopted.items()
    ]
    return sorted(told + rest, key=lambda one: str(one["issued_on"]))


def _change(before: ClauseText | None, own: ClauseText | None, *, is_first: bool) -> str:
    if own is None:
        return "absent" if before is None else "dropped"
    if before is None:
        return "first" if is_first else "added"
    return "same" if before == own else "changed"


def _adopted(system: str, actor: Person | None) -> dict[str, dict[str, str]]:
    """What the register tells of the versions of a 制度, by the day of issue."""
    book = books().get(ADOPTED)
    if actor is None or book is None or (book.seen_by is not None and not book.seen_by(actor)):
        return {}
    rows = book.rows(actor).filter(system=system).values(*_COLUMNS)
    return {
        row["issued_on"].isoformat(): {
            "in_force_from": row["in_force_from"].isoformat(),
            "repealed_on": row["repealed_on"].isoformat() if row["repealed_on"] else "",
            "letter": row["letter"],
        }
        for row in rows
    }
