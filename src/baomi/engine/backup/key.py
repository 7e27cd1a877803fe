"""The key of the backups: made with the first backup, and to be kept elsewhere as well.

Who has a backup and this key reads every register; who loses the key has no backup.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from baomi.engine.backup.faults import BadKeyFile
from baomi.engine.keys import keys_folder, write_secret

KEY_BYTES = 32
LARGEST_FILE = 4096
ID_BYTES = 8


def key_path() -> Path:
    """Where the office's own backup key lies."""
    return keys_folder() / "backup.key"


def make_key() -> bool:
    """Make the office's backup key unless it has one. Returns whether it was made."""
    try:
        keep_key(secrets.token_bytes(KEY_BYTES))
    except FileExistsError:
        return False
    return True


def keep_key(key: bytes) -> None:
    """Write a key as the office's own. Raises ``FileExistsError``."""
    write_secret(key_path(), key.hex().encode("ascii") + b"\n")
    folder = os.open(key_path().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_key(path: Path) -> bytes:
    """A key of 64 hex digits, as it stands in its file. Raises ``BadKeyFile``."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadKeyFile(f"{path} 太大，不是备份密钥文件。")
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except OSError:
        raise BadKeyFile(f"读不到备份密钥文件 {path}：请核对路径。") from None
    except ValueError:
        raise BadKeyFile(f"{path} 不是备份密钥：应为 64 位十六进制数字。") from None
    if len(key) != KEY_BYTES:
        raise BadKeyFile(f"{path} 不是备份密钥：应为 64 位十六进制数字。")
    return key


def key_id(key: bytes) -> bytes:
    """Eight octets by which a backup tells its key from another one."""
    return hashlib.sha256(b"baomi backup key\n" + key).digest()[:ID_BYTES]
