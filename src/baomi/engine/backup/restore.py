"""Restore an office from a backup, declared as a new ledger that continues the old one.

The old ledger is closed where the backup ends. The new one's genesis names it, its size and root,
every checkpoint known beyond (the loss), the reason and two approvers; its next entries take the
rows over. Format: docs/reference/ledger-format.md.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connections

from baomi.engine import home, ledger
from baomi.engine.backup.faults import BackupFault
from baomi.engine.backup.fill import check_structure, fill, make_structure, remove_tables
from baomi.engine.backup.key import KEY_BYTES, keep_key
from baomi.engine.backup.losses import Examined, Lost
from baomi.engine.backup.payload import Payload, unboxed
from baomi.engine.backup.source import images
from baomi.engine.found import GENESIS
from baomi.engine.head import empty_head
from baomi.engine.keys import keys_folder, mac_key, sealer_folder, write_secret
from baomi.engine.pen import Pen, holding_lock
from baomi.engine.sealer import make_first_key
from baomi.kernel.clock import clock
from baomi.kernel.ids import new_id
from baomi.kernel.ledger.canonical import canonical
from baomi.kernel.ledger.checkpoint import origin
from baomi.registers.office import seals
from baomi.registers.office.models import SubjectKey

RESTORED = "ledger.restored"
LARGEST_BODY = 700_000  # octets: well below what one body may hold
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Approvers:
    """Two persons by name; the genesis holds their ids, or the names of who is in no register."""

    first: str
    second: str
    first_id: UUID | None = None
    second_id: UUID | None = None

    def told(self) -> list[str]:
        """As the genesis holds them: two texts that differ."""
        return [str(self.first_id or self.first), str(self.second_id or self.second)]


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored office: its new ledger, where the old one ended, what was lost, who approved."""

    log_id: UUID
    vkey: str
    genesis: str  # the receipt of the first entry
    old_log_id: UUID
    size: int
    root: str
    losses: tuple[Lost, ...]
    reason: str
    approvers: Approvers
    personal_data_kept: bool


def restore(
    examined: Examined,
    *,
    reason: str,
    approve: Callable[[], Approvers],
    seal_key: bytes | None,
) -> Restored:
    """Restore into an empty home. ``approve`` is called once the registers can be asked who is who.

    Without the master key of sealed columns (``seal_key``) personal data count as destroyed.
    Raises ``BackupFault`` and what ``approve`` raises; then the database is as it was, and the
    caller removes what was made in the folder.
    """
    payload, log_id, reason = examined.payload, new_id(), _one_line(reason)
    _check(payload)
    with _tables_of_a_failure_removed():
        home.make_folders()
        _keep_keys(examined, seal_key)
        models = make_structure(payload)
        if payload.office["demo"]:
            home.keep_clock(payload.office["offset_us"])
        with holding_lock():
            fill(payload, models)
            kept = _settle_personal_data(models, seal_key)
            approvers = approve()
            vkey, genesis = _begin(log_id, examined, reason, approvers)
    return Restored(
        log_id=log_id,
        vkey=vkey,
        genesis=genesis,
        old_log_id=UUID(hex=payload.office["log_id"]),
        size=payload.office["size"],
        root=payload.office["root"],
        losses=examined.losses(),
        reason=reason,
        approvers=approvers,
        personal_data_kept=kept,
    )


def _begin(log_id: UUID, examined: Examined, reason: str, approvers: Approvers) -> tuple[str, str]:
    """Begin the new ledger. Returns its first verification key and its first entry's receipt."""
    vkey = make_first_key(log_id)
    pen = Pen(empty_head(log_id, examined.payload.office["alg"]))
    genesis = _write_genesis(pen, examined, reason, approvers, vkey)
    _take_rows_over(pen, examined)
    return vkey, genesis.receipt


def check_empty() -> None:
    """Raises ``BackupFault`` unless home and database are empty: nothing is ever overwritten."""
    folder = home.home()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupFault(
            f"数据目录 {folder} 不是空的：恢复只能在空目录（BAOMI_HOME）中进行，不会覆盖任何内容。"
        )
    if home.stage() is not home.Stage.EMPTY:
        raise BackupFault("所设的数据库里已有内容：恢复只能在空数据库中进行，请核对设置。")
    if any(sealer_folder().glob("*.key")):
        raise BackupFault(f"{sealer_folder()} 中已有签封密钥：请先核对并移走，再恢复。")


