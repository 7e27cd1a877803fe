"""What the registers know already of the papers that a book speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baomi.entrypoints.importer.entries import BookRow
from baomi.kernel.numbers import nearly_same, serial_of
from baomi.kernel.spelling import differ_by_one, fold
from baomi.kernel.words import Level, Person
from baomi.registers.custody.reads import visible_to

_COLUMNS = (
    "id",
    "issuer",
    "number",
    "title",
    "level",
    "mark_typed",
    "term_kind",
    "term_value",
    "term_presumed",
    "registered_number",
    "remarks",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A paper as it stands in the register. ``level`` is None for one that bears no mark."""

    id: UUID
    issuer: str
    number: str
    title: str
    level: Level | None
    term: tuple[str, str] | None  # kind and value, as the paper states it; None: it states none
    reference: str  # 收文编号
    remarks: str

    @property
    def identity(self) -> str:
        """What it is called on paper: its number here is only given when it is recorded."""
        return f"{self.number}|{self.title}|{self.issuer}"

    def __repr__(self) -> str:
        """Without the title, which must not come into a log."""
        return f"<Recorded {self.id}>"


@dataclass(frozen=True, slots=True)
class RecordedCopy:
    """A copy, and the day from which it is where the register says."""

    id: UUID
    since: date


class Memory:
    """Papers by their numbers, among those that the importing person may see.

    What lies near in number is looked for among the papers recorded before the import began:
    rows of the book itself are compared with one another when it is read.
    """

    def __init__(self, actor: Person) -> None:
        self._actor = actor
        self._near: dict[int, list[tuple[UUID, str]]] = defaultdict(list)
        numbered = visible_to(actor).papers.exclude(number="").order_by("id")
        for key, number in numbered.values_list("id", "number"):
            if (serial := serial_of(number)) is not None:
                self._near[serial].append((key, number))

    def of_number(self, key: str) -> tuple[Recorded, ...]:
        """Papers whose number has this key, in the order in which they were recorded."""
        return self._read(number_key=key)

    def of_kin(self, kin: tuple[str, str, str]) -> Recorded | None:
        """The one paper with this key of its number and these folds of title and issuer."""
        key, title, issuer = kin
        found = [
            each
            for each in self._read(number_key=key)
            if (fold(each.title), fold(each.issuer)) == (title, issuer)
        ]
        return found[0] if len(found) == 1 else None

    def near_number(self, row: BookRow) -> Recorded | None:
        """A paper whose number may be the row's, where title and issuer do not speak against it."""
        serial = serial_of(row.number_typed)
        if serial is None:
            return None
        near = [key for key, number in self._near[serial] if nearly_same(row.number_typed, number)]
        found = self._read(id__in=near) if near else ()
        return next((each for each in found if _may_be_one_paper(row, each)), None)

    def copies_of(self, paper: UUID) -> Mapping[str, RecordedCopy]:
        """The paper's copies by their numbers."""
        copies = visible_to(self._actor).copies.filter(paper=paper)
        rows = copies.values_list("copy_number", "id", "since")
        return {number: RecordedCopy(key, since) for number, key, since in rows}

    def _read(self, **which: object) -> tuple[Recorded, ...]:
        rows = visible_to(self._actor).papers.filter(**which).order_by("id").values(*_COLUMNS)
        return tuple(
            Recorded(
                id=row["id"],
                issuer=row["issuer"],
                number=row["number"],
                title=row["title"],
                level=Level(row["level"]) if row["mark_typed"] else None,
                term=_stated_term(row),
                reference=row["registered_number"],
                remarks=row["remarks"],
            )
            for row in rows
        )


def agree(left: str, right: str) -> bool:
    """Whether two titles or issuers are the same but for spelling, or one was left out."""
    return not left or not right or fold(left) == fold(right)


def _stated_term(row: Mapping[str, object]) -> tuple[str, str] | None:
    if not row["term_kind"] or row["term_presumed"]:
        return None
    return str(row["term_kind"]), str(row["term_value"])


def _may_be_one_paper(row: BookRow, other: Recorded) -> bool:
    pairs = ((row.title, other.title), (row.issuer, other.issuer))
    return any(left and fold(left) == fold(right) for left, right in pairs) and all(
        agree(left, right) or differ_by_one(fold(left), fold(right)) for left, right in pairs
    )
