"""The answer to "may this be done?", and why not. The same answer feeds every entrypoint."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing or person that a refusal speaks of. Who may not see it gets ``elsewhere``."""

    kind: str  # "custody.copy", "office.person" …
    id: UUID
    label: str
    elsewhere: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One reason why not, the clause that it rests on, and what would make the deed lawful.

    ``reason`` and ``remedy`` hold places such as ``{copy}``; an entrypoint fills them for its
    reader, so that a refusal never tells of what he may not see.
    """

    clause: str
    guard: str
    reason: str
    remedy: str
    remedy_action: str | None
    refs: Mapping[str, Ref]

    def words(self, may_see: Callable[[Ref], bool]) -> tuple[str, str]:
        """Reason and remedy, worded for somebody."""
        return self._fill(self.reason, may_see), self._fill(self.remedy, may_see)

    def _fill(self, text: str, may_see: Callable[[Ref], bool]) -> str:
        def place(found: re.Match[str]) -> str:
            ref = self.refs[found[1]]
            return ref.label if may_see(ref) else ref.elsewhere

        return re.sub(r"\{([a-z_]+)\}", place, text)


@dataclass(frozen=True, slots=True)
class Verdict:
    """All refusals at once, never only the first, and the guards that were asked."""

    refusals: tuple[Refusal, ...]
    asked: tuple[str, ...]

    @property
    def allowed(self) -> bool:
        """Whether nothing speaks against the deed."""
        return not self.refusals

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that refuse, each once, in order."""
        return tuple(dict.fromkeys(refusal.clause for refusal in self.refusals))


class Refused(Exception):
    """Raised by ``perform`` when a verdict refuses the deed."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__(" ".join(verdict.clauses))


class BadInput(Exception):
    """What was entered cannot be meant: the sentence says what is wrong and how to mend it."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        self.sentence = sentence
        self.field = field
        super().__init__(sentence)
