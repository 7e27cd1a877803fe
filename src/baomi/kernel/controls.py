"""The controls that carry a clause: guards, approvals, duties, registers, forms, access, checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from baomi.kernel.approving import Stated
from baomi.kernel.calendar import Workdays
from baomi.kernel.happening import Deed, Happening
from baomi.kernel.terms import Terms
from baomi.kernel.verdict import Refusal
from baomi.kernel.words import Post

HappeningT = TypeVar("HappeningT", bound=Happening)
GuardCheck = Callable[[HappeningT, Deed[Any]], Refusal | None]
Due = date | Workdays


@dataclass(frozen=True, slots=True)
class Guard(Generic[HappeningT]):
    """A rule that a happening must not break."""

    clause: str
    title: str  # the same sentence in Chinese, true when lawful
    reads: type[HappeningT]
    check: GuardCheck[HappeningT]
    where: str

    @property
    def name(self) -> str:
        """The guard's sentence, true when lawful."""
        return self.check.__name__

    @property
    def key(self) -> str:
        """As the ledger names it: ``GZ2.3.1b/reader_is_in_the_circle``."""
        return f"{self.clause}/{self.name}"


@dataclass(frozen=True, slots=True)
class ApprovalRule(Generic[HappeningT]):
    """A recorded approval that a happening needs: by a post, or by a body outside; never one's own.

    ``by`` None: the clause names no post, so the terms do. ``stated`` is what it is given for,
    ``concerns`` whom it is about, ``unit`` the unit whose post decides (None: the office's).
    """

    clause: str
    title: str  # Chinese: what is approved
    by: Post | None
    body: str  # code of an outside body that consents, as in the terms; empty: a post decides
    when: type[HappeningT]
    applies: Callable[[HappeningT, Deed[Any]], bool]
    stated: Callable[[HappeningT], tuple[Stated, ...]]
    concerns: Callable[[HappeningT], frozenset[UUID]]
    unit: Callable[[HappeningT], UUID | None]
    where: str

    @property
    def name(self) -> str:
        """As a refusal names it: ``approved_by_group_leader``."""
        who = self.body or (self.by.value if self.by else "post_in_terms")
        return f"approved_by_{who}"

    @property
    def key(self) -> str:
        """As the ledger names it: ``GZ2.2.5a/approved_by_group_leader``."""
        return f"{self.clause}/{self.name}"

    def post(self, terms: Terms) -> Post:
        """Who decides; for a body outside, who records its consent."""
        if self.body:
            return Post.REGISTRAR
        return self.by or Post(terms.approval_post(self.clause))


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owes a duty: a person, or whoever holds a post (for a unit)."""

    person: UUID | None
    post: Post | None
    unit: UUID | None


@dataclass(frozen=True, slots=True)
class DutyRule(Generic[HappeningT]):
    """A dated obligation that one happening opens and another one closes."""

    clause: str
    name: str
    title: str
    opens_on: type[HappeningT]
    closes_on: tuple[type[Happening], ...]
    owner: Callable[[HappeningT, Deed[Any]], Owner]
    due: Callable[[HappeningT, Deed[Any]], Due]
    when: Callable[[HappeningT, Deed[Any]], bool]
    about: Callable[[HappeningT, Deed[Any]], str]
    waived_by: Post | None
    where: str

    @property
    def key(self) -> str:
        """One of a name may open in several ways: ``GZ2.3.7/return_the_copy/CopyReturns``."""
        return f"{self.clause}/{self.name}/{self.opens_on.__name__}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A duty that time alone opens: for which period, from when it is shown, until when."""

    subject: UUID | None  # None: the office itself
    period: str
    opens_on: date
    due_on: Due


@dataclass(frozen=True, slots=True)
class TimedRule:
    """A dated obligation that time alone opens; ``openings`` is a pure function of days."""

    clause: str
    name: str
    title: str
    openings: Callable[[date, date, Terms], Iterable[Opening]]
    owner: Owner
    closes_on: tuple[type[Happening], ...]
    waived_by: Post | None
    where: str

    @property
    def key(self) -> str:
        """``GZ1.1a/draft_the_plan/time``."""
        return f"{self.clause}/{self.name}/time"


@dataclass(frozen=True, slots=True)
class RegisterRule:
    """A fact that must be recorded, and the fields without which it is refused."""

    clause: str
    register: str  # table: "custody_copy"
    fields: tuple[str, ...]
    what: str
    where: str


@dataclass(frozen=True, slots=True)
class PlainRule:
    """A form, an access limit or a check: named here, carried elsewhere."""

    clause: str
    kind: str  # form, access, check
    what: str
    where: str
    names: tuple[str, ...]  # the form's kind, or the actions whose access is limited
