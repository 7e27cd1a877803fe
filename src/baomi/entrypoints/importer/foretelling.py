"""What recording an entry comes to, in words without a title."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from baomi.entrypoints.importer.entries import BookRow
from baomi.entrypoints.importer.people import Receivers
from baomi.entrypoints.importer.plan import CORRECTION, ISSUE, MORE_COPIES, OUT, RECEIPT
from baomi.entrypoints.importer.readings import mark_words, span
from baomi.entrypoints.importer.telling import registered_number
from baomi.kernel.clock import clock
from baomi.kernel.words import Person
from baomi.registers.office import load as office
from baomi.rulebook.terms import Terms

_UNNUMBERED = "（编号在登记时给出）"


class Foretelling:
    """Words for the entries of a book, with the names of those to whom copies went."""

    def __init__(self, receivers: Receivers) -> None:
        self._receivers = receivers
        self._day = clock.today()
        self._people: dict[UUID, Person | None] = {}
        self._units: dict[UUID, str] = {}

    def named(self, row: BookRow) -> str:
        """What the entry speaks of: number and copies."""
        return "，".join([_number(row), _copies(row)])

    def done(self, row: BookRow, actions: Collection[str]) -> str:
        """What the entry's deeds record: 收文 2021-011，×办发〔2021〕52号，内部，1 份 000758，…."""
        mark = [] if row.kind == "loan" else [mark_words(row.mark)]
        where = self._out(row) if OUT in actions else self._unit_only(row)
        return "，".join([_lead(row, actions), _number(row), *mark, _copies(row), *where])

    def _out(self, row: BookRow) -> Iterator[str]:
        gave, back = ("借给", "归还") if row.kind == "loan" else ("送", "退回")
        yield f"{gave} {self._receiver(row)} {row.out_on or ''}".rstrip()
        yield f"{row.back_on} {back}" if row.back_on else f"未{back}"

    def _unit_only(self, row: BookRow) -> Iterator[str]:
        if row.kind == "issued":
            told = [row.unit, row.person, str(row.out_on or "")]
            if any(told):
                yield f"发往 {' '.join(filter(None, told))}（记入备注）"
        elif row.unit:
            yield f"承办 {self._unit_name(row)}，没有送出记录"

    def _receiver(self, row: BookRow) -> str:
        """The person by name, or the unit with its keeper (专人)."""
        found = self._receivers.receiver_of(row)
        person = self._person(found) if isinstance(found, UUID) else None
        if person is None:
            return row.person or row.unit
        if row.person or row.answered.receiver:
            return f"{person.name}（{self._name_of(person.unit)}）"
        return f"{self._unit_name(row)}（专人 {person.name}）"

    def _unit_name(self, row: BookRow) -> str:
        found = self._receivers.unit_of(row)
        return self._name_of(found) if isinstance(found, UUID) else row.unit

    def _name_of(self, unit: UUID) -> str:
        if unit not in self._units:
            self._units |= {key: each.name for key, each in office.units([unit]).items()}
        return self._units.get(unit, "")

    def _person(self, key: UUID) -> Person | None:
        if key not in self._people:
            found = office.people([key], self._day, Terms.on(self._day))
            self._people[key] = found.get(key)
        return self._people[key]


def _lead(row: BookRow, actions: Collection[str]) -> str:
    if RECEIPT in actions:
        return f"收文 {registered_number(row) or _UNNUMBERED}"
    if ISSUE in actions:
        return f"发文 {registered_number(row) or _UNNUMBERED}"
    if MORE_COPIES in actions:
        return "同一文件另登若干份"
    return "已登记的份又送出" if CORRECTION in actions else "补记借阅"


def _number(row: BookRow) -> str:
    return row.number.canonical if row.number else row.number_typed or "无文号"


def _copies(row: BookRow) -> str:
    numbers = row.copies.numbers
    return f"{len(numbers) or row.count or 1} 份 {span(numbers)}".rstrip()
