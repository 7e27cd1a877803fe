"""What a person is told of a fault, whatever door he stands at.

What was not foreseen is told by a number only, and kept as the fault's type and place: its
message might quote a title.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import traceback
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import DatabaseError, OperationalError

from baomi.engine.face.wording import as_data, as_lines
from baomi.engine.inputs import InvalidInputs
from baomi.engine.ledger import TooMuchAtOnce
from baomi.engine.operations import OperationIdReused
from baomi.engine.pen import NotFounded
from baomi.engine.runtime.sealed import Unsealable
from baomi.kernel.clock import clock, instant
from baomi.kernel.labels import LabelError
from baomi.kernel.ledger.verify import Unreadable
from baomi.kernel.verdict import BadInput, Refused
from baomi.kernel.words import Person

LEAST_FREE = 1 << 20  # bytes
TOO_MUCH = "一次办理的内容太多（超过 1000 行）：请分几次办理。"
NOT_FOUNDED = "还没有建账，请先运行 baomi setup。"


def sentences_for(fault: Exception, asker: Person | None) -> tuple[str, ...]:
    """The Chinese sentences of any fault, a refusal worded for who asked.

    An unforeseen one is kept in ``log/errors.log`` and told by its number.
    """
    match fault:
        case BadInput() | LabelError() | Unreadable():
            return (str(fault),)
        case InvalidInputs():
            return tuple(each.sentence for each in fault.faults)
        case Refused() if asker is not None:
            return ("不准办理。", *as_lines(as_data(fault.verdict.refusals, asker)))
        case OperationIdReused() | Unsealable():
            return (fault.sentence,)
        case TooMuchAtOnce():
            return (TOO_MUCH,)
        case NotFounded():
            return (NOT_FOUNDED,)
    return (told_of_machine(fault) or keep_unforeseen(fault),)


def told_of_machine(fault: Exception) -> str | None:
    """What the installation, the database or the disk does not allow; None for another fault."""
    if isinstance(fault, ImproperlyConfigured) and type(fault).__module__.startswith("baomi."):
        return str(fault)
    if isinstance(fault, OperationalError) and "locked" in str(fault):
        return "数据库正忙，没有办成：请稍后再试。"
    if isinstance(fault, OperationalError) and ("full" in str(fault) or _disk_is_full()):
        return "磁盘已满，没有办成：请清理后再试。"
    if isinstance(fault, DatabaseError) and _speaks_of_structure(str(fault)):
        return "数据库结构与程序不符：请先运行 baomi upgrade。"
    if isinstance(fault, OperationalError) and "connect" in str(fault):
        return "连不上数据库：请核对 DATABASE_URL，并确认数据库已启动。"
    if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return "磁盘已满，没有办成：请清理后再试。"
    if isinstance(fault, PermissionError | FileNotFoundError | IsADirectoryError):
        return f"读写不了 {fault.filename}：请核对路径和权限。"
    return None


def keep_unforeseen(fault: Exception) -> str:
    """Keep type and place in ``log/errors.log``. Returns the sentence with its number."""
    reference = secrets.token_hex(4)
    try:
        if not _keep(fault, reference):
            what = f"{type(fault).__name__} {_place(fault)}"
            return f"程序出错（{what}）。请把括号里的内容告诉系统管理员。"
    except (OSError, ImproperlyConfigured):
        return f"程序出错，编号 {reference}。（错误日志也写不进去，请检查数据目录。）"
    return f"程序出错，编号 {reference}。请把编号告诉系统管理员，错误日志里有出错的位置。"


def _disk_is_full() -> bool:
    """Whether SQLite lacks room for the files beside its own, of which it says nothing."""
    try:
        return shutil.disk_usage(settings.BAOMI_HOME).free < LEAST_FREE
    except OSError:
        return False


def _speaks_of_structure(message: str) -> bool:
    return any(
        words in message
        for words in ("no such table", "no such column", "has no column", "does not exist")
    )


def _keep(fault: Exception, reference: str) -> bool:
    """Write down type and place. False where there is no office to keep it in."""
    folder = Path(settings.BAOMI_HOME) / "log"
    if not Path(settings.BAOMI_HOME).is_dir():
        return False
    folder.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder / "errors.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as log:
        when = instant(clock.wall_us()).isoformat(timespec="seconds")
        log.write(f"{when} {reference} {type(fault).__name__} {_place(fault)}\n")
    return True


def _place(fault: Exception) -> str:
    """File and line of the program where it happened; no value, no message."""
    frames = traceback.extract_tb(fault.__traceback__)
    own = [frame for frame in frames if f"{os.sep}baomi{os.sep}" in frame.filename] or frames
    return f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else "-"
