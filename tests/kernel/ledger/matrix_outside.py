"""Tamperings that only something kept outside the machine can tell."""

from __future__ import annotations

from dataclasses import replace

from baomi.kernel.ledger import verify as v
from tests.kernel.ledger.builder import MAC_KEY, write
from tests.kernel.ledger.story import DAY_US, Story, lawful
from tests.kernel.ledger.tampering import (
    ALL_KEYS,
    CURRENT_KEY,
    Evidence,
    anchors_of,
    before_last_seal,
    case,
    changed,
    dated_anchor,
    deed_of,
    edit_current_epoch,
    edit_first_register,
    evidence,
    extra_deed,
    hidden,
    restored,
    rewritten,
    rows_of,
    split_anchors,
)


@case("T14 newest thirty cut, rows and head put right", "ANCHOR_SIZE")
def _(story: Story) -> Evidence:
    return evidence(story, write(rows_of(story, 30)), anchors=anchors_of(write(story)))


@case("T19 old body rewritten with all keys", "ANCHOR_ROOT")
def _(story: Story) -> Evidence:
    anchors = anchors_of(write(story))
    return evidence(story, rewritten(story, ALL_KEYS, hidden), anchors=anchors)


@case("T19b anchor of the whole size", "ANCHOR_ROOT")
def _(story: Story) -> Evidence:
    told = write(story).told
    anchor = v.Anchor(f"bm.local/{told.log_id}", told.size, told.root)
    return evidence(story, rewritten(story, ALL_KEYS, edit_current_epoch), anchors=[anchor])


@case("T20 current epoch rewritten with the current key", "ANCHOR_ROOT")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[before_last_seal(new)].body["door"] = "cli"

    ledger = rewritten(story, CURRENT_KEY, change)
    return evidence(story, ledger, anchors=anchors_of(write(story)))


@case("T21 all keys, paper of an old month and a receipt left", "ANCHOR_ROOT", "RECEIPT")
def _(story: Story) -> Evidence:
    old = write(story)
    paper = [dated_anchor(old, sorted(old.kept)[1])._replace(note=None)]
    slip = [old.receipt(deed_of(story, "copy.register"))]
    ledger = rewritten(story, ALL_KEYS, edit_first_register)
    return evidence(story, ledger, anchors=paper, receipts=slip)


@case("T22 well-formed entry appended", "MAC", live=True)
def _(story: Story) -> Evidence:
    ledger = write(changed(story, lambda s: s.deeds.append(extra_deed(s))))
    ledger.log[-1].mac = bytes(32)
    return evidence(story, ledger, mac_key=MAC_KEY)


@case("T22b entry without a code", "MAC", live=True)
def _(story: Story) -> Evidence:
    ledger = write(story)
    ledger.log[-1].mac = None
    return evidence(story, ledger, mac_key=MAC_KEY)


@case("T36 another organ's ledger", "LOGID", "GENESIS")
def _(story: Story) -> Evidence:
    other = lawful(story.alg, story.seed + 1)
    return evidence(story, write(other), first_vkey=write(story).first)


@case("T36b another organ's note", "LOGID")
def _(story: Story) -> Evidence:
    other = anchors_of(write(lawful(story.alg, story.seed + 1)))
    return evidence(story, write(story), anchors=other)


@case("T36c entry of another organ", "LOGID")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[9].inside["log_id"] = lawful(story.alg, story.seed + 1).log_id

    return evidence(story, rewritten(story, ALL_KEYS, change))


@case("T36d genesis names another origin", "LOGID")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[0].body["origin"] = "bm.local/" + "0" * 32

    return evidence(story, rewritten(story, ALL_KEYS, change))


@case("T37 new genesis with another key", "GENESIS")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[0].body["vkey"] = new.public(8).text()
        for deed in new.deeds:
            deed.key = 8 if deed.key == 1 else deed.key

    ledger = rewritten(story, ALL_KEYS | {8}, change)
    return evidence(story, ledger)


@case("T37b the folder's key changed as well", "GENESIS")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[0].body["vkey"] = new.public(8).text()
        for deed in new.deeds:
            deed.key = 8 if deed.key == 1 else deed.key

    ledger, certificate = rewritten(story, ALL_KEYS | {8}, change), write(story).first
    ledger.first = story.public(8).text()
    return evidence(story, ledger, first_vkey=certificate)


@case("T37c first key that is none", "GENESIS")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[0].body["vkey"] = "TEST"

    ledger = rewritten(story, ALL_KEYS, change)
    ledger.first = "TEST"
    return evidence(story, ledger)


@case("T37d only the folder's key changed", "GENESIS")
def _(story: Story) -> Evidence:
    ledger, certificate = write(story), write(story).first
    ledger.first = story.public(8).text()
    return evidence(story, ledger, first_vkey=certificate)


@case("T39 entry forward-dated 60 days", "FUTURE", "WALL", "ANCHOR_TIME")
def _(story: Story) -> Evidence:
    old = write(story)
    anchors = [dated_anchor(old, sorted(old.kept)[-1])]

    def change(new: Story) -> None:
        new.deeds[9].wall_us += 60 * DAY_US

    return evidence(story, rewritten(story, ALL_KEYS, change), anchors=anchors)


@case("T42 superior shown another history", "ANCHOR_ROOT")
def _(story: Story) -> Evidence:
    shown = anchors_of(rewritten(story, ALL_KEYS, hidden))
    return evidence(story, write(story), anchors=shown)


@case("T44 sealer stopped", "STALE")
def _(story: Story) -> Evidence:
    found = evidence(story, write(story), max_age_hours=26)
    return replace(found, now_us=story.now_us + 2 * DAY_US)


@case("T45 newest entry cut, receipt in hand", "RECEIPT")
def _(story: Story) -> Evidence:
    slip = write(story).receipt(len(story.deeds) - 1)
    return evidence(story, write(rows_of(story, 1)), receipts=[slip])


@case("T53 deed dated before the paper it follows", "ANCHOR_TIME")
def _(story: Story) -> Evidence:
    old = write(story)
    size = sorted(old.kept)[-1]
    paper = dated_anchor(old, size)
    later = paper._replace(from_us=paper.from_us + DAY_US, until_us=paper.until_us + DAY_US)
    return evidence(story, old, anchors=[later])


@case("T56 two anchors of one size with two roots", "SPLIT")
def _(story: Story) -> Evidence:
    return evidence(story, write(story), anchors=split_anchors(story))


@case("T57b restore that leaves out the roots lost", "GENESIS")
def _(story: Story) -> Evidence:
    new = lawful(story.alg, story.seed, restores={"log_id": "0" * 32, "size": 5})
    return evidence(new, write(new))


@case("T57c restore that does not declare a loss", "ANCHOR_SIZE")
def _(story: Story) -> Evidence:
    return restored(story, anchors=[])


@case("T57d restore to another root than the old note tells", "ANCHOR_ROOT")
def _(story: Story) -> Evidence:
    return restored(story, root="0" * 64)


@case("T64 note outside altered after it was signed", "ANCHOR_SIG")
def _(story: Story) -> Evidence:
    ledger = write(story)
    anchor = anchors_of(ledger)[0]
    text = anchor.note.text.replace("\n", "\n ", 1)
    return evidence(story, ledger, anchors=[anchor._replace(note=v.Note(text, anchor.note[1]))])
