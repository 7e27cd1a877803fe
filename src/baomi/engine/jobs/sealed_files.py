"""Files of jobs: sealed, under random names, in ``BAOMI_HOME/jobs``, for a day."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from baomi.engine.keys import write_secret
from baomi.engine.runtime.sealed import open_bytes, seal_bytes
from baomi.kernel.clock import clock
from baomi.kernel.verdict import BadInput

MOST_BYTES = 64 * 1024 * 1024
_NAME = re.compile(r"[0-9a-f]{32}")
_YOUNG_US = 10 * 60 * 1_000_000  # a file is there before the row that names it


def folder() -> Path:
    """Where they lie."""
    return Path(settings.BAOMI_HOME) / "jobs"


def put(content: bytes) -> str:
    """Seal and keep octets (at most 64 MB). Returns the random name. Raises ``BadInput``."""
    if len(content) > MOST_BYTES:
        raise BadInput("文件超过 64 MB：请分成几份。")
    name = secrets.token_hex(16)
    write_secret(folder() / name, seal_bytes(content, of=f"job-file/{name}"))
    return name


def get(name: str) -> bytes | None:
    """The octets again; None where they were swept. Raises ``Unsealable``."""
    if not _NAME.fullmatch(name):
        return None
    try:
        sealed = (folder() / name).read_bytes()
    except FileNotFoundError:
        return None
    return open_bytes(sealed, of=f"job-file/{name}")


def forget(name: str) -> None:
    """Remove one."""
    if _NAME.fullmatch(name):
        with suppress(FileNotFoundError):
            (folder() / name).unlink()


def sweep(kept: Collection[str]) -> int:
    """Remove what no job names any more. Returns how many."""
    removed = 0
    for path in folder().iterdir() if folder().is_dir() else ():
        with suppress(FileNotFoundError):
            age_us = clock.wall_us() - path.stat().st_mtime_ns // 1000
            if path.name not in kept and age_us > _YOUNG_US:
                path.unlink()
                removed += 1
    return removed
