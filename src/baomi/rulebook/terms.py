"""The dated terms of the rulebook: days, numbers, titles, who stands in for whom.

One file for each version, named by the day from which it holds. Answers what the kernel may ask
(``baomi.kernel.terms.Terms``), and more.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from baomi.kernel.calendar import WorkCalendar
from baomi.kernel.words import Level, PersonnelClass, Post
from baomi.rulebook.documents import Record, RulebookError, read_record
from baomi.rulebook.text import ClauseId, Words

TERMS_FOLDER = Path(__file__).parent / "terms"

_Value = int | str | dict[str, int] | tuple[str, ...]
_Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]
_LevelCode = Annotated[
    str, StringConstraints(pattern="^(none|internal|confidential|secret|top_secret)$")
]
_JOINT_ISSUERS = re.compile(r"[、，,；;]")


class Setting(Record):
    """One value with its Chinese title, the clause it serves, and where it comes from."""

    title: Words
    value: _Value
    clause: ClauseId
    beyond: bool = False  # the paper does not fix the value
    law: Words | None = None  # the article that does, or a warning about it


class PersonnelClassTerms(Record):
    """A class of classified persons: its title, and the highest level that it may read."""

    title: Words
    may_read: _LevelCode


class Means(Record):
    """A way of passing something on, and whether a secret may travel by it."""

    title: Words
    lawful: bool


class Escalation(Record):
    """Who learns of an overdue duty, and how many days after it fell due."""

    post: Post
    after_days: int = Field(ge=0)


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


class TermsFile(Record):
    """A file of terms, as it stands."""

    in_force_since: date
    posts: dict[_Code, Words]
    ex_officio: dict[_Code, tuple[Post, ...]]
    exclusive_posts: tuple[tuple[Post, Post], ...]
    substitutes: dict[Post, Post]
    escalation: tuple[Escalation, ...]
    unowned_duties: Post
    approval_posts: dict[ClauseId, Post]
    level_names: dict[_Code, Words]
    personnel_classes: dict[PersonnelClass, PersonnelClassTerms]
    units: dict[_Code, Words]
    bodies: dict[_Code, Words]
    means: dict[_Code, Means]
    central_or_provincial_issuers: Issuers
    ten_secrecy_rules: tuple[Words, ...]
    training_topics: dict[_Code, Words]
    classification_bases: tuple[Words, ...]
    sanction_bases: tuple[Words, ...]
    settings: dict[_Code, Setting]

    @field_validator("posts")
    @classmethod
    def _every_post_has_a_title(cls, posts: dict[str, str]) -> dict[str, str]:
        if untitled := sorted(set(Post) - posts.keys()):
            raise ValueError(f"没有名称的岗位：{'、'.join(untitled)}")
        return posts


class _Year(Record):
    off: tuple[date, ...]
    work: tuple[date, ...]


class _HolidayFile(Record):
    years: dict[int, _Year]


class Terms:
    """The terms in force on a day; ``before_first`` where no version held yet."""

    __slots__ = ("before_first", "calendar", "file")

    def __init__(self, file: TermsFile, calendar: WorkCalendar, *, before_first: bool) -> None:
        self.file = file
        self.calendar = calendar
        self.before_first = before_first

    @classmethod
    def on(cls, day: date, *, folder: Path = TERMS_FOLDER) -> Terms:
        """The version in force on a day; before the first one, the first, flagged.

        Raises ``RulebookError`` where a file is wrong or missing.
        """
        versions = _versions(folder)
        held = [since for since in versions if since <= day]
        return _terms(folder, held[-1] if held else versions[0], before_first=not held)

    @property
    def in_force_since(self) -> date:
        """First day of this version."""
        return self.file.in_force_since

    @property
    def holidays(self) -> WorkCalendar:
        """Weekdays off, weekend days worked, and the years that are known."""
        return self.calendar

    def setting(self, key: str) -> Setting:
        """A value with its title, clause and origin; raises ``KeyError`` for an unknown key."""
        return self.file.settings[key]

    def number(self, key: str) -> int:
        """A number of days, years, attempts …; the key's ending names the unit.

        Raises ``KeyError`` for an unknown key, ``TypeError`` for a value that is no number.
        """
        value = self.setting(key).value
        if not isinstance(value, int):
            raise TypeError(f"设置“{key}”不是一个数")
        return value

    def days(self, key: str) -> int:
        """A number whose key says that it counts days or workdays; raises as ``number`` does."""
        if not key.endswith(("_days", "_workdays", "_days_before")):
            raise TypeError(f"设置“{key}”不以天计")
        return self.number(key)

    def number_for(self, key: str, code: str) -> int:
        """A number that differs by level or by class of person: ``missing_days`` of ``secret``.

        Raises ``KeyError`` for an unknown key or code, ``TypeError`` for a value without codes.
        """
        value = self.setting(key).value
        if not isinstance(value, dict):
            raise TypeError(f"设置“{key}”不分类取值")
        return value[code]

    def words(self, key: str) -> str:
        """A setting that is one word or a month and day; raises as ``number`` does."""
        value = self.setting(key).value
        if not isinstance(value, str):
            raise TypeError(f"设置“{key}”不是文字")
        return value

    def listed(self, key: str) -> tuple[str, ...]:
        """A setting that is a list of codes; raises as ``number`` does."""
        value = self.setting(key).value
        if not isinstance(value, tuple):
            raise TypeError(f"设置“{key}”不是列表")
        return value

    def post_title(self, post: str) -> str:
        """The post's Chinese title; raises ``KeyError`` for an unknown code."""
        return self.file.posts[post]

    def ex_officio(self, post: str) -> frozenset[Post]:
        """Posts that a main post carries with it from the same day (GZ1.0a, DM1a, DM1b)."""
        return frozenset(self.file.ex_officio.get(post, ()))

    def excluded_with(self, post: Post) -> frozenset[Post]:
        """Posts that the holder of this one may not hold."""
        pairs = [pair for pair in self.file.exclusive_posts if post in pair]
        return frozenset(other for pair in pairs for other in pair if other is not post)

    def substitute_of(self, post: Post) -> Post | None:
        """Who decides where this post would decide on its own request; None: nobody."""
        return self.file.substitutes.get(post)

    def approval_post(self, clause: str) -> Post:
        """Who approves under a clause that names no post; raises ``KeyError`` for others."""
        return self.file.approval_posts[clause]

    def clearance_of(self, personnel_class: PersonnelClass) -> Level:
        """The highest level that a class of person may read."""
        return Level.of(self.level_for_class(personnel_class))

    def level_for_class(self, code: str) -> str:
        """Code of the highest level that a class may read; raises ``ValueError`` if unknown."""
        return self.file.personnel_classes[PersonnelClass(code)].may_read

    def class_title(self, code: str) -> str:
        """Chinese title of a class of person; raises ``ValueError`` for an unknown code."""
        return self.file.personnel_classes[PersonnelClass(code)].title

    def level_name(self, code: str) -> str:
        """Chinese name of a level, 工作秘密 included; raises ``KeyError`` for an unknown code."""
        return self.file.level_names[code]

    def presumed_years(self, level: Level) -> int | None:
        """Years that a level without a stated term is presumed to last; None below 秘密."""
        return (
            self.number_for("presumed_term_years", level.code) if level > Level.INTERNAL else None
        )

    def is_central_or_provincial(self, issuer: str) -> bool:
        """Whether an issuer's unmarked papers are kept as internal papers (GZ2.3.4a)."""
        return self.file.central_or_provincial_issuers.match(issuer)


@cache
def _versions(folder: Path) -> tuple[date, ...]:
    found = [path.stem for path in folder.glob("????-??-??.yaml")]
    if not found:
        raise RulebookError("没有找到制度的设置文件，请检查安装是否完整")
    return tuple(sorted(date.fromisoformat(stem) for stem in found))


@cache
def _terms(folder: Path, since: date, *, before_first: bool) -> Terms:
    return Terms(_terms_file(folder, since), _calendar(folder), before_first=before_first)


@cache
def _terms_file(folder: Path, since: date) -> TermsFile:
    file = read_record(folder / f"{since.isoformat()}.yaml", TermsFile)
    if file.in_force_since != since:
        raise RulebookError(f"{since}.yaml：“in_force_since”与文件名不符，请改成同一天")
    return file


@cache
def _calendar(folder: Path) -> WorkCalendar:
    years = read_record(folder / "holidays.yaml", _HolidayFile).years
    return WorkCalendar(
        off=frozenset(day for year in years.values() for day in year.off),
        work=frozenset(day for year in years.values() for day in year.work),
        years=frozenset(years),
    )