def _check(payload: Payload) -> None:
    check_empty()
    check_structure(payload)
    office = payload.office
    if not office["demo"] and clock.now_us() <= office["last_us"]:
        raise BackupFault("本机时钟早于备份中台账的末条：请先校准时钟，再恢复。")


def _one_line(text: str) -> str:
    line = " ".join(unicodedata.normalize("NFC", text).split())
    if not line or len(line) > LONGEST_REASON:
        raise BackupFault(f"恢复的事由应写一句话，不超过 {LONGEST_REASON} 字。")
    return line


@contextmanager
def _tables_of_a_failure_removed() -> Iterator[None]:
    """The signing key too, which may lie in a folder that is not the home's."""
    try:
        yield
    except BaseException:
        mac_key.cache_clear()
        for path in sealer_folder().glob("*.key"):
            path.unlink()
        remove_tables()
        connections.close_all()
        raise


def _keep_keys(examined: Examined, seal_key: bytes | None) -> None:
    write_secret(keys_folder() / "mac.key", unboxed(examined.payload.office["mac_key"]) or b"")
    mac_key.cache_clear()
    # the next backups go on under the key that the old ones need anyway
    keep_key(examined.payload.key)
    if seal_key is None:
        seals.make_master_key(seals.master_key_path())
    else:
        write_secret(seals.master_key_path(), seal_key)


def _settle_personal_data(models: Mapping[str, Any], seal_key: bytes | None) -> bool:
    """Prove the master key, or destroy what it alone could open. Returns whether data were kept."""
    if seal_key is not None:
        try:
            seals.rewrap(seal_key, seal_key)
        except (seals.SealBroken, ValueError):
            raise BackupFault(
                "seal.key 与备份不符：打不开备份中的个人敏感信息，请换做备份时所用的那一把。"
            ) from None
        return True
    keys = models[SubjectKey._meta.db_table]._base_manager
    had_any: bool = keys.exists()
    keys.all().delete()
    return not had_any


def _write_genesis(
    pen: Pen, examined: Examined, reason: str, approvers: Approvers, vkey: str
) -> ledger.Written:
    office = examined.payload.office
    restores = {
        "anchors": examined.declared(),
        "approvers": approvers.told(),
        "log_id": office["log_id"],
        "reason": reason,
        "root": office["root"],
        "size": office["size"],
    }
    body: dict[str, object] = {
        "alg": office["alg"],
        "origin": origin(pen.log_id),
        "restores": restores,
        "vkey": vkey,
    }
    if office["demo"]:
        body["demo"] = True
    return ledger.append(
        pen,
        kind=GENESIS,
        actor=approvers.first_id or ledger.NOBODY,
        second=approvers.second_id,
        op_id=new_id(),
        body=body,
    )


def _take_rows_over(pen: Pen, examined: Examined) -> None:
    """Image every row once, so that the new ledger explains all rows by itself."""
    waiting: list[dict[str, Any]] = []
    octets = 0
    for table, key, image in images(examined.payload):
        change = {"t": table, "id": key, "after": image}
        size = len(canonical(change)) + 1
        if waiting and (len(waiting) == ledger.LARGEST_CHANGE or octets + size > LARGEST_BODY):
            _take_over(pen, waiting)
            waiting, octets = [], 0
        waiting.append(change)
        octets += size
    if waiting:
        _take_over(pen, waiting)


def _take_over(pen: Pen, changes: list[dict[str, Any]]) -> None:
    ledger.append(
        pen, kind=RESTORED, actor=ledger.NOBODY, op_id=new_id(), body={"changes": changes}
    )


def read_seal_key(path: Path) -> bytes:
    """The master key of sealed columns as it was kept elsewhere. Raises ``BackupFault``."""
    try:
        key = path.read_bytes()
    except OSError:
        raise BackupFault(f"读不到 {path}：请核对路径。") from None
    if len(key) != KEY_BYTES:
        raise BackupFault(f"{path} 不是个人敏感信息的密钥（seal.key）：长度不对。")
    return key
