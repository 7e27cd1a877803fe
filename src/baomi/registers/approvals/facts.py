"""What rules may know about approvals. Plain values: no Django, no queries, no defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from baomi.kernel.happening import Happening
from baomi.kernel.words import Person, Post

VERDICTS = {"agree": "同意", "refuse": "不同意", "return": "退回修改"}


class Opinion(StrEnum):
    """What a body outside writes."""

    AGREE = "agree"
    REFUSE = "refuse"

    @property
    def word(self) -> str:
        """As it is said."""
        return VERDICTS[self.value]


class Decision(StrEnum):
    """What somebody decides."""

    AGREE = "agree"
    REFUSE = "refuse"
    RETURN = "return"

    @property
    def word(self) -> str:
        """As it is said."""
        return VERDICTS[self.value]


STATES = {
    "waiting": "待审批",
    "granted": "已批准",
    "refused": "不同意",
    "returned": "退回修改",
    "withdrawn": "已撤回",
    "used": "已办理",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """Who decides now: a post, and those of its holders who are free to."""

    post: Post
    people: frozenset[UUID]  # persons who hold it and have nothing to do with the matter
    vacant: Post | None  # the post that somebody must hold first; None: somebody can decide


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedNeed:
    """What waits to be decided."""

    id: UUID
    request: UUID
    rule: str
    clause: str
    title: str
    post: Post
    unit: UUID | None
    body: str
    asked_post: Post
    subject: UUID
    state: str
    interested: frozenset[UUID]  # humans
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRequest:
    """A request as the rules know it."""

    id: UUID
    label: str
    action: str
    asked_by: UUID  # a human
    asked_on: date
    state: str
    expired: bool
    needs: tuple[AskedNeed, ...]
    decided_by: Mapping[Post, frozenset[UUID]]  # humans who decided already, by the post named


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalIsAsked(Happening):
    """An approval is asked for. ``vacant``: posts that would have to decide and nobody holds."""

    request: UUID
    action: str
    asker: Person
    vacant: tuple[Post, ...]
    already: bool  # exactly this waits for a decision, or was granted and not used yet

    @property
    def subject(self) -> UUID:
        """The request."""
        return self.request


@dataclass(frozen=True, slots=True, kw_only=True)
class OfNeed(Happening):
    """Something befalls one thing that is to be approved."""

    need: AskedNeed

    @property
    def subject(self) -> UUID:
        """What is to be approved on one thing."""
        return self.need.id


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedIsOpened(OfNeed):
    """It waits for a decision from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedIsSettled(OfNeed):
    """It waits no longer: decided, withdrawn, or dropped with the rest of its request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalIsDecided(NeedIsSettled):
    """Somebody decides on it. ``own_post``: he holds the post himself, he stands in for nobody."""

    request: AskedRequest
    verdict: str
    reason: str
    decider: Person
    now_decides: Decider
    own_post: bool
    stands_in_for: frozenset[UUID]  # humans for whom he holds the post


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestIsWithdrawn(Happening):
    """The asker takes his request back."""

    request: AskedRequest
    by: Person

    @property
    def subject(self) -> UUID:
        """The request."""
        return self.request.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentIsRecorded(NeedIsSettled):
    """A body outside consents, or does not, by a letter whose scan is kept."""

    request: AskedRequest
    verdict: str
    body_name: str
    letter: str
    has_scan: bool
    recorder: Person
