"""WAL only on a SQLite that keeps what it committed; FULL or EXTRA, never NORMAL."""

import subprocess
import sys

import pytest

from baomi.config import sqlite


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 9), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
    ids=lambda value: str(value).replace(" ", ""),
)
def test_which_versions_may_use_wal(version: tuple[int, int, int], safe: bool):
    assert sqlite.wal_is_safe(version) is safe


def test_an_old_sqlite_falls_back_to_rollback_journals(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sqlite, "sqlite_version", lambda: (3, 40, 1))
    assert sqlite.sqlite_mode() == "rollback"
    assert "journal_mode=DELETE; PRAGMA synchronous=EXTRA" in sqlite.init_command()


def test_a_sound_sqlite_uses_wal_with_full_flushes(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sqlite, "sqlite_version", lambda: (3, 53, 4))
    assert "journal_mode=WAL; PRAGMA synchronous=FULL" in sqlite.init_command()


def test_the_bundled_sqlite_takes_the_place_of_the_old_one():
    # a process of its own: this one may have loaded Django already
    program = (
        "from baomi.config.sqlite import use_bundled_sqlite, sqlite_mode;"
        "use_bundled_sqlite();"
        "import sqlite3, sqlite3.dbapi2;"
        "from django.db.backends.sqlite3.base import Database;"
        "print(sqlite3.__name__, Database.__name__, sqlite_mode())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["pysqlite3", "pysqlite3.dbapi2", "wal"]


def test_without_the_wheel_nothing_is_swapped(monkeypatch: pytest.MonkeyPatch):
    before = sys.modules.get("sqlite3")
    # None in sys.modules makes the import fail, as on a machine without the wheel
    monkeypatch.setitem(sys.modules, "pysqlite3", None)
    sqlite.use_bundled_sqlite()
    assert sys.modules.get("sqlite3") is before
