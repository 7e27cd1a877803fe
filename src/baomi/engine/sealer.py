"""The sealer: signs the ledger's root with a key that no other process reads.

Each month begins with a new key: its introduction is entered and covered by a checkpoint of the
old key, and the old private key is destroyed. Format: docs/reference/ledger-format.md.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from baomi.engine import ledger
from baomi.engine.head import Head, read_head
from baomi.engine.keys import mac_key, sealer_folder, write_secret
from baomi.engine.pen import Pen, take_pen
from baomi.engine.refusals import running_hash
from baomi.engine.tables import SEALING
from baomi.kernel.clock import clock, day_of
from baomi.kernel.ids import new_id
from baomi.kernel.ledger.checkpoint import (
    Checkpoint,
    NoteSignature,
    VerifierKey,
    key_name,
    origin,
    signed_note,
)

CHECKPOINT = "ledger.checkpoint"
NEW_KEY = "ledger.key"
MOST_UNSEALED = 64
LONGEST_UNSEALED_US = 10 * 60 * 1_000_000
LONGEST_QUIET_US = 24 * 3600 * 1_000_000


class SealRefused(Exception):
    """An entry's MAC is wrong: somebody wrote past the program. Nothing is signed."""

    def __init__(self, seq: int) -> None:
        self.seq = seq
        super().__init__(f"第 {seq} 条的校验码不符，拒绝签封：请立即校验台账")


class NoSigningKey(Exception):
    """The signing key cannot be read by this process: only the sealer may."""


@dataclass(frozen=True, slots=True)
class _State:
    epoch: int
    key_since_us: int
    sealed_size: int  # entries that the newest checkpoint covers
    sealed_us: int


def make_first_key(log_id: UUID) -> str:
    """Make the signing key of the first epoch. Returns its verification key (C2SP vkey)."""
    return _verifier_key(log_id, 1, _make_key(1)).text()


def can_seal() -> bool:
    """Whether this process may read the signing keys."""
    folder = sealer_folder()
    try:
        return any(True for _ in folder.glob("k*.key"))
    except OSError:
        return False


def last_sealed_us() -> int | None:
    """When the newest checkpoint was signed, in µs since 1970 UTC; None: there is none yet."""
    head = read_head()
    newest = _newest(head.log_id, CHECKPOINT) if head is not None else None
    return newest[1] if newest is not None else None


def seal_when_due() -> ledger.Written | None:
    """Sign when 64 entries or 10 minutes have passed, or a day without deeds; else None."""
    head = read_head()
    if head is None:
        return None
    state = _state(head)
    waiting = head.size - state.sealed_size - 1
    age = clock.now_us() - state.sealed_us
    late = waiting > 0 and age >= LONGEST_UNSEALED_US
    if waiting >= MOST_UNSEALED or late or age >= LONGEST_QUIET_US or state.sealed_us == 0:
        return seal_now()
    return None


def seal_now() -> ledger.Written:
    """Verify the new entries' MACs, sign, and append the checkpoint.

    Raises ``SealRefused``, ``NoSigningKey``, ``NotFounded``.
    """
    with take_pen() as pen:
        state = _state(pen.head)
        _check_macs(pen.log_id, state.sealed_size, pen.head.size)
        private = _read_key(state.epoch)
        turned = _month(state.key_since_us) != _month(clock.now_us())
        if turned:
            _introduce_next(pen, state.epoch)
        written = _append_checkpoint(pen, private, state.epoch)
    if turned:
        _key_path(state.epoch).unlink()
    _destroy_old_keys(state.epoch + 1 if turned else state.epoch)
    return written


def _state(head: Head) -> _State:
    genesis, keys = (_newest(head.log_id, kind) for kind in ("ledger.genesis", NEW_KEY))
    checkpoint = _newest(head.log_id, CHECKPOINT)
    introduced = keys or genesis
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM ledger_entry "  # noqa: S608 — fixed
            f"WHERE log_id = %s AND kind = %s AND {SEALING}",
            [head.log_id.bytes, NEW_KEY],
        )
        epoch = 1 + cursor.fetchone()[0]
    return _State(epoch, introduced[1] if introduced else 0, *(checkpoint or (0, 0)))


def _newest(log_id: UUID, kind: str) -> tuple[int, int] | None:
    """Number and time of the newest entry of a kind, by the index: checkpoints become many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq, time_us FROM ledger_entry "  # noqa: S608 — fixed
            f"WHERE log_id = %s AND kind = %s AND {SEALING} ORDER BY seq DESC LIMIT 1",
            [log_id.bytes, kind],
        )
        row = cursor.fetchone()
    return None if row is None else (row[0], row[1])


def _check_macs(log_id: UUID, start: int, stop: int) -> None:
    key = mac_key()
    for entry in ledger.read(log_id, start, stop):
        if not hmac.compare_digest(hmac.digest(key, entry.raw, "sha256"), entry.mac):
            raise SealRefused(entry.seq)


def _introduce_next(pen: Pen, epoch: int) -> None:
    path = _key_path(epoch + 1)
    # a key made before a crash was never used: its introduction did not commit
    private = _load(path) if path.exists() else _make_key(epoch + 1)
    vkey = _verifier_key(pen.log_id, epoch + 1, private).text()
    ledger.append(pen, kind=NEW_KEY, actor=ledger.NOBODY, op_id=new_id(), body={"vkey": vkey})


def _append_checkpoint(pen: Pen, private: Ed25519PrivateKey, epoch: int) -> ledger.Written:
    ledger.enter_clock_step(pen)
    checkpoint = Checkpoint(origin(pen.log_id), pen.head.size, pen.head.frontier.root())
    key = _verifier_key(pen.log_id, epoch, private)
    signature = NoteSignature(key.name, key.key_id, private.sign(checkpoint.text().encode()))
    note = signed_note(checkpoint.text(), [signature])
    return ledger.append(
        pen,
        kind=CHECKPOINT,
        actor=ledger.NOBODY,
        op_id=new_id(),
        body={"note": note, "refusals": running_hash().hex()},
        step_is_entered=True,
    )


def _month(instant_us: int) -> tuple[int, int]:
    day = day_of(instant_us)
    return day.year, day.month


def _key_path(epoch: int) -> Path:
    return sealer_folder() / f"k{epoch}.key"


def _make_key(epoch: int) -> Ed25519PrivateKey:
    private = Ed25519PrivateKey.generate()
    write_secret(_key_path(epoch), private.private_bytes_raw())
    return private


def _load(path: Path) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def _read_key(epoch: int) -> Ed25519PrivateKey:
    try:
        return _load(_key_path(epoch))
    except OSError as missing:
        raise NoSigningKey from missing


def _verifier_key(log_id: UUID, epoch: int, private: Ed25519PrivateKey) -> VerifierKey:
    return VerifierKey(key_name(log_id, epoch), private.public_key().public_bytes_raw())


def _destroy_old_keys(epoch: int) -> None:
    """Keys of epochs that are over, left by a crash between commit and destruction."""
    for path in sealer_folder().glob("k*.key"):
        if int(path.stem[1:]) < epoch:
            path.unlink()
