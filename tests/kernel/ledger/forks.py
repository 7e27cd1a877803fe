"""Ledgers that continue others from a backup: what was kept of the old one, and what was lost."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from random import Random

from baomi.kernel.ledger import verify as v
from tests.kernel.ledger.builder import Ledger, write
from tests.kernel.ledger.story import Story, _some_deed, lawful
from tests.kernel.ledger.tampering import rows_of

CUT = 20


@dataclass
class Fork:
    """A story that begins where a backup of another one ends."""

    story: Story
    closed: list[Story]
    lost: list[v.Anchor]
    loss: int
    full: list[Ledger] = field(default_factory=list)

    def written(self) -> Ledger:
        ledger = write(self.story)
        ledger.closed = [write(each) for each in self.closed]
        return ledger

    def anchors(self) -> list[v.Anchor]:
        """Every note that was ever carried away, of the lost parts too."""
        return [
            v.read_anchor(note.decode())
            for ledger in (*self.full, write(self.story))
            for note in ledger.kept.values()
        ]


def fork(alg: int, seed: int, *, demo: bool = False, **change: object) -> Fork:
    """An office restored from a backup, its last deeds lost and declared."""
    old = lawful(alg, seed + 40, demo=demo)
    return continued(old, seed + 41, **change)


def fork_of_a_fork(alg: int, seed: int) -> Fork:
    """Restored a second time, from a backup of what was restored."""
    first = fork(alg, seed)
    second = continued(first.story, seed + 42)
    second.closed = [*first.closed, *second.closed]
    second.full = [*first.full, *second.full]
    second.loss += first.loss
    return second


def continued(old: Story, seed: int, **change: object) -> Fork:
    """Restore a story to what it was some deeds ago, and live on."""
    kept, whole = rows_of(old, CUT), write(old)
    back = write(kept).told
    lost = [a for a in map(_anchor, whole.kept.values()) if a.size > back.size]
    declared = {
        "log_id": old.log_id.hex,
        "size": back.size,
        "root": back.root.hex(),
        "anchors": [{"size": each.size, "root": each.root.hex()} for each in lost],
        "reason": "restore",
        "approvers": ["a", "b"],
    }
    new = Story(old.alg, seed, old.demo, clock_us=old.clock_us)
    new.found(restores={**declared, **change})
    new.change("ledger.restored", *((t, i, row) for (t, i), row in kept.live.items()))
    new.blobs = copy.copy(kept.blobs)
    _live_on(new)
    return Fork(new, [kept], lost, max(each.size for each in lost) - back.size, [whole])


def _anchor(note: bytes) -> v.Anchor:
    return v.read_anchor(note.decode())


def _live_on(story: Story) -> None:
    """Deeds of a second life: enough for another one to begin within them."""
    random = Random(story.seed)  # noqa: S311 - a story, no secret
    for turn in range(50, 50 + 2 * CUT):
        _some_deed(story, random, turn)
        if turn % 9 == 0:
            story.seal()
    story.seal()
    story.add("ledger.tick", {})
