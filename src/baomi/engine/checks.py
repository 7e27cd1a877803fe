"""Start-up self-check: refuses to run on settings under which an acknowledged deed may be lost."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from baomi.engine import ledger, tables
from baomi.engine.head import read_row
from baomi.kernel.clock import clock
from baomi.kernel.ledger.merkle import BadProof
from baomi.kernel.sqlite_versions import wal_is_safe
from baomi.kernel.words import Level

NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs"})
MOUNTS = Path("/proc/mounts")
_HEAD_FAULT = "台账的头与最后一条不符：请先校验台账，不要继续登记"


class UnsafeStart(Exception):
    """The installation may not start; each sentence says what is wrong and how to mend it."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))


@dataclass(frozen=True, slots=True)
class InForce:
    """What the check found: said at start-up."""

    database: str
    journal: str
    synchronous: str

    def sentence(self) -> str:
        """One Chinese line for the operator."""
        return f"数据库：{self.database}；日志方式：{self.journal}；落盘：{self.synchronous}"


def check_start() -> InForce:
    """Check the settings in force. Raises ``UnsafeStart`` with everything that is wrong."""
    wrong: list[str] = []
    if settings.DEBUG:
        wrong.append("DEBUG 已打开，错误页会泄露内容：请关闭后再启动")
    if settings.ATTACHMENTS_UP_TO not in (levels := [each.code for each in Level]):
        wrong.append(f"BAOMI_ATTACHMENTS_UP_TO 应当是以下之一：{'、'.join(levels)}")
    found = _sqlite(wrong) if connection.vendor == "sqlite" else _postgresql(wrong)
    wrong.extend(_ledger_faults())
    if wrong:
        raise UnsafeStart(tuple(wrong))
    return found


def _sqlite(wrong: list[str]) -> InForce:
    version, journal, synchronous, foreign_keys = _sqlite_settings()
    text = ".".join(str(part) for part in version)
    if journal == "wal" and not wal_is_safe(version):
        wrong.append(
            f"SQLite {text} 在 WAL 方式下可能丢失已提交的内容："
            "请安装 pysqlite3，或改用 journal_mode=DELETE、synchronous=EXTRA"
        )
    least = 2 if journal == "wal" else 3
    if synchronous < least:
        needed = "FULL" if journal == "wal" else "EXTRA"
        wrong.append(f"synchronous 低于 {needed}，断电会丢失已确认的登记：请改为 {needed}")
    if journal not in ("wal", "delete"):
        wrong.append(f"journal_mode={journal} 不能保证落盘：请改为 WAL 或 DELETE")
    if not foreign_keys:
        wrong.append("foreign_keys 未打开：请改为 ON")
    kind = _file_system(Path(connection.settings_dict["NAME"]))
    if kind in NETWORK_FILE_SYSTEMS:
        wrong.append(f"数据放在网络文件系统({kind})上，SQLite 的锁不可靠：请移到本机磁盘")
    names = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}
    return InForce(f"SQLite {text}", journal.upper(), names.get(synchronous, "?"))


def _sqlite_settings() -> tuple[tuple[int, ...], str, int, bool]:
    with connection.cursor() as cursor:
        values = []
        for pragma in ("journal_mode", "synchronous", "foreign_keys"):
            cursor.execute(f"PRAGMA {pragma}")
            values.append(cursor.fetchone()[0])
        cursor.execute("SELECT sqlite_version()")
        version = tuple(int(part) for part in cursor.fetchone()[0].split("."))
    return version, str(values[0]).lower(), int(values[1]), bool(values[2])


def _file_system(path: Path) -> str:
    """Type of the file system that a path lies on, from the kernel's own list of mounts."""
    real = str(path.resolve())
    best, kind = "", ""
    if not MOUNTS.exists():
        return ""
    for line in MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines():
        _, place, name, *_ = line.split()
        inside = place == "/" or real == place or real.startswith(place + os.sep)
        if inside and len(place) >= len(best):
            best, kind = place, name
    return kind


def _postgresql(wrong: list[str]) -> InForce:
    with connection.cursor() as cursor:
        values = {}
        for name in ("fsync", "synchronous_commit", "full_page_writes", "server_version"):
            cursor.execute(f"SHOW {name}")
            values[name] = cursor.fetchone()[0]
    for name in ("fsync", "full_page_writes"):
        if values[name] != "on":
            wrong.append(f"PostgreSQL 的 {name} 未打开，断电会丢失登记：请改为 on")
    if values["synchronous_commit"] in ("off", "local"):
        wrong.append("PostgreSQL 的 synchronous_commit 不足：请改为 on")
    version = values["server_version"].split()[0]
    return InForce(f"PostgreSQL {version}", "WAL", values["synchronous_commit"])


def _ledger_faults() -> list[str]:
    present = set(connection.introspection.table_names())
    if "ledger_entry" not in present:
        return []  # not set up yet: `baomi setup` makes the tables
    wrong = [f"缺少触发器 {name}：台账可能被改动，请先校验" for name in _missing_triggers()]
    row = read_row()
    if row is None or row.size == 0:
        return wrong
    try:
        head = row.head()
    except BadProof:
        return [*wrong, _HEAD_FAULT]
    last = next(ledger.read(head.log_id, head.size - 1), None)
    if last is None or last.seq != head.size - 1 or last.leaf != head.last_leaf:
        wrong.append(_HEAD_FAULT)
    elif clock.now_us() < head.last_time - 24 * 3600 * 1_000_000:
        wrong.append("本机时钟早于台账最后一条一天以上：请先校准时钟")
    return wrong


def _missing_triggers() -> list[str]:
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
    }
    with connection.cursor() as cursor:
        cursor.execute(query[connection.vendor])
        present = {row[0] for row in cursor.fetchall()}
    needed = (
        name
        for table in tables.APPEND_ONLY
        for name in tables.trigger_names(table, connection.vendor)
    )
    return [name for name in needed if name not in present]
