"""Keys of the office's machine. The MAC key is the service's, the signing key the sealer's."""

from __future__ import annotations

import os
import secrets
from functools import cache
from pathlib import Path

from django.conf import settings


def keys_folder() -> Path:
    """Keys that the service itself reads."""
    return Path(settings.BAOMI_HOME) / "keys"


def sealer_folder() -> Path:
    """The signing keys: a folder that a second account may own (BAOMI_SEALER_HOME)."""
    chosen = os.environ.get("BAOMI_SEALER_HOME")
    return Path(chosen) if chosen else Path(settings.BAOMI_HOME) / "sealer"


def write_secret(path: Path, content: bytes) -> None:
    """Write a secret once, mode 0600, flushed. Raises ``FileExistsError``."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def make_mac_key() -> None:
    """Make the key of the entries' MACs (HMAC-SHA256, 32 bytes)."""
    write_secret(keys_folder() / "mac.key", secrets.token_bytes(32))


@cache
def mac_key() -> bytes:
    """The key of the entries' MACs. Raises ``FileNotFoundError`` before the office is founded."""
    return (keys_folder() / "mac.key").read_bytes()


def mac_key_exists() -> bool:
    """Whether an office was ever founded in this folder."""
    return (keys_folder() / "mac.key").exists()
