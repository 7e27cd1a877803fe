"""Open an office on each of several broken configurations, and tell what the start-up says.

Word: the name of the case. Each is opened as the program opens it, on its own home.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from tests.proofs.child import prepare, tell


def pragma(**settings: str) -> None:
    """Connections begin with these PRAGMAs instead of ours."""
    from django.db import connection

    connection.close()
    begin = connection.settings_dict["OPTIONS"]["init_command"]
    more = " ".join(f"PRAGMA {name}={value};" for name, value in settings.items())
    connection.settings_dict["OPTIONS"]["init_command"] = f"{begin} {more}"


def sound(home: Path) -> None:
    """Nothing is broken."""


def old_sqlite_with_wal(home: Path) -> None:
    from django.db import connection

    connection.ensure_connection()
    connection.connection.create_function("sqlite_version", 0, lambda: "3.40.1")


def old_sqlite_without_wal(home: Path) -> None:
    pragma(journal_mode="DELETE", synchronous="EXTRA")
    old_sqlite_with_wal(home)


def synchronous_normal(home: Path) -> None:
    pragma(synchronous="NORMAL")


def synchronous_off(home: Path) -> None:
    pragma(synchronous="OFF")


def rollback_journal_without_extra(home: Path) -> None:
    pragma(journal_mode="DELETE", synchronous="FULL")


def journal_in_memory(home: Path) -> None:
    pragma(journal_mode="MEMORY", synchronous="EXTRA")


def foreign_keys_off(home: Path) -> None:
    pragma(foreign_keys="OFF")


def debug(home: Path) -> None:
    from django.conf import settings

    settings.DEBUG = True


def network_file_system(home: Path) -> None:
    from baomi.engine import checks

    mounts = home / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/share {home} nfs4 rw 0 0\n")
    checks.MOUNTS = mounts


def missing_trigger(home: Path) -> None:
    _execute("DROP TRIGGER ledger_entry_no_delete", "ON ledger_entry")


def disabled_trigger(home: Path) -> None:
    _execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_no_delete")


def clock_before_last_entry(home: Path) -> None:
    from baomi.kernel.clock import clock

    clock.move(-25 * 3600 * 1_000_000)


def head_is_not_the_last_entry(home: Path) -> None:
    _execute("UPDATE ledger_head SET size = size + 1")


def commit_does_not_wait(home: Path) -> None:
    _execute("SET synchronous_commit = off")


def _execute(statement: str, on_postgresql: str = "") -> None:
    from django.db import connection

    tail = f" {on_postgresql}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(statement + tail)


def main(case: str) -> None:
    home = prepare()
    from baomi.engine.checks import UnsafeStart
    from baomi.engine.home import open_office

    broken: Callable[[Path], None] = globals()[case]
    broken(home)
    try:
        tell({"in_force": open_office().sentence()})
    except UnsafeStart as unsafe:
        tell({"refused": list(unsafe.sentences)})


if __name__ == "__main__":
    main(sys.argv[1])
