"""Tamperings with entries, their order, their clocks and the genesis."""

from __future__ import annotations

from dataclasses import replace

from tests.kernel.ledger.builder import write
from tests.kernel.ledger.story import DAY_US, Story, octets
from tests.kernel.ledger.tampering import (
    ALL_KEYS,
    NO_KEYS,
    Evidence,
    before_last_seal,
    case,
    changed,
    cut,
    evidence,
    extra_deed,
    patched,
    rewritten,
)


@case("T03 actor changed inside raw", "PREV", "CKPT_ROOT")
def _(story: Story) -> Evidence:
    ledger = write(story)
    ledger.log[9].raw = patched(ledger.log[9].raw, 78, bytes(16))
    return evidence(story, ledger)


@case("T04 time changed inside raw", "PREV", "CKPT_ROOT", "TIME")
def _(story: Story) -> Evidence:
    ledger = write(story)
    ledger.log[9].raw = patched(ledger.log[9].raw, 62, ledger.log[8].raw[62:70])
    return evidence(story, ledger)


for _column, _false in (("kind", "copy.destroy"), ("actor", bytes(16)), ("time_us", 5)):

    @case(f"T05-07 search column {_column}", "COLUMN", live=True)
    def _(story: Story, column: str = _column, false: object = _false) -> Evidence:
        ledger = write(story)
        ledger.log[9].columns = {**ledger.log[9].columns, column: false}
        return evidence(story, ledger)


@case("T08 middle entry deleted", "GAP", "SEQ", "PREV")
def _(story: Story) -> Evidence:
    ledger = write(story)
    del ledger.log[9]
    return evidence(story, ledger)


@case("T09 entry deleted, chain recomputed", "CKPT_ROOT")
def _(story: Story) -> Evidence:
    return evidence(story, rewritten(story, NO_KEYS, lambda s: s.deeds.pop(before_last_seal(s))))


@case("T10 entry inserted, chain recomputed", "CKPT_ROOT")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        at = before_last_seal(new)
        new.deeds.insert(at, replace(extra_deed(new), wall_us=new.deeds[at].wall_us))

    return evidence(story, rewritten(story, NO_KEYS, change))


@case("T11 two entries swapped, chain recomputed", "CKPT_ROOT")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        at = before_last_seal(new)
        new.deeds[at - 1 : at + 1] = new.deeds[at : at - 2 : -1]

    return evidence(story, rewritten(story, NO_KEYS, change))


@case("T12 entry replayed with its operation id", "OPID")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds.append(replace(extra_deed(new), op_id=new.deeds[9].op_id))

    return evidence(story, write(changed(story, change)))


@case("T13 newest five cut, head left", "HEAD", "ROW_EXTRA")
def _(story: Story) -> Evidence:
    ledger = write(story)
    ledger.log = ledger.log[:-5]
    return evidence(story, ledger)


@case("T25 cached leaf edited", "HASH", live=True)
def _(story: Story) -> Evidence:
    ledger = write(story)
    ledger.log[9].columns = {**ledger.log[9].columns, "leaf": bytes(32)}
    return evidence(story, ledger)


@case("T35 algorithm of one entry", "ALG")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[9].inside["alg"] = 3 - story.alg

    return evidence(story, rewritten(story, ALL_KEYS, change))


@case("T35b algorithm in the genesis", "ALG")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[0].body["alg"] = 3 - story.alg

    return evidence(story, rewritten(story, ALL_KEYS, change))


@case("T38 clock of an entry set back a day", "WALL")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[9].wall_us -= DAY_US

    return evidence(story, rewritten(story, ALL_KEYS, change))


@case("T38b time not derived from the clock", "WALL")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[9].inside["wall_us"] = new.deeds[9].wall_us - 1_000_000

    return evidence(story, rewritten(story, ALL_KEYS, change))


@case("T48 newest entry of a foreign format", "FORMAT")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[-1].raw = b"BML9" + write(story).log[-1].raw[4:]

    return evidence(story, write(changed(story, change)))


@case("T49 wrong seq inside raw", "SEQ")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[9].inside["seq"] = 90

    return evidence(story, rewritten(story, ALL_KEYS, change))


@case("T50 wrong predecessor inside raw", "PREV")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[9].inside["prev"] = octets("elsewhere", size=32)

    return evidence(story, rewritten(story, ALL_KEYS, change))


@case("T51 time going back inside raw", "TIME")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[9].inside["time_us"] = new.deeds[8].wall_us

    return evidence(story, rewritten(story, ALL_KEYS, change))


@case("T54 everything emptied", "GENESIS")
def _(story: Story) -> Evidence:
    ledger = cut(write(story), len(story.deeds))
    ledger.live, ledger.files = [], []
    return evidence(story, ledger)


@case("T55 newest entry dated 60 days ahead", "FUTURE")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[-1].wall_us += 60 * DAY_US

    return evidence(story, rewritten(story, ALL_KEYS, change))
