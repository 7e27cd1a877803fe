"""Write the ledger into a folder that an auditor verifies on his own computer.

Full: with titles and attached files in clear, a deed of the registrar. Bare: chain, tree, notes
and keys, without one title. Format: docs/reference/ledger-format.md.
"""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

from baomi.engine.live import ClosedLedger, LiveLedger, live_files, live_rows
from baomi.engine.snapshot import snapshot
from baomi.kernel.ledger.checkpoint import BadNote, parse_checkpoint, parse_note
from baomi.kernel.ledger.verify import Entry, Head


class FolderNotEmpty(Exception):
    """The folder to export into holds something already: nothing is overwritten."""


def export_ledger(folder: Path, *, bare: bool) -> int:
    """Write the export. Returns the number of entries. Raises ``FolderNotEmpty``, ``NotFounded``.

    The folder is readable by its owner only: a full export carries titles.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FolderNotEmpty
    with snapshot():
        source = LiveLedger()
        _write_ledger(folder, source, bare=bare)
        for each in source.earlier():
            _write_ledger(folder / "earlier" / each.head().log_id, each, bare=bare)
        _write_rows(folder, bare=bare)
        _write_files(folder, bare=bare)
    return source.size


def _write_ledger(folder: Path, source: LiveLedger | ClosedLedger, *, bare: bool) -> None:
    for each in (folder.parent, folder, folder / "notes"):
        each.mkdir(mode=0o700, exist_ok=True)
    _write_log(folder, source, bare=bare)
    _write_head(folder, source.head(), bare=bare)
    _text(folder / "vkey.txt", f"{source.vkey}\n")


def _write_log(folder: Path, source: LiveLedger | ClosedLedger, *, bare: bool) -> None:
    with (folder / "log.jsonl").open("w", encoding="utf-8") as log:
        for entry in source.entries():
            kind = str((entry.columns or {})["kind"])
            shown = not bare or _bears_no_title(kind, entry)
            record = {
                "seq": entry.seq,
                "raw": _base64(entry.raw),
                "salt": _base64(entry.salt) if shown else None,
                "body": _base64(entry.body) if shown else None,
            }
            log.write(_line(record))
            if kind == "ledger.checkpoint":
                _write_note(folder / "notes", entry)


def _bears_no_title(kind: str, entry: Entry) -> bool:
    if not kind.startswith("ledger.") or entry.body is None:
        return False
    return "changes" not in json.loads(entry.body)


def _write_note(folder: Path, entry: Entry) -> None:
    if entry.body is None:
        return
    note = json.loads(entry.body).get("note", "")
    try:
        size = parse_checkpoint(parse_note(note).text).size
    except BadNote:
        size = entry.seq
    _text(folder / f"{size:08d}.txt", note)


def _write_rows(folder: Path, *, bare: bool) -> None:
    with (folder / "rows.jsonl").open("w", encoding="utf-8") as rows:
        if bare:
            return
        for table, key, image in live_rows():
            rows.write(_line({"t": table, "id": key, "row": image}))


def _write_files(folder: Path, *, bare: bool) -> None:
    """The attached files in clear, so that they can be verified where there is no key."""
    with (folder / "blobs.jsonl").open("w", encoding="utf-8") as told:
        if bare:
            return
        (folder / "blobs").mkdir(mode=0o700)
        for key, octets in live_files():
            path = folder / "blobs" / str(key)
            path.write_bytes(octets)
            path.chmod(0o600)
            told.write(
                _line({"id": str(key), "sha256": sha256(octets).hexdigest(), "size": len(octets)})
            )


def _write_head(folder: Path, head: Head, *, bare: bool) -> None:
    told = {
        "log_id": head.log_id,
        "alg": head.alg,
        "size": head.size,
        "root": head.root.hex(),
        "demo": head.demo,
        "bare": bare,
    }
    _text(folder / "head.json", _line(told))


def _base64(octets: bytes | None) -> str | None:
    return None if octets is None else b64encode(octets).decode()


def _line(record: dict[str, Any]) -> str:
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{text}\n"


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
