"""A backup as a source for the verifier: nothing is restored, and nothing called good, before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from baomi.engine.backup.payload import Payload, unboxed
from baomi.kernel.clock import clock
from baomi.kernel.ledger.verify import Anchor, Blob, Entry, Head, Report, Row, verify


class BackupLedger:
    """One ledger of a backup; the last one is that in force, with the rows of the registers."""

    def __init__(self, payload: Payload, told: Mapping[str, Any]) -> None:
        self._payload, self._told = payload, told

    def head(self) -> Head:
        """What the backup says of the ledger."""
        told = self._told
        return Head(
            log_id=told["log_id"],
            alg=told["alg"],
            size=told["size"],
            root=bytes.fromhex(told["root"]),
            demo=told["demo"],
            bare=False,
        )

    def entries(self) -> Iterator[Entry]:
        """Every entry with its MAC."""
        for seq, raw, salt, body, mac in self._payload.rows("entries", log_id=self._told["log_id"]):
            yield Entry(seq, unboxed(raw) or b"", unboxed(salt), unboxed(body), unboxed(mac))

    def rows(self) -> Iterator[Row]:
        """Every row of every ledgered table."""
        for table, key, image in images(self._payload):
            yield Row(table, key, image)

    def blobs(self) -> Iterator[Blob]:
        """Every attached file."""
        for section in self._payload.sections():
            if section.name == "file":
                digest, size = hashlib.sha256(), 0
                for (piece,) in section.rows:
                    octets = unboxed(piece) or b""
                    digest.update(octets)
                    size += len(octets)
                yield Blob(section.head["id"], digest.hexdigest(), size)

    @property
    def notes(self) -> Mapping[int, bytes] | None:
        """Notes stand in the log itself."""
        return None

    @property
    def vkey(self) -> str | None:
        """The first verification key, as the genesis tells it."""
        told: str | None = self._told["vkey"]
        return told

    def earlier(self) -> Sequence[BackupLedger]:
        """The closed ledgers, which stand first."""
        told = self._payload.heads("entries")
        current = self._payload.office["log_id"]
        return [BackupLedger(self._payload, each) for each in told if each["log_id"] != current]


def in_force(payload: Payload) -> BackupLedger:
    """The ledger in force when the backup was made."""
    return BackupLedger(payload, {**payload.office, "vkey": _vkey(payload)})


def _vkey(payload: Payload) -> str | None:
    told = payload.heads("entries")
    return next((t["vkey"] for t in told if t["log_id"] == payload.office["log_id"]), None)


def images(payload: Payload) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Table, id and image of every row of every ledgered table."""
    for section in payload.sections():
        if section.name != "table" or section.head["imaged"] is None:
            continue
        columns, imaged = section.head["columns"], set(section.head["imaged"])
        key = columns.index("id")
        for row in section.rows:
            image = {c: v for c, v in zip(columns, row, strict=True) if c in imaged}
            yield section.head["t"], str(row[key]), image


def verified(payload: Payload, *, anchors: Sequence[Anchor] = ()) -> Report:
    """What the verifier says of a backup: entries, MACs, seals and rows."""
    return verify(
        in_force(payload),
        anchors=anchors,
        now_us=max(clock.now_us(), payload.office["made_us"]),
        mac_key=unboxed(payload.office["mac_key"]),
    )
