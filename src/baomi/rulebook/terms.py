"""The dated terms of the rulebook: days, numbers, titles, who stands in for whom.

One file for each version, named by the day from which it holds. Answers what the kernel may ask
(``baomi.kernel.terms.Terms``), and more.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from baomi.kernel.calendar import WorkCalendar
from baomi.kernel.words import Level, PersonnelClass, Post
from baomi.rulebook.documents import Record, RulebookError, read_record
from baomi.rulebook.holidays import HOLIDAYS, work_calendar
from baomi.rulebook.issuers import Issuers
from baomi.rulebook.law import Words
from baomi.rulebook.text import ClauseId, text_digest

TERMS_FOLDER = Path(__file__).parent / "terms"

_Value = int | str | dict[str, int] | tuple[str, ...]
_Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]
_LevelCode = Annotated[
    str, StringConstraints(pattern="^(none|internal|confidential|secret|top_secret)$")
]


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


class TermsFile(Record):
    """A file of terms, as it stands."""

    in_force_since: date
    posts: dict[_Code, Words]
    ex_officio: dict[_Code, tuple[Post, ...]]
    needed_posts: tuple[Post, ...]
    needed_in_units: tuple[Post, ...]
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


class Terms:
    """The terms in force on a day; ``before_first`` where no version held yet.

    Keep one for a deed or a page: the calendar is read when it is first asked for, and once.
    """

    __slots__ = ("_calendar", "_holidays", "before_first", "file")

    def __init__(self, file: TermsFile, holidays: Path, *, before_first: bool) -> None:
        self.file = file
        self.before_first = before_first
        self._holidays = holidays
        self._calendar: WorkCalendar | None = None

    def __eq__(self, other: object) -> bool:
        """The same version says the same; what is recorded of holidays is no part of it."""
        return isinstance(other, Terms) and self._same == other._same

    def __hash__(self) -> int:
        """As equality has it."""
        return hash(self._same)

    @property
    def _same(self) -> tuple[int, bool]:
        return id(self.file), self.before_first

    @classmethod
    def on(cls, day: date, *, folder: Path = TERMS_FOLDER) -> Terms:
        """The version in force on a day; before the first one, the first, flagged.

        Raises ``RulebookError`` where a file is wrong or missing.
        """
        versions = _versions(folder)
        held = [since for since in versions if since <= day]
        since = held[-1] if held else versions[0]
        return cls(_terms_file(folder, since), folder / HOLIDAYS.name, before_first=not held)

    @property
    def in_force_since(self) -> date:
        """First day of this version."""
        return self.file.in_force_since

    @property
    def calendar(self) -> WorkCalendar:
        """Weekdays off, weekend days worked, and the years that are known."""
        if self._calendar is None:
            self._calendar = self.calendar_afresh()
        return self._calendar

    def calendar_afresh(self) -> WorkCalendar:
        """The calendar as it stands this moment: for the deed that is about to change it."""
        return work_calendar(self._holidays)

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

    def needed_posts(self) -> tuple[Post, ...]:
        """Posts of the office that must always be held."""
        return self.file.needed_posts

    def needed_in_units(self) -> tuple[Post, ...]:
        """Posts that each 委（办）室 must have."""
        return self.file.needed_in_units

    def text_digest(self, system: str, issued_on: date) -> str:
        """SHA-256 (hex) of the text of a 制度; empty where this program carries no such version."""
        return text_digest(system, issued_on)

    def excluded_with(self, post: Post) -> frozenset[Post]:
        """Posts that the holder of this one may not hold."""
        pairs = [pair for pair in self.file.exclusive_posts if post in pair]
        return frozenset(other for pair in pairs for other in pair if other is not post)

    def escalation_steps(self) -> tuple[tuple[Post, int], ...]:
        """Who learns of an overdue duty, and how many days after it fell due, in order."""
        return tuple((step.post, step.after_days) for step in self.file.escalation)

    def unowned_post(self) -> Post:
        """Who does what nobody owns (GZ1.0b)."""
        return self.file.unowned_duties

    def substitute_of(self, post: Post) -> Post | None:
        """Who decides where this post would decide on its own request; None: nobody."""
        return self.file.substitutes.get(post)

    def body_title(self, code: str) -> str:
        """Chinese title of an outside body; raises ``KeyError`` for an unknown code."""
        return self.file.bodies[code]

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
def _terms_file(folder: Path, since: date) -> TermsFile:
    file = read_record(folder / f"{since.isoformat()}.yaml", TermsFile)
    if file.in_force_since != since:
        raise RulebookError(f"{since}.yaml：“in_force_since”与文件名不符，请改成同一天")
    return file
