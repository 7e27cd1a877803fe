"""Which SQLite the program runs on, and how it makes a commit last.

SQLite 3.7.0 to 3.51.2 can lose committed pages in WAL mode when several connections meet a
WAL reset (mended in 3.51.3, 3.50.7 and 3.44.6). Debian 12 brings 3.40. So the SQLite of the
``pysqlite3`` wheel takes the place of the standard library's before Django loads; where no
such wheel exists, rollback journals are used instead, which never had the fault.
"""

import sys
from importlib import import_module
from typing import Literal

from baomi.kernel.sqlite_versions import wal_is_safe

SqliteMode = Literal["wal", "rollback"]
CACHE_KIB = 16_384  # SQLite's own 2 MiB hold less than the pages that a busy day touches


def use_bundled_sqlite() -> None:
    """Put ``pysqlite3`` in the place of ``sqlite3``. Call before Django is imported.

    Without the wheel nothing is changed; ``sqlite_mode`` then tells the fallback.
    """
    try:
        bundled = import_module("pysqlite3")
        dbapi = import_module("pysqlite3.dbapi2")
    except ImportError:
        return
    sys.modules["sqlite3"] = bundled
    sys.modules["sqlite3.dbapi2"] = dbapi


def sqlite_version() -> tuple[int, int, int]:
    """The version of the SQLite library that is in force in this process."""
    major, minor, patch = import_module("sqlite3").sqlite_version_info
    return int(major), int(minor), int(patch)


def sqlite_mode() -> SqliteMode:
    """``wal`` (WAL, synchronous=FULL) or ``rollback`` (DELETE, synchronous=EXTRA)."""
    return "wal" if wal_is_safe(sqlite_version()) else "rollback"


def init_command() -> str:
    """The PRAGMAs of a new connection.

    FULL and EXTRA, never NORMAL: NORMAL loses acknowledged deeds when the power fails.
    """
    journal = {
        "wal": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        "rollback": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA;",
    }[sqlite_mode()]
    # a destroyed personal key must not lie on in a freed page, nor any title in a temporary file
    private = "PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
    return f"{journal} PRAGMA foreign_keys=ON; {private} PRAGMA cache_size=-{CACHE_KIB};"
