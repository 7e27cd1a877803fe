"""Where a clause stands on the paper, as the paper writes it; and what a typed number means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from pydantic import StringConstraints

from baomi.rulebook.documents import Record

OPENING: Final = "开头一段"
NUMERALS: Final = "一二三四五六七八九十"
_ID: Final = re.compile(r"([A-Z]{2})(\d+(?:\.\d+)*)([a-z]?\d*)")
_TYPED: Final = re.compile(r"([A-Z]{2})?(\+\d+|\d+(?:\.\d+)*(?:[a-z]\d*)?)?")
_BETWEEN: Final = re.compile(r"[\s.、()第部分条项节章款]+")


class ItemStyle(StrEnum):
    """How the paper numbers what stands below a heading."""

    ARABIC = "arabic"  # 1.
    BRACKETED = "bracketed"  # （一）


class Heading(Record):
    """A numbered place of the paper. ``inferred``: its number is this program's own."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}\d+(\.\d+)*$")]
    number: Annotated[
        str, StringConstraints(pattern=r"^([一二三四五六七八九十]+|（[一二三四五六七八九十]+）)?$")
    ]
    title: str = ""
    items: ItemStyle | None = None
    inferred: bool = False

    @property
    def written(self) -> str:
        """Number and title as the paper has them: 二、保密工作的管理; （三）涉密文件、资料管理."""
        is_bare = bool(self.number) and not self.number.startswith("（")
        return (
            f"{self.number}、{self.title}" if is_bare and self.title else self.number + self.title
        )


class Numbering(StrEnum):
    """Whose number a clause bears."""

    PAPER = "paper"
    LETTERED = "lettered"  # the paper's as far as it goes, then a letter of this program
    INFERRED = "inferred"  # the paper has no number there
    OURS = "ours"  # the paper has no such clause


@dataclass(frozen=True, slots=True)
class Place:
    """A clause's place: the headings above it, the item as the paper writes it, whose number."""

    headings: tuple[Heading, ...]
    item: str  # "1.", "（一）", 开头一段; empty: the last heading is the place
    numbering: Numbering
    note: str  # whose number it is, in words

    @property
    def written(self) -> tuple[str, ...]:
        """Every step down to the place, outermost first."""
        steps = (*(heading.written for heading in self.headings), self.item)
        return tuple(step for step in steps if step)


def place_of(clause: str, headings: Mapping[str, Heading]) -> Place:
    """The place of a clause. Whatever is no number of the paper stands nowhere on it."""
    found = _ID.fullmatch(clause)
    if found is None:
        return Place((), "", Numbering.OURS, "原文没有这一条，编号为本程序所加。")
    system, numbers, letter = found.groups()
    steps = numbers.split(".")
    above: list[Heading] = []
    item = ""
    for depth in range(1, len(steps) + 1):
        heading = headings.get(system + ".".join(steps[:depth]))
        if heading is not None:
            above.append(heading)
        else:
            item = _item(steps[depth - 1], above[-1].items if above else None)
    numbering = _numbering(above, item, letter)
    return Place(tuple(above), item, numbering, _note(system + numbers, letter, numbering))


def _item(step: str, style: ItemStyle | None) -> str:
    if step == "0":
        return OPENING
    return f"（{NUMERALS[int(step) - 1]}）" if style is ItemStyle.BRACKETED else f"{step}."


def _numbering(above: list[Heading], item: str, letter: str) -> Numbering:
    if any(heading.inferred for heading in above) or item == OPENING:
        return Numbering.INFERRED
    return Numbering.LETTERED if letter else Numbering.PAPER


def _note(number: str, letter: str, numbering: Numbering) -> str:
    rest = f"其后的“{letter}”为本程序所加，指其中的一部分。" if letter else ""
    if numbering is Numbering.INFERRED:
        return f"原文此处没有编号，“{number}”由前后次序推定。{rest}"
    return f"“{number}”是原文的编号。{rest}"


def typed_number(typed: str) -> tuple[str, str] | None:
    """System (empty: any) and number that somebody typed: ``GZ2.3.1``, ``2.3.1``, ``二(三)1``.

    None: what was typed is no number.
    """
    plain = unicodedata.normalize("NFKC", typed).strip()
    plain = re.sub(r"[一二三四五六七八九十]+", lambda found: f".{_numeral(found[0])}.", plain)
    head, tail = plain[:2].upper(), plain[2:]
    known = head if re.fullmatch(r"[A-Z]{2}", head) else ""
    rest = _BETWEEN.sub(".", (tail if known else plain).lower()).strip(".")
    rest = re.sub(r"\.([a-z])", r"\1", rest)
    found = _TYPED.fullmatch(known + rest)
    return (known, rest) if found and (known or rest) else None


def _numeral(chinese: str) -> int:
    tens, ten, ones = chinese.partition("十")
    if not ten:
        return int("".join(str(NUMERALS.index(sign) + 1) for sign in chinese))
    first = NUMERALS.index(tens) + 1 if tens in NUMERALS and tens else 1
    return first * 10 + (NUMERALS.index(ones) + 1 if ones and ones in NUMERALS else 0)
