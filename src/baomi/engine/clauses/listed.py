"""Every clause in the order of the paper, with what carries it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from typing import Final

from baomi.engine import matrix, registry
from baomi.rulebook.law import Law
from baomi.rulebook.place import Place
from baomi.rulebook.text import ClauseText, ControlKind, load_text

STATUS: Final = {
    "expected": "尚未落实",
    "declared": "已声明",
    "bound": "已约束",
    "proven": "已证明",
    "exempt": "豁免",
}
MEANING: Final = {
    "expected": "制度有要求，程序还没有相应的控制",
    "declared": "程序里有这项控制，还没有事项受它约束",
    "bound": "有事项受它约束，还没有经完整测试证明",
    "proven": "完整测试中见过合规的通过、违规的被拦下（或应办的到期、办结）",
    "exempt": "经说明理由，不由程序落实",
}
BEYOND: Final = "beyond"
BEYOND_TITLE: Final = "本程序补充的规则"


@dataclass(frozen=True)
class Listed:
    """One clause with its controls. ``text`` None: a rule of this program, in no 制度."""

    id: str
    title: str
    text: ClauseText | None
    rows: tuple[matrix.Row, ...]

    @property
    def system(self) -> str:
        """Code of its 制度; ``beyond`` for a rule of this program."""
        return self.text.system if self.text else BEYOND

    @property
    def requires(self) -> str:
        """What it requires, in this program's own words.

        A rule of this program stands in no text: it requires what its controls say.
        """
        return self.text.requires if self.text else "；".join(row.what for row in self.rows)

    @cached_property
    def place(self) -> Place:
        """Where it stands on the paper."""
        return load_text().place_of(self.id)

    @property
    def law(self) -> tuple[Law, ...]:
        """What the law in force says on the same matter."""
        return self.text.law if self.text else ()

    @property
    def is_behind_the_law(self) -> bool:
        """Whether the paper is to be brought up to the law."""
        return bool(self.text and self.text.is_behind_the_law)

    @cached_property
    def words(self) -> str:
        """Whatever may be searched for, small letters."""
        law = [word for each in self.law for word in (each.paper or "", each.says, each.article)]
        beyond = self.text.beyond if self.text else ()
        controls = [row.what for row in self.rows]
        told = (self.id, self.title, self.requires, *self.place.written, *controls, *beyond, *law)
        return "\n".join(told).casefold()


@cache
def every_clause() -> tuple[Listed, ...]:
    """Every clause of the paper in its order, then the rules of this program."""
    listed = []
    for key, rows in groupby(matrix.rows(), key=lambda row: row.clause):
        text = load_text().by_id.get(key)
        listed.append(Listed(key, text.title if text else _title(key), text, tuple(rows)))
    return tuple(listed)


def _title(key: str) -> str:
    declared = registry.rulebook()
    return next(
        (each.title for each in declared if key in {part.id for part in each.every_part()}), key
    )


@cache
def _by_id() -> Mapping[str, Listed]:
    return {each.id: each for each in every_clause()}


def clause_of(clause: str) -> Listed | None:
    """The clause of an id; None for what is none."""
    return _by_id().get(clause)


@cache
def systems() -> Mapping[str, str]:
    """The five 制度 by code, and what this program adds."""
    return {one.code: one.title for one in load_text().systems} | {BEYOND: BEYOND_TITLE}


@cache
def kinds() -> Mapping[str, str]:
    """How a clause may be carried, Chinese."""
    return {kind.value: kind.label for kind in ControlKind}
