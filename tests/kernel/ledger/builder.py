"""A story hashed and signed: the ledger as a source for the verifier, and as an export folder."""

from __future__ import annotations

import copy
import hmac
import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from baomi.kernel.ledger import verify as v
from baomi.kernel.ledger.canonical import canonical
from baomi.kernel.ledger.checkpoint import Checkpoint, NoteSignature, origin, signed_note
from baomi.kernel.ledger.entry import EntryFields, commitment, encode, leaf_hash
from baomi.kernel.ledger.merkle import Frontier
from tests.kernel.ledger.story import Deed, Story, octets

MAC_KEY = bytes(range(32))
KEPT_BARE = {"genesis", "checkpoint", "key", "schema", "tick"}


@dataclass
class Ledger:
    """What `write` made; a `Source` for the verifier, read live or as an export tells it."""

    alg: int
    log_id: UUID
    log: list[v.Entry]
    told: v.Head
    live: list[v.Row]
    files: list[v.Blob]
    kept: dict[int, bytes]
    first: str
    is_live: bool = False
    closed: list[Ledger] = field(default_factory=list)

    def head(self) -> v.Head:
        return self.told

    def entries(self) -> Iterator[v.Entry]:
        for entry in self.log:
            yield entry if self.is_live else replace(entry, columns=None, mac=None)

    def rows(self) -> Iterator[v.Row]:
        return iter(self.live)

    def blobs(self) -> Iterator[v.Blob]:
        return iter(self.files)

    @property
    def notes(self) -> Mapping[int, bytes] | None:
        return None if self.is_live else self.kept

    @property
    def vkey(self) -> str | None:
        return self.first

    def earlier(self) -> list[Ledger]:
        return [replace(each, is_live=self.is_live) for each in self.closed]

    def receipt(self, seq: int) -> v.Receipt:
        return v.Receipt(seq, leaf_hash(self.alg, self.log[seq].raw).hex()[:16])

    def put_head_right(self) -> None:
        tree = Frontier(self.alg)
        for entry in self.log:
            tree.append(leaf_hash(self.alg, entry.raw))
        self.told = self.told._replace(size=tree.size, root=tree.root(), last_leaf=None,
                                       last_time_us=None)  # fmt: skip


def write(story: Story, *, held: set[int] | None = None, old: Ledger | None = None) -> Ledger:
    """Hash and sign a story; with `held`, notes of other keys stay as they are in `old`."""
    tree, prev, before = Frontier(story.alg), bytes(32), -(2**62)
    log: list[v.Entry] = []
    kept: dict[int, bytes] = {}
    for seq, deed in enumerate(story.deeds):
        body, salt = deed.body, octets("salt", story.seed, seq)
        if deed.kind == "ledger.checkpoint":
            text = deed.text or _note(story, deed, tree, held, old)
            body = canonical({**deed.body, "note": text})
            kept[seq] = text.encode()
        elif isinstance(body, dict):
            body = canonical(body)
        fields = EntryFields(
            alg=story.alg, log_id=story.log_id, seq=seq, prev=prev,
            time_us=max(deed.wall_us, before + 1), wall_us=deed.wall_us,
            actor=UUID(bytes=octets("actor")), second=None, op_id=UUID(bytes=deed.op_id),
            kind=deed.kind, commit=commitment(story.alg, salt, body),
        )  # fmt: skip
        raw = deed.raw or encode(replace(fields, **deed.inside))
        prev, before = leaf_hash(story.alg, raw), fields.time_us
        tree.append(prev)
        columns = {"kind": deed.kind, "actor": fields.actor, "op_id": fields.op_id,
                   "time_us": fields.time_us, "leaf": prev}  # fmt: skip
        log.append(v.Entry(seq, raw, salt, body, hmac.digest(MAC_KEY, raw, "sha256"), columns))
    for seq in story.redacted:
        log[seq] = replace(log[seq], salt=None, body=None)
    told = v.Head(story.log_id.hex, story.alg, tree.size, tree.root(), story.demo, False,
                  prev, before)  # fmt: skip
    live = [v.Row(t, i, copy.deepcopy(row)) for (t, i), row in story.live.items()]
    return Ledger(story.alg, story.log_id, log, told, live, list(story.blobs.values()), kept,
                  story.public(1).text())  # fmt: skip


def _note(
    story: Story, deed: Deed, tree: Frontier, held: set[int] | None, old: Ledger | None
) -> str:
    if held is not None and deed.key not in held:
        notes = list(old.kept.values())
        place = sum(d.kind == "ledger.checkpoint" for d in story.deeds[: story.deeds.index(deed)])
        return notes[place].decode()
    text = Checkpoint(origin(story.log_id), tree.size, tree.root()).text()
    return sign(story, deed.key, text)


def sign(story: Story, epoch: int, text: str) -> str:
    """A note signed with the key of an epoch."""
    key = story.public(epoch)
    value = story.private(epoch).sign(text.encode())
    return signed_note(text, [NoteSignature(key.name, key.key_id, value)])


def export(ledger: Ledger, folder: Path, *, bare: bool = False) -> Path:
    """Write the folder that `baomi ledger export` writes."""
    folder.mkdir(parents=True, exist_ok=True)
    told = ledger.told
    head = {"log_id": told.log_id, "alg": told.alg, "size": told.size, "root": told.root.hex(),
            "demo": told.demo, "bare": bare}  # fmt: skip
    _lines(folder / "head.json", [head])
    _lines(folder / "log.jsonl", [_log_line(entry, bare) for entry in ledger.log])
    (folder / "vkey.txt").write_text(ledger.first + "\n")
    (folder / "notes").mkdir(exist_ok=True)
    for size, note in ledger.kept.items():
        (folder / "notes" / f"{size:08}.txt").write_bytes(note)
    if not bare:
        _lines(folder / "rows.jsonl", [{"t": r.t, "id": r.id, "row": r.row} for r in ledger.live])
        _lines(folder / "blobs.jsonl", [blob._asdict() for blob in ledger.files])
        (folder / "blobs").mkdir(exist_ok=True)
        for blob in ledger.files:
            (folder / "blobs" / blob.id).write_bytes(blob.id.encode())
    for each in ledger.closed:
        export(each, folder / "earlier" / each.told.log_id, bare=bare)
    return folder


def _log_line(entry: v.Entry, bare: bool) -> dict[str, object]:
    kind = entry.raw[128:-32].decode("latin-1")
    shut = bare and kind.removeprefix("ledger.") not in KEPT_BARE
    return {
        "seq": entry.seq,
        "raw": b64encode(entry.raw).decode(),
        "salt": None if shut or entry.salt is None else b64encode(entry.salt).decode(),
        "body": None if shut or entry.body is None else b64encode(entry.body).decode(),
    }


def _lines(path: Path, records: list[Mapping[str, object]]) -> None:
    dumped = (json.dumps(record, separators=(",", ":"), ensure_ascii=False) for record in records)
    path.write_text("".join(line + "\n" for line in dumped), encoding="utf-8")
