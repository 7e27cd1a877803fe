"""The tamper matrix as data: what is done to a lawful ledger, and the codes that must tell it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from baomi.kernel.ledger import verify as v
from baomi.kernel.ledger.checkpoint import Checkpoint, origin
from tests.kernel.ledger.builder import Ledger, sign, write
from tests.kernel.ledger.story import Deed, Story, lawful, octets

ALL_KEYS = {1, 2, 3}
NO_KEYS: set[int] = set()
CURRENT_KEY = {3}


@dataclass
class Evidence:
    """A ledger as the verifier meets it, with what lies outside the machine."""

    ledger: Ledger
    now_us: int
    anchors: list[v.Anchor] = field(default_factory=list)
    receipts: list[v.Receipt] = field(default_factory=list)
    first_vkey: str | None = None
    mac_key: bytes | None = None
    max_age_hours: float | None = None

    def verified(self, *, fast: bool = False, module: object = v) -> v.Report:
        return module.verify(
            self.ledger,
            anchors=self.anchors,
            receipts=self.receipts,
            now_us=self.now_us,
            first_vkey=self.first_vkey,
            mac_key=self.mac_key,
            max_age_hours=self.max_age_hours,
            fast=fast,
        )


@dataclass(frozen=True)
class Case:
    """One tampering; every code of `codes` must be found, `live` ones not from an export."""

    name: str
    codes: tuple[str, ...]
    make: Callable[[Story], Evidence]
    live: bool = False


CASES: list[Case] = []


def case(
    name: str, *codes: str, live: bool = False
) -> Callable[[Callable[[Story], Evidence]], Callable[[Story], Evidence]]:
    """Put a tampering into the matrix."""

    def register(make: Callable[[Story], Evidence]) -> Callable[[Story], Evidence]:
        CASES.append(Case(name, codes, make, live))
        return make

    return register


def evidence(story: Story, ledger: Ledger, **outside: object) -> Evidence:
    return Evidence(ledger, story.now_us, **outside)


def anchors_of(ledger: Ledger, *, newest: int = 1) -> list[v.Anchor]:
    """The newest checkpoint notes, as they were carried away."""
    sizes = sorted(ledger.kept)[-newest:]
    return [v.read_anchor(ledger.kept[size].decode()) for size in sizes]


def dated_anchor(ledger: Ledger, size: int) -> v.Anchor:
    """A note with the time of its checkpoint, as the monthly paper prints it."""
    time_us = ledger.log[size].columns["time_us"]
    anchor = v.read_anchor(ledger.kept[size].decode())
    return anchor._replace(from_us=time_us, until_us=time_us)


def deed_of(story: Story, kind: str, *, nth: int = 0) -> int:
    """Position of a deed of this kind."""
    return [seq for seq, deed in enumerate(story.deeds) if deed.kind == kind][nth]


def rewritten(story: Story, held: set[int], change: Callable[[Story], None]) -> Ledger:
    """Rebuild the whole chain after a change, signing anew what the keys held can sign."""
    return write(changed(story, change), held=held, old=write(story))


def changed(story: Story, change: Callable[[Story], None]) -> Story:
    new = copy.deepcopy(story)
    change(new)
    return new


def patched(raw: bytes, at: int, octets_: bytes) -> bytes:
    return raw[:at] + octets_ + raw[at + len(octets_) :]


def edit_first_register(story: Story) -> None:
    story.restate(deed_of(story, "copy.register"), level="秘密")


def edit_current_epoch(story: Story) -> None:
    story.restate(deed_of(story, "person.enrol"), name="他人")
    story.live["person", "p-last"]["name"] = "他人"


def before_last_seal(story: Story) -> int:
    """Position of the deed just before the newest checkpoint."""
    return deed_of(story, "ledger.checkpoint", nth=-1) - 1


def hidden(story: Story) -> None:
    """Falsify one image that a later image of the same row covers, so that rows still agree."""
    for seq, deed in enumerate(story.deeds):
        if deed.kind == "copy.transfer" and seq not in story.redacted:
            change = deed.body["changes"][0]
            if story.imaged_at["copy", change["id"]] != seq:
                change["after"]["state"] = "lost"
                return


def extra_deed(story: Story, *, key: int | None = None, **inside: object) -> Deed:
    seq = len(story.deeds)
    return Deed("ledger.tick", {}, story.clock_us, octets("more", seq), key, dict(inside))


def cut(ledger: Ledger, count: int) -> Ledger:
    """Take the newest entries off, with their notes, and put the head right."""
    ledger.log = ledger.log[:-count]
    ledger.kept = {size: n for size, n in ledger.kept.items() if size < len(ledger.log)}
    ledger.put_head_right()
    return ledger


def rows_of(story: Story, count: int) -> Story:
    """The story as it stood `count` deeds ago: an old backup, rows included."""
    older = copy.deepcopy(story)
    older.deeds = older.deeds[:-count]
    images: dict[tuple[str, str], dict[str, object] | None] = {}
    for seq, deed in enumerate(older.deeds):
        for change in deed.body.get("changes", []):
            images[change["t"], change["id"]] = (seq, change["after"])
    changed_at = [seq for seq, deed in enumerate(story.deeds) if deed.kind == "ledger.schema"]
    schema = max(changed_at, default=-1)
    older.live = {}
    for key, (seq, after) in images.items():
        if after is not None:
            late = key[0] != "copy" or seq > schema
            older.live[key] = dict(after) if late else _with_new_columns(after)
    names = {key[1] for key in older.live}
    older.blobs = {name: blob for name, blob in older.blobs.items() if name in names}
    return older


def _with_new_columns(after: dict[str, object]) -> dict[str, object]:
    row = {c: value for c, value in after.items() if c not in ("no", "holder")}
    return {**row, "keeper": after["holder"], "room": "未定"}


def with_body(ledger: Ledger, seq: int, body: bytes) -> Ledger:
    ledger.log[seq] = replace(ledger.log[seq], body=body)
    return ledger


def split_anchors(story: Story) -> list[v.Anchor]:
    """Two signed notes of one size with two roots."""
    size = len(story.deeds)
    texts = [Checkpoint(origin(story.log_id), size, octets(n, size=32)).text() for n in (1, 2)]
    return [v.read_anchor(sign(story, 3, text)) for text in texts]


def recommitted(story: Story, seq: int, body: bytes) -> Ledger:
    """A rewritten history in which one body is these octets, whatever they are."""

    def change(new: Story) -> None:
        new.deeds[seq].body = body

    return rewritten(story, ALL_KEYS, change)


def restored(story: Story, **change: object) -> Evidence:
    """A new log that continues an old one from a backup, with the old one's notes in hand."""
    old = write(lawful(story.alg, story.seed + 40))
    early, back, lost = (v.read_anchor(note.decode()) for note in list(old.kept.values())[-3:])
    declared = {
        "log_id": old.log_id.hex,
        "size": back.size,
        "root": back.root.hex(),
        "anchors": [{"size": lost.size, "root": lost.root.hex()}],
        "reason": "restore",
        "approvers": ["a", "b"],
    }
    new = lawful(story.alg, story.seed + 41, restores={**declared, **change})
    return evidence(new, write(new), anchors=[early, back, lost])
