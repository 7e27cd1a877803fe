"""What code may ask of the dated terms: numbers and titles that are data, not code."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from baomi.kernel.calendar import WorkCalendar
from baomi.kernel.words import Level, PersonnelClass, Post


class Terms(Protocol):
    """The terms in force on a day. The data stands in ``rulebook/terms/``."""

    @property
    def calendar(self) -> WorkCalendar:
        """Working days."""

    def calendar_afresh(self) -> WorkCalendar:
        """Working days as they are known this moment, read again."""

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

    def words(self, key: str) -> str:
        """A setting that is one word or a month and day; raises ``KeyError``, ``TypeError``."""

    def needed_posts(self) -> tuple[Post, ...]:
        """Posts of the office that must always be held."""

    def needed_in_units(self) -> tuple[Post, ...]:
        """Posts that each 委（办）室 must have."""

    def text_digest(self, system: str, issued_on: date) -> str:
        """SHA-256 (hex) of the text of a 制度; empty where this program carries no such version."""

    def approval_post(self, clause: str) -> Post:
        """Who approves under a clause that names no post; raises ``KeyError`` for others."""

    def substitute_of(self, post: Post) -> Post | None:
        """Who decides where this post would decide on its own request; None: nobody."""

    def body_title(self, code: str) -> str:
        """Chinese title of an outside body; raises ``KeyError`` for an unknown code."""

    def escalation_steps(self) -> tuple[tuple[Post, int], ...]:
        """Who learns of an overdue duty, and how many days after it fell due, in order."""

    def unowned_post(self) -> Post:
        """Who does what nobody owns (GZ1.0b)."""
