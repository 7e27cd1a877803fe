"""What code may ask of the dated terms: numbers and titles that are data, not code."""

from __future__ import annotations

from typing import Protocol

from baomi.kernel.calendar import WorkCalendar
from baomi.kernel.words import Level, PersonnelClass, Post


class Terms(Protocol):
    """The terms in force on a day. The data stands in ``rulebook/terms/``."""

    @property
    def calendar(self) -> WorkCalendar:
        """Working days."""

    def number(self, key: str) -> int:
        """A number of days, years, attempts …; raises ``KeyError`` for an unknown key."""

    def post_title(self, post: Post) -> str:
        """The post's title in this office, Chinese."""

    def clearance_of(self, personnel_class: PersonnelClass) -> Level:
        """The highest level that a class of person may read."""

    def class_title(self, code: str) -> str:
        """Chinese title of a class of person; raises ``ValueError`` for an unknown code."""

    def ex_officio(self, post: str) -> frozenset[Post]:
        """Posts that go with a main post (GZ1.0a)."""

    def presumed_years(self, level: Level) -> int | None:
        """Years that a level without a stated term is presumed to last; None below 秘密."""

    def is_central_or_provincial(self, issuer: str) -> bool:
        """Whether an issuer's unmarked papers are kept as internal papers (GZ2.3.4a)."""

    def excluded_with(self, post: Post) -> frozenset[Post]:
        """Posts that the holder of this one may not hold."""
