"""Which clauses somebody wants to see: by 制度, heading, state, words or number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import groupby
from typing import Final

from baomi.engine.clauses.listed import STATUS, Listed, every_clause, kinds, systems
from baomi.kernel.verdict import BadInput
from baomi.registers.wording import plain
from baomi.rulebook.place import Heading, typed_number
from baomi.rulebook.text import load_text

SHORTEST: Final = 2  # characters of a word
LONGEST: Final = 100
YES: Final = "yes"
UNDER: Final = re.compile(r"[A-Z]{1,2}[0-9+.a-z]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What may stand in an address: fixed choices, and a heading of the paper."""

    system: str = ""
    status: str = ""
    kind: str = ""
    law: str = ""  # yes: those behind the law in force
    late: str = ""  # yes: those with something overdue today, as far as the reader sees
    under: str = ""  # GZ2.3

    def __bool__(self) -> bool:
        """Whether clauses may be left out."""
        return any(getattr(self, each.name) for each in fields(self))


def known_choices() -> Mapping[str, Mapping[str, str]]:
    """The choices of each narrowing, code and Chinese."""
    return {
        "system": systems(),
        "status": STATUS,
        "kind": kinds(),
        "law": {YES: "落后于现行法律"},
        "late": {YES: "今天有逾期"},
    }


def narrowed(given: Mapping[str, str]) -> Narrowed:
    """What was chosen. Raises ``BadInput`` for a choice or a heading that there is not."""
    known = known_choices()
    wanted = Narrowed(**{each.name: given.get(each.name, "") for each in fields(Narrowed)})
    for key, choices in known.items():
        value = getattr(wanted, key)
        if value and value not in choices:
            raise BadInput("没有这个选项，请从列出的选项中选取", field=key)
    if wanted.under and not list(_below(wanted.under)):
        raise BadInput("没有这个标题，请核对编号，如 GZ2.3、DM、LG4", field="under")
    return wanted


def _below(heading: str) -> Iterator[Listed]:
    """Every clause at or below a number, the rules of this program by their beginning."""
    if not UNDER.fullmatch(heading):
        return
    ids = {clause.id for clause in load_text().under(heading)}
    for each in every_clause():
        if each.id in ids or (each.text is None and each.id.startswith(heading)):
            yield each


def choose(wanted: Narrowed, late: Collection[str], typed: str = "") -> list[Listed]:
    """The clauses wanted, in the order of the paper. ``late``: those with something overdue.

    ``typed`` is words (all of them, two characters each at least) or a number as the paper or
    this program writes it. Raises ``BadInput``.
    """
    found: Iterable[Listed] = _typed(typed) if typed.strip() else every_clause()
    if wanted.under:
        below = {each.id for each in _below(wanted.under)}
        found = [each for each in found if each.id in below]
    return [each for each in found if _fits(each, wanted, late)]


def _fits(each: Listed, wanted: Narrowed, late: Collection[str]) -> bool:
    if wanted.system and each.system != wanted.system:
        return False
    if wanted.law and not each.is_behind_the_law:
        return False
    if wanted.late and each.id not in late:
        return False
    return all(
        not value or any(getattr(row, key) == value for row in each.rows)
        for key, value in (("status", wanted.status), ("kind", wanted.kind))
    )


def _typed(typed: str) -> list[Listed]:
    """Raises ``BadInput``: too short, too long, or not to be written."""
    if len(typed) > LONGEST:
        raise BadInput(f"查找的内容最多 {LONGEST} 个字，请缩短", field="text")
    try:
        text = plain(typed)
    except ValueError as unseen:
        raise BadInput(str(unseen), field="text") from None
    if (number := typed_number(text)) is not None:
        return _numbered(*number)
    words = text.casefold().split()
    if any(len(word) < SHORTEST for word in words):
        raise BadInput("请至少输入两个字，或者输入编号，如 2.3.1、二（三）1", field="text")
    return [each for each in every_clause() if all(word in each.words for word in words)]


def _numbered(system: str, number: str) -> list[Listed]:
    codes = [system] if system else [one.code for one in load_text().systems]
    ids = {clause.id for code in codes for clause in load_text().under(f"{code}{number}")}
    return [each for each in every_clause() if each.id in ids]


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses of one 制度, under the headings that newly begin before each of them."""

    code: str
    title: str
    clauses: tuple[tuple[tuple[Heading, ...], Listed], ...]
    counts: Mapping[str, int]  # controls by status
    behind: int  # clauses behind the law


def grouped(found: Iterable[Listed]) -> list[Group]:
    """By 制度 in order; each clause with the titled headings that stand before it."""
    groups = []
    for code, members in groupby(found, key=lambda each: each.system):
        clauses = tuple(members)
        groups.append(
            Group(
                code=code,
                title=systems()[code],
                clauses=tuple(_under_headings(clauses)),
                counts=Counter(row.status for each in clauses for row in each.rows),
                behind=sum(each.is_behind_the_law for each in clauses),
            )
        )
    return groups


def _under_headings(clauses: Iterable[Listed]) -> Iterator[tuple[tuple[Heading, ...], Listed]]:
    shown: tuple[Heading, ...] = ()
    for each in clauses:
        above = tuple(heading for heading in each.place.headings if heading.title)
        yield tuple(heading for heading in above if heading not in shown), each
        shown = above
