"""Which versions of SQLite keep every committed page in WAL mode."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

# SQLite 3.7.0 to 3.51.2 may lose committed pages when several connections meet a WAL reset
FIRST_SAFE: Final = (3, 51, 3)
SAFE_BRANCHES: Final = {(3, 50): 7, (3, 44): 6}


def wal_is_safe(version: Sequence[int]) -> bool:
    """Whether this SQLite never loses a committed page in WAL mode with several connections."""
    mended_at = SAFE_BRANCHES.get((version[0], version[1]))
    return tuple(version) >= FIRST_SAFE or (mended_at is not None and version[2] >= mended_at)
