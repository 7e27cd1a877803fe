"""Which issuers are central or provincial bodies: by names and patterns, which are data."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

from pydantic import field_validator

from baomi.rulebook.documents import Record
from baomi.rulebook.law import Words
from baomi.rulebook.text import ClauseId

_JOINT_ISSUERS = re.compile(r"[、，,；;]")


class Issuers(Record):
    """By which names a paper counts as from a central or provincial body."""

    clause: ClauseId
    beyond: bool
    prefixes: tuple[Words, ...]
    patterns: tuple[Words, ...]
    lower: tuple[Words, ...]  # what follows the name and shows a lower body

    @field_validator("patterns", "lower")
    @classmethod
    def _compiles(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error:
                raise ValueError(f"“{pattern}”不是正确的匹配式，请改正") from None
        return patterns

    @cached_property
    def _begins(self) -> re.Pattern[str]:
        longest_first = sorted(self.prefixes, key=len, reverse=True)
        return re.compile("|".join([*map(re.escape, longest_first), *self.patterns]))

    @cached_property
    def _lower(self) -> re.Pattern[str]:
        return re.compile("|".join(self.lower))

    def match(self, issuer: str) -> bool:
        """Whether one of the issuers named (joint papers name several) is such a body."""
        plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", issuer))
        return any(self._is_one(name) for name in _JOINT_ISSUERS.split(plain))

    def _is_one(self, name: str) -> bool:
        begin = self._begins.match(name)
        return begin is not None and self._lower.search(name, begin.end()) is None
