"""What happened in an invented office, before it is hashed: the list of its deeds."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from baomi.kernel.ledger import verify as v
from baomi.kernel.ledger.checkpoint import VerifierKey, key_name, origin

START_US = 1_790_000_000_000_000
MINUTE_US = 60_000_000
DAY_US = 86_400_000_000


def octets(*parts: object, size: int = 16) -> bytes:
    """Octets that look random and are the same in every run."""
    return sha256(repr(parts).encode()).digest()[:size]


@dataclass
class Deed:
    kind: str
    body: dict[str, object] | bytes
    wall_us: int
    op_id: bytes
    key: int | None = None
    inside: dict[str, object] = field(default_factory=dict)
    raw: bytes | None = None
    text: str | None = None


@dataclass
class Story:
    alg: int
    seed: int
    demo: bool = False
    deeds: list[Deed] = field(default_factory=list)
    live: dict[tuple[str, str], dict[str, object]] = field(default_factory=dict)
    blobs: dict[str, v.Blob] = field(default_factory=dict)
    redacted: set[int] = field(default_factory=set)
    imaged_at: dict[tuple[str, str], int] = field(default_factory=dict)
    epoch: int = 1
    clock_us: int = START_US

    @property
    def log_id(self) -> UUID:
        return UUID(bytes=octets("log", self.seed))

    @property
    def now_us(self) -> int:
        return self.clock_us + MINUTE_US

    def private(self, epoch: int) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(octets("key", self.seed, epoch, size=32))

    def public(self, epoch: int) -> VerifierKey:
        return VerifierKey(
            key_name(self.log_id, epoch), self.private(epoch).public_key().public_bytes_raw()
        )

    def add(self, kind: str, body: dict[str, object], *, key: int | None = None) -> int:
        self.clock_us += MINUTE_US
        seq = len(self.deeds)
        self.deeds.append(Deed(kind, body, self.clock_us, octets("op", self.seed, seq), key))
        return seq

    def found(self, **more: object) -> None:
        body: dict[str, object] = {
            "alg": self.alg,
            "origin": origin(self.log_id),
            "vkey": self.public(1).text(),
            **more,
        }
        if self.demo:
            body["demo"] = True
        self.add("ledger.genesis", body)

    def change(self, kind: str, *rows: tuple[str, str, dict[str, object] | None]) -> int:
        changes = [{"t": t, "id": i, "after": copy.deepcopy(row)} for t, i, row in rows]
        seq = self.add(kind, {"changes": changes, "door": "web", "on": "2026-09-21"})
        for t, i, row in rows:
            self.imaged_at[t, i] = seq
            if row is None:
                self.live.pop((t, i), None)
            else:
                self.live[t, i] = copy.deepcopy(row)
        return seq

    def seal(self) -> None:
        self.add("ledger.checkpoint", {"refusals": "00" * 32}, key=self.epoch)

    def rotate(self) -> None:
        self.add("ledger.key", {"vkey": self.public(self.epoch + 1).text()})
        self.seal()
        self.epoch += 1

    def add_column(self) -> None:
        """Keeper instead of holder, a room for every copy, no number any more."""
        operation = {"t": "copy", "add": {"room": "未定"}, "rename": {"holder": "keeper"}}
        self.add("ledger.schema", {"schema": [{**operation, "drop": ["no"]}]})
        for (t, _), row in self.live.items():
            if t == "copy":
                row["keeper"] = row.pop("holder")
                del row["no"]
                row["room"] = "未定"

    def redact(self, seqs: list[int]) -> None:
        rows = [key for key, seq in self.imaged_at.items() if seq in seqs]
        changes = [{"t": t, "id": i, "after": copy.deepcopy(self.live.get((t, i)))}
                   for t, i in rows]  # fmt: skip
        order = {"number": "1", "date": "2026-09-21", "persons": ["a", "b"]}
        at = self.add("ledger.redact", {"seqs": seqs, "order": order, "changes": changes})
        self.imaged_at.update(dict.fromkeys(rows, at))
        self.redacted.update(seqs)

    def attach(self, name: str) -> None:
        digest = sha256(name.encode()).hexdigest()
        file = {"sha256": digest, "size": len(name)}
        self.change("scan.attach", ("scan", name, {"file": file, "pages": 2}))
        self.blobs[name] = v.Blob(name, digest, len(name))

    def restate(self, seq: int, **columns: object) -> None:
        """Falsify an after-image in one deed's body, for a rewritten history."""
        body = self.deeds[seq].body
        body["changes"][0]["after"].update(columns)


def lawful(alg: int, seed: int = 1, *, demo: bool = False, **genesis: object) -> Story:
    """A story with everything in it: rows, files, seals, key epochs, schema, redaction."""
    random = Random(seed)  # noqa: S311 - a story, no secret
    story = Story(alg, seed, demo)
    story.found(**genesis)
    moments = {30: story.rotate, 45: story.add_column, 70: story.rotate}
    transfers: list[int] = []
    for turn in range(90 + random.randrange(20)):
        moments.get(turn, lambda: None)()
        if turn == 60:
            story.redact(random.sample(transfers, 3))
        elif turn == 20:
            from_us = story.clock_us
            story.clock_us -= DAY_US // 48
            story.add("clock.step", {"from_us": from_us, "to_us": story.clock_us})
        elif turn % 15 == 14:
            story.seal()
        transfers += _some_deed(story, random, turn)
    story.seal()
    story.add("ledger.tick", {})
    story.change("person.enrol", ("person", "p-last", {"name": "末位", "idno": "ct:9"}))
    return story


def _some_deed(story: Story, random: Random, turn: int) -> list[int]:
    choice = random.randrange(10)
    copies = [i for t, i in story.live if t == "copy"]
    if choice == 0 or turn in (3, 5):
        story.attach(f"scan-{turn}")
    elif choice == 1 and len(copies) > 5:
        story.change("copy.destroy", ("copy", random.choice(copies), None))
    elif choice < 4 or len(copies) < 3:
        row: dict[str, object] = {"state": "held", "ver": 1, "level": "机密"}
        row |= {"holder": "甲", "no": turn} if turn < 45 else {"keeper": "甲", "room": "二层"}
        story.change("copy.register", ("copy", f"c{turn:02}", row))
    else:
        chosen = random.choice(copies)
        row = dict(story.live["copy", chosen])
        column = "keeper" if "keeper" in row else "holder"
        row |= {column: random.choice("乙丙丁"), "ver": int(row["ver"]) + 1}
        return [story.change("copy.transfer", ("copy", chosen, row))]
    return []
