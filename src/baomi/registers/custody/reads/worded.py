"""How custody's codes are worded on screens and in books, and what a cell makes of several."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from baomi.kernel.marks import Term, term_words
from baomi.kernel.terms import Terms
from baomi.kernel.words import Level, Person, Post
from baomi.registers.listing import Values
from baomi.registers.office import load as office

CARRIERS: Final = {
    "paper": "纸质",
    "telegram": "电报",
    "disc": "光盘",
    "electronic_file": "电子文件",
}
STATES: Final = {
    "unstored": "未入柜",
    "stored": "在柜",
    "held": "在手",
    "archived": "已归档",
    "missing": "下落不明",
}
PURPOSES: Final = {
    "": "",
    "reading": "阅",
    "handling": "承办",
    "keeping": "保管",
    "carrying": "携带外出",
    "consulting": "查档",
}
OCCASIONS: Final = {
    "business_trip": "因公外出",
    "public_place": "公共场所",
    "social_occasion": "社交活动",
}
KINDS: Final = {
    "hand_over": "交阅",
    "take_back": "收回",
    "store": "入柜",
    "carry_out": "携带外出",
    "bring_back": "带回",
    "archive": "归档",
    "consult": "查阅档案",
    "consult_end": "归还档案",
    "missing": "报告下落不明",
    "found": "报告找到",
    "undo": "撤销",
    "past_out": "补录送出",
    "past_back": "补录退回",
}
ORIGINS: Final = {"received": "来文", "own": "本机关文件"}

Word = Callable[[Values, Terms], Any]


def by(column: str, words: Mapping[str, str]) -> Word:
    """A column's code in words."""
    return lambda row, terms: words[row[column]]


def level_of(column: str) -> Word:
    """A level by its title: 机密."""
    return lambda row, terms: Level(row[column]).title


def term_reads(prefix: str) -> tuple[str, ...]:
    """The columns that ``term_of`` reads."""
    return (f"{prefix}term_kind", f"{prefix}term_value", f"{prefix}term_presumed")


def term_of(prefix: str) -> Word:
    """A paper's term, and that it is presumed: 20年（推定）."""
    kind_column, value_column, presumed_column = term_reads(prefix)

    def word(row: Values, terms: Terms) -> str:
        if not row[kind_column]:
            return ""
        words = term_words(Term(kind=row[kind_column], value=row[value_column]))
        return f"{words}（推定）" if row[presumed_column] else words

    return word


def label_of(row: Values, terms: Terms) -> str:
    """The text of a copy's label."""
    return office.label("C", row["label_serial"])


def notes_of(row: Values, terms: Terms) -> str:
    """What the rules would have said of a recorded past."""
    return "；".join(f"{note['clause']} {note['reason']}" for note in row["notes"])


def voided(row: Values, terms: Terms) -> str:
    """Whether a movement was taken back."""
    return "是" if row["voided_by"] else ""


def is_registrar(actor: Person) -> bool:
    """Whether somebody keeps the whole register."""
    return actor.in_service and Post.REGISTRAR in actor.posts
