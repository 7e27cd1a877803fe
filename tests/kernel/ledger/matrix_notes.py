"""Tamperings with checkpoint notes and signing keys."""

from __future__ import annotations

from baomi.kernel.ledger import verify as v
from tests.kernel.ledger.builder import sign, write
from tests.kernel.ledger.story import Story
from tests.kernel.ledger.tampering import (
    ALL_KEYS,
    CURRENT_KEY,
    NO_KEYS,
    Evidence,
    before_last_seal,
    case,
    changed,
    deed_of,
    edit_first_register,
    evidence,
    hidden,
    rewritten,
)


@case("T09b the same, root in the note put right", "CKPT_SIG")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds.pop(before_last_seal(new))

    honest, forged = write(changed(story, change)), changed(story, change)
    seq = deed_of(forged, "ledger.checkpoint", nth=-1)
    text, old = honest.kept[seq].decode(), list(write(story).kept.values())[-1].decode()
    forged.deeds[seq].text = text.rpartition("\n\n")[0] + "\n\n" + old.rpartition("\n\n")[2]
    return evidence(story, write(forged))


@case("T17 body rewritten, chain recomputed", "CKPT_ROOT")
def _(story: Story) -> Evidence:
    return evidence(story, rewritten(story, NO_KEYS, hidden))


@case("T18 the same with the current key", "CKPT_ROOT")
def _(story: Story) -> Evidence:
    return evidence(story, rewritten(story, CURRENT_KEY, edit_first_register))


@case("T23 note by another key", "CKPT_SIG")
def _(story: Story) -> Evidence:
    new = changed(story, lambda s: None)
    seq = deed_of(new, "ledger.checkpoint", nth=-1)
    text = write(story).kept[seq].decode().rpartition("\n\n")[0] + "\n"
    new.deeds[seq].text = sign(story, 7, text)
    return evidence(story, write(new))


@case("T23b note by a key of an earlier epoch", "CKPT_SIG")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[deed_of(new, "ledger.checkpoint", nth=-1)].key = 1

    return evidence(story, write(changed(story, change)))


@case("T23c next key signs before a checkpoint covers it", "CKPT_SIG")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[deed_of(new, "ledger.key") + 1].key = 2

    return evidence(story, write(changed(story, change)))


@case("T23d note that is none", "CKPT_SIG")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[deed_of(new, "ledger.checkpoint", nth=-1)].text = "x"

    return evidence(story, write(changed(story, change)))


@case("T24 all notes dropped", "CKPT_GAP")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        for deed in new.deeds:
            if deed.kind == "ledger.checkpoint":
                deed.kind, deed.body = "ledger.tick", {}

    return evidence(story, write(changed(story, change)))


@case("T43 rotation rewritten to the attacker's key", "CKPT_ROOT")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[deed_of(new, "ledger.key")].body["vkey"] = new.public(9).text()

    return evidence(story, rewritten(story, CURRENT_KEY, change))


@case("T43b rotation to a key that is none", "KEY")
def _(story: Story) -> Evidence:
    def change(new: Story) -> None:
        new.deeds[deed_of(new, "ledger.key")].body["vkey"] = new.public(2).text()[:-4] + "AAA="

    return evidence(story, rewritten(story, ALL_KEYS, change))


@case("T52 signature of the newest note damaged", "CKPT_SIG")
def _(story: Story) -> Evidence:
    new = changed(story, lambda s: None)
    seq = deed_of(new, "ledger.checkpoint", nth=-1)
    note = write(story).kept[seq].decode()
    new.deeds[seq].text = note[:-20] + ("B" if note[-20] == "A" else "A") + note[-19:]
    return evidence(story, write(new))


@case("T52b note of another size", "CKPT_ROOT")
def _(story: Story) -> Evidence:
    new = changed(story, lambda s: None)
    kept = write(story).kept
    new.deeds[sorted(kept)[-1]].text = kept[sorted(kept)[-2]].decode()
    return evidence(story, write(new))


@case("T24b more than 4096 entries without a note", "CKPT_GAP")
def _(story: Story) -> Evidence:
    new = changed(story, lambda s: None)
    for _ in range(v.LARGEST_GAP):
        new.add("ledger.tick", {})
    return evidence(new, write(new))
