"""Make a backup while others write: one file, verified before it is called good, or none."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.db import connection
from django.db.models import Max

from baomi.engine.backup.dump import Point, dump
from baomi.engine.backup.faults import BackupFault
from baomi.engine.backup.payload import Payload, written
from baomi.engine.backup.source import verified
from baomi.engine.perform import perform
from baomi.engine.request import Receipt, Request
from baomi.engine.snapshot import snapshot
from baomi.kernel.ids import new_id
from baomi.kernel.ledger.verify import Report
from baomi.kernel.words import Door, Level
from baomi.registers.attachments import files
from baomi.registers.custody.models import Paper

RECORD = "exports.record_backup"
SPARE = 1 << 20  # octets that are left free whatever the size


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was verified: where the ledger stood, its file's size, what was said of it."""

    point: Point
    octets: int
    report: Report


class DamagedLedger(BackupFault):
    """What was written does not verify: the office's own ledger or registers do not."""

    def __init__(self, report: Report) -> None:
        self.report = report
        first = "；".join(each.line() for each in report.findings[:3])
        super().__init__(
            f"备份未通过校验，没有留下文件（{report.total} 处问题：{first}）。"
            "请先执行 baomi ledger verify --live 查明；"
            "确需原样留存现状的，加 --despite-findings。"
        )


def record_backup(actor: UUID, *, reason: str, door: Door) -> Receipt:
    """Record that a backup is made, at the office's highest level. Raises as ``perform`` does."""
    highest = Paper.objects.aggregate(highest=Max("level"))["highest"]
    level = Level.NONE if highest is None else Level(highest)
    return perform(
        Request(
            action=RECORD,
            actor=actor,
            targets=(),
            inputs={"reason": reason, "level": level.code},
            op_id=new_id(),
            door=door,
        )
    )


def make_backup(target: Path, key: bytes, *, despite_findings: bool = False) -> Made:
    """Write the backup. Raises ``BackupFault``, ``OSError``; then nothing of it is left.

    ``despite_findings`` keeps a backup that does not verify: evidence, before anything is mended.
    """
    _refuse_what_is_there(target)
    _refuse_too_little_room(target.parent)
    with _draft_of(target) as (file, draft):
        with written(file, key) as out, snapshot():
            point = dump(out)
        file.flush()
        os.fsync(file.fileno())
        report = verified(Payload(draft, key))
        if not report.clean and not despite_findings:
            raise DamagedLedger(report)
        octets = draft.stat().st_size
        _publish(draft, target)
    return Made(point, octets, report)


def _refuse_what_is_there(target: Path) -> None:
    if not target.parent.is_dir():
        raise BackupFault(f"没有文件夹 {target.parent}：请先建立，或换一个位置。")
    if target.exists() or target.is_symlink():
        raise BackupFault(f"{target} 已经存在，不会覆盖：请换一个文件名。")


def _refuse_too_little_room(folder: Path) -> None:
    needed, free = _size_of_registers() + _size_of_files() + SPARE, shutil.disk_usage(folder).free
    if free < needed:
        raise BackupFault(
            f"目标磁盘剩余空间不足：约需 {_megabytes(needed)} MB，"
            f"只有 {_megabytes(free)} MB，请换一处或清理后再备份。"
        )


def _megabytes(octets: int) -> int:
    return -(-octets // 1_000_000)


def _size_of_registers() -> int:
    """Octets that the registers' database takes, which a packed backup does not exceed."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return int(cursor.fetchone()[0])


def _size_of_files() -> int:
    return sum(path.stat().st_size for path in files.stored())


@contextmanager
def _draft_of(target: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A private file beside the target; whatever happens, it does not stay."""
    draft = target.with_name(f".{secrets.token_hex(8)}.draft")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file, draft
    finally:
        draft.unlink(missing_ok=True)


def _publish(draft: Path, target: Path) -> None:
    """Give the draft its name, never over another file, and make the name last."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise BackupFault(f"{target} 已经存在，不会覆盖：请换一个文件名。") from None
    except OSError as failed:
        if failed.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS):
            raise
        # a stick's file system knows no second name for a file
        _refuse_what_is_there(target)
        draft.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
