"""What the law in force says beside the paper: statute, article, since when, how they differ."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from baomi.rulebook.documents import Record

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Article = Annotated[str, StringConstraints(pattern=r"^(第[一二三四五六七八九十百]+条(至|、)?)*$")]


class LawRelation(StrEnum):
    """How the law in force stands to what the paper says."""

    REPEALED = "repealed"  # the paper cites what was revised or is no longer in force
    DIFFERS = "differs"  # both speak of it, and not alike
    ADDS = "adds"  # the law demands what the paper does not
    AGREES = "agrees"  # the law says the same: what the clause rests on
    UNSET = "unset"  # the paper fixes what the law leaves open

    @property
    def words(self) -> str:
        """The relation in Chinese, as pages show it."""
        return _RELATION_WORDS[self]

    @property
    def is_behind(self) -> bool:
        """Whether the paper is to be brought up to the law."""
        return self in _BEHIND


_RELATION_WORDS = {
    LawRelation.REPEALED: "原文所引已修订或废止",
    LawRelation.DIFFERS: "与现行法律不一致",
    LawRelation.ADDS: "现行法律另有要求",
    LawRelation.AGREES: "与现行法律一致",
    LawRelation.UNSET: "现行法律未作规定",
}
_BEHIND = frozenset({LawRelation.REPEALED, LawRelation.DIFFERS, LawRelation.ADDS})


class Statute(Record):
    """A law, regulation or rule, and the day from which its present wording is in force."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]
    title: Words
    in_force_since: date


class Law(Record):
    """What one article says on a clause's matter. ``paper``: what the paper says on this point.

    ``article`` is empty where a whole statute is meant, ``paper`` where the clause's own words
    say it.
    """

    statute: str
    article: Article = ""
    relation: LawRelation
    paper: Words | None = Field(default=None)
    says: Words
