"""What an approval is given for, and whether one that was given fits a deed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from baomi.kernel.words import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One thing that an approval is given for: frozen when it is asked for, compared at use.

    ``value`` is the canonical text that is compared, ``shown`` what people read: never a title.
    """

    key: str
    title: str
    value: str
    shown: str


def digest_of(stated: Iterable[Stated]) -> str:
    """SHA-256 (hex) over what an approval is given for, and over nothing else."""
    values = {each.key: each.value for each in stated}
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """An approval that a deed needs: by which rule, on what, for exactly what."""

    rule: str  # GZ2.2.5a/approved_by_group_leader
    clause: str
    title: str
    post: Post  # as the clause names it, or the terms where it names none
    unit: UUID | None  # whose unit's post; None: the office's
    body: str  # code of an outside body that consents instead of a post; empty: a post decides
    subject: UUID
    stated: tuple[Stated, ...]
    interested: frozenset[UUID]  # whom it is about: they do not decide on it

    @property
    def digest(self) -> str:
        """What a later deed is compared with."""
        return digest_of(self.stated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A request for an approval, as it stands on the day of the deed."""

    id: UUID  # of what was asked on one subject under one rule
    rule: str
    subject: UUID
    state: str  # waiting, expired, granted, refused, returned, withdrawn, used
    stated: tuple[Stated, ...]
    digest: str
    asked_by: UUID  # persons, the same human counting once
    given_by: UUID | None
    given_on: date | None
    valid_until: date | None

    def fits(self, need: Need) -> bool:
        """Whether it was asked for under this rule, on this thing, for exactly this."""
        return (self.rule, self.subject) == (need.rule, need.subject) and (
            self.digest == need.digest
        )

    def stands_on(self, day: date) -> bool:
        """Whether it was granted by then, is not used yet, and has not run out."""
        if self.state != "granted" or (self.given_on is not None and day < self.given_on):
            return False
        return self.valid_until is None or day <= self.valid_until


def differing(approval: Approval, need: Need) -> tuple[tuple[str, str, str], ...]:
    """What differs: its title, as it was approved, and as it is now."""
    then = {each.key: each for each in approval.stated}
    now = {each.key: each for each in need.stated}
    found: list[tuple[str, str, str]] = []
    for key in dict.fromkeys((*then, *now)):
        was, is_ = then.get(key), now.get(key)
        if was is None or is_ is None or was.value != is_.value:
            either = is_ or was
            title = either.title if either else key
            found.append((title, was.shown if was else "（无）", is_.shown if is_ else "（无）"))
    return tuple(found)


def stated_in(rows: Iterable[dict[str, Any]]) -> tuple[Stated, ...]:
    """What was stated, as a register kept it."""
    return tuple(Stated(**row) for row in rows)
