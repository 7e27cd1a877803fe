"""What this machine does in plain Python, by which everything else is measured."""

import hashlib
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

SECONDS: Final = 1.0
ENTRY_OCTETS: Final = 300


def per_second(step: Callable[[], object], *, seconds: float = SECONDS) -> float:
    """How often ``step`` runs in a second, counted over at least ``seconds``."""
    count = 0
    began = time.perf_counter()
    while (spent := time.perf_counter() - began) < seconds or not count:
        step()
        count += 1
    return count / spent


def hashes() -> float:
    """SHA-256 of an entry's size in a plain loop: times a second."""
    block = bytes(ENTRY_OCTETS)
    return 1000 * per_second(lambda: [hashlib.sha256(block).digest() for _ in range(1000)])


@contextmanager
def raw_transaction() -> Iterator[Callable[[], None]]:
    """A durable transaction of four statements with the standard library's sqlite3."""
    with tempfile.TemporaryDirectory(prefix="baomi-bench-") as folder:
        connection = sqlite3.connect(Path(folder) / "calibration.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, raw BLOB)")
        connection.execute("CREATE TABLE head (id INTEGER PRIMARY KEY, size INTEGER)")
        connection.execute("INSERT INTO head VALUES (1, 0)")

        def transaction() -> None:
            connection.execute("BEGIN IMMEDIATE")
            (size,) = connection.execute("SELECT size FROM head WHERE id = 1").fetchone()
            connection.execute("INSERT INTO entry VALUES (?, ?)", (size, bytes(ENTRY_OCTETS)))
            connection.execute("UPDATE head SET size = ? WHERE id = 1", (size + 1,))
            connection.execute("COMMIT")

        yield transaction
        connection.close()


def durable_transactions() -> float:
    """How many of those transactions a second."""
    with raw_transaction() as transaction:
        return per_second(transaction)
