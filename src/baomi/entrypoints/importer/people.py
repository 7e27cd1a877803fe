"""Who was meant: a unit in a book means its keeper (专人), a name means one person of the office.

What names nobody, or two, is asked about and never guessed.
"""

from __future__ import annotations

import unicodedata
from uuid import UUID

from baomi.entrypoints.importer.entries import BookRow, Question
from baomi.kernel.clock import clock
from baomi.kernel.spelling import fold
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.office import load as office
from baomi.registers.office.reads import PICKERS
from baomi.rulebook.terms import Terms

_NO_LETTERS = "姓名要写全，不能只写拼音字母。"


class Receivers:
    """The people to whom copies went, as they stand in the office's registers today."""

    def __init__(self, actor: Person) -> None:
        self._actor = actor
        self._day = clock.today()
        self._units: dict[str, UUID | Question] = {}
        self._people: dict[tuple[str, str], UUID | Question] = {}
        self._keepers: dict[UUID, tuple[UUID, ...]] = {}

    def unit_of(self, row: BookRow) -> UUID | Question | None:
        """The unit that the row names; None when it names none."""
        return self._unit(row.unit) if row.unit else None

    def unit_named(self, text: str) -> UUID | Question:
        """The unit of that name, or what must be asked first."""
        return self._unit(text)

    def person_named(self, text: str) -> UUID | Question:
        """The person of that name (or name@unit), or what must be asked first."""
        return self._look_up("office.person", "person_unknown", text)

    def receiver_of(self, row: BookRow) -> UUID | Question:
        """The person who was given the row's copies, or what must be asked first."""
        if row.answered.receiver is not None:
            return row.answered.receiver
        unit = self._unit(row.unit) if row.unit else None
        if isinstance(unit, Question):
            return unit
        if row.person:
            key = (fold(row.person), fold(row.unit))
            if key not in self._people:
                self._people[key] = self._person(row.person, row.unit, unit)
            return self._people[key]
        if unit is None:
            return Question(code="holder_missing", text="送给了谁没有填，请补上单位或人员。")
        return self._keeper(unit, row.unit)

    def _unit(self, text: str) -> UUID | Question:
        name = fold(text)
        if name not in self._units:
            self._units[name] = self._look_up("office.unit", "unit_unknown", text)
        return self._units[name]

    def _keeper(self, unit: UUID, name: str) -> UUID | Question:
        if unit not in self._keepers:
            self._keepers[unit] = office.holders(Post.UNIT_KEEPER, self._day, unit=unit)
        keepers = self._keepers[unit]
        if len(keepers) == 1:
            return keepers[0]
        if not keepers:
            text = f"“{name}”现在没有保密专人，请先任命，再导入；或者写明领取人。"
            return Question(code="keeper_missing", text=text)
        people = office.people(keepers, self._day, Terms.on(self._day))
        choices = tuple(people[each].name for each in keepers if each in people)
        text = f"“{name}”的保密专人不止一位，这一行是哪一位经手的？请写明领取人。"
        return Question(code="keeper_unclear", text=text, choices=choices)

    def _person(self, name: str, unit_name: str, unit: UUID | None) -> UUID | Question:
        if fold(name).isascii():
            return Question(code="person_unknown", text=f"领取人“{name}”：{_NO_LETTERS}")
        wanted = f"{name}@{unit_name}" if unit else name
        found = self._look_up("office.person", "person_unknown", wanted)
        if isinstance(found, UUID) or unit is None:
            return found
        elsewhere = self._look_up("office.person", "person_unknown", name)
        if isinstance(elsewhere, Question):
            return elsewhere
        text = f"“{name}”现在不在“{unit_name}”，簿上写的是同一个人吗？"
        return Question(code="person_elsewhere", text=text, choices=("是同一个人", "另有其人"))

    def _look_up(self, kind: str, code: str, text: str) -> UUID | Question:
        if any(unicodedata.category(character)[0] == "C" for character in text):
            hidden = "名称里有看不见的控制字符，请重新录入。"
            return Question(code=code, text=hidden)
        try:
            return PICKERS[kind](self._actor, text)
        except BadInput as unknown:
            return Question(code=code, text=f"“{text}”：{unknown.sentence}")
