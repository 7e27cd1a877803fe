"""The key that Django signs with: a file that only the service's account may read."""

import errno
import os
import secrets
from pathlib import Path
from typing import Final

from django.core.exceptions import ImproperlyConfigured

KEY_FILE: Final = "django.key"
KEY_BYTES: Final = 48
READABLE_BY_OTHERS: Final = 0o077
NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


class KeyFileError(ImproperlyConfigured):
    """The key file is unfit for use: open to others, or empty."""


def secret_key(home: Path) -> str:
    """The key from ``keys/django.key`` below ``home``; made there (0600) when it is missing.

    Before an office is set up there is no folder ``keys``, and asking for help must not make
    one: then the key lasts as long as the process, which signs nothing that outlives it; so too
    where the disk is full.
    Raises ``KeyFileError`` when other accounts may read the file, or nothing stands in it.
    """
    folder = home / "keys"
    if not folder.is_dir():
        return secrets.token_urlsafe(KEY_BYTES)
    path = folder / KEY_FILE
    try:
        _make_once(path)
    except OSError as failed:
        if failed.errno not in NO_SPACE:
            raise
        # with a full disk an office must still be able to read
        return secrets.token_urlsafe(KEY_BYTES)
    if path.stat().st_mode & READABLE_BY_OTHERS:
        raise KeyFileError(f"密钥文件 {path} 可被其他账户读取，请执行：chmod 600 {path}")
    key = path.read_text(encoding="ascii").strip()
    if not key:
        raise KeyFileError(f"密钥文件 {path} 是空的，请删除后重新启动，程序会重新生成。")
    return key


def _make_once(path: Path) -> None:
    """Write a new key unless one is there; two processes that start together agree on one."""
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        # a hard link, unlike a rename, fails when the other process was first
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
