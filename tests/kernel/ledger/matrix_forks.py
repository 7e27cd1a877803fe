"""Tamperings with a ledger that was restored from a backup, and with the closed one before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.kernel.ledger.builder import Ledger, write
from tests.kernel.ledger.forks import Fork, fork
from tests.kernel.ledger.story import DAY_US, Story
from tests.kernel.ledger.tampering import Evidence, case, evidence


def _found(made: Fork, change: Callable[[Ledger], object] = lambda ledger: None) -> Evidence:
    ledger = made.written()
    change(ledger)
    return evidence(made.story, ledger, anchors=made.anchors())


def _begun(made: Fork) -> dict[str, object]:
    """The body in which the new ledger takes the rows over."""
    return made.story.deeds[1].body


@case("T57e restore to more than the old ledger has", "FORK")
def _(story: Story) -> Evidence:
    made = fork(story.alg, story.seed, size=2)
    return _found(made)


@case("T57f restore that alters a row on the way", "FORK")
def _(story: Story) -> Evidence:
    made = fork(story.alg, story.seed)
    change = next(each for each in _begun(made)["changes"] if each["t"] == "copy")
    change["after"]["state"] = "lost"
    key = (change["t"], change["id"])
    if made.story.imaged_at[key] == 1:
        made.story.live[key]["state"] = "lost"
    return _found(made)


@case("T57g restore that leaves a row behind", "FORK")
def _(story: Story) -> Evidence:
    made = fork(story.alg, story.seed)
    begun = _begun(made)["changes"]
    at = next(n for n, each in enumerate(begun) if made.story.imaged_at[each["t"], each["id"]] == 1)
    gone = begun.pop(at)
    del made.story.live[gone["t"], gone["id"]]
    made.story.blobs.pop(gone["id"], None)
    return _found(made)


@case("T57h restore into a demonstration office", "FORK")
def _(story: Story) -> Evidence:
    made = fork(story.alg, story.seed)
    made.story.demo = True
    made.story.deeds[0].body["demo"] = True
    return _found(made)


@case("T57i restored ledger dated before the old one ended", "TIME")
def _(story: Story) -> Evidence:
    made = fork(story.alg, story.seed)
    for deed in made.story.deeds:
        deed.wall_us -= 30 * DAY_US
    return _found(made)


@case("T57j body of the closed ledger edited", "BODY")
def _(story: Story) -> Evidence:
    def change(ledger: Ledger) -> None:
        log = ledger.closed[0].log
        log[9] = replace(log[9], body=b"{}")

    return _found(fork(story.alg, story.seed), change)


@case("T57k newest entries of the closed ledger cut", "FORK")
def _(story: Story) -> Evidence:
    def change(ledger: Ledger) -> None:
        closed = ledger.closed[0]
        closed.log = closed.log[:-3]
        closed.kept = {size: n for size, n in closed.kept.items() if size < len(closed.log)}
        closed.put_head_right()

    return _found(fork(story.alg, story.seed), change)


@case("T57l loss beyond an anchor of the closed ledger not declared", "ANCHOR_SIZE")
def _(story: Story) -> Evidence:
    return _found(fork(story.alg, story.seed, anchors=[]))


@case("T57m deed of the closed ledger done once more", "OPID")
def _(story: Story) -> Evidence:
    made = fork(story.alg, story.seed)
    made.story.deeds[-1].op_id = made.closed[0].deeds[9].op_id
    return _found(made)


@case("T57n receipt of a deed beyond every declared loss", "RECEIPT")
def _(story: Story) -> Evidence:
    made = fork(story.alg, story.seed)
    found = _found(made)
    found.receipts = [made.full[0].receipt(9)._replace(prefix="0" * 16)]
    return found


@case("T57o old ledger enclosed that the genesis does not name", "FORK")
def _(story: Story) -> Evidence:
    made = fork(story.alg, story.seed)
    ledger = write(story)
    ledger.closed = [write(made.closed[0])]
    return evidence(story, ledger)
