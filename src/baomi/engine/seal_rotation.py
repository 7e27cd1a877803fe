"""Change the master key of the sealed columns, so that a crash at any point loses nothing.

The new key lies beside the old one before a row is wrapped anew; all rows are wrapped in one
transaction; then the new file takes the old one's place. Which of the two files is right after
a crash is told by the rows themselves.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from baomi.engine.attachments import keys as attachment_keys
from baomi.engine.keys import write_secret
from baomi.engine.pen import take_pen
from baomi.registers.office import seals

KEY_BYTES = 32


def rotate() -> int:
    """Make a new master key and wrap every subject's key with it. Returns how many.

    Raises ``NotFounded``, and ``SealBroken`` for a key that was altered.
    """
    finish()
    path, fresh = seals.master_key_path(), _beside()
    new = secrets.token_bytes(KEY_BYTES)
    with take_pen():
        write_secret(fresh, new)
        old = path.read_bytes()
        count = seals.rewrap(old, new)
        attachment_keys.rewrap(old, new)
    _swap(fresh, path)
    return count


def finish() -> None:
    """Complete or take back a change that a crash interrupted; nothing to do otherwise."""
    fresh = _beside()
    with suppress(FileNotFoundError):
        key = fresh.read_bytes()
        if _opens(key):
            _swap(fresh, seals.master_key_path())
        else:
            fresh.unlink()


def _opens(key: bytes) -> bool:
    """Whether the rows are wrapped with a key; waits for whoever is wrapping them."""
    try:
        with take_pen():
            seals.rewrap(key, key)
            attachment_keys.rewrap(key, key)
    except (seals.SealBroken, ValueError):
        return False
    return True


def _beside() -> Path:
    return seals.master_key_path().with_suffix(".key.new")


def _swap(fresh: Path, path: Path) -> None:
    # another process may have finished the same change in between
    with suppress(FileNotFoundError):
        fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
