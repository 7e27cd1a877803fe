"""One pen: the deeds of an office are serial, so that no guard is outrun.

The pen is the lock on the ledger's head row, taken before anything else. Only database work
stands inside.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from baomi.engine import registry
from baomi.engine.head import Head, read_head
from baomi.registers.seen_once import looking_afresh


class NotFounded(Exception):
    """The ledger is empty: the office has not been founded yet."""


class Pen:
    """Held by whoever writes. Knows the head as it stands under the lock."""

    def __init__(self, head: Head) -> None:
        self.head = head

    @property
    def log_id(self) -> UUID:
        """The office's ledger."""
        return self.head.log_id


@contextmanager
def file_lock() -> Iterator[None]:
    """Queue before SQLite's own lock, whose retries starve writers for seconds."""
    path = os.path.join(settings.BAOMI_HOME, "pen.lock")  # noqa: PTH118 - at each deed
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)  # which gives the lock up


@contextmanager
def take_pen() -> Iterator[Pen]:
    """Take the pen for one transaction. Raises ``NotFounded`` on an empty ledger."""
    registry.load()
    with holding_lock():
        head = read_head(lock=True)
        if head is None:
            raise NotFounded
        yield Pen(head)


@contextmanager
def holding_lock() -> Iterator[None]:
    """The transaction alone, without a head: for the founding deed."""
    queue = file_lock() if connection.vendor == "sqlite" else nullcontext()
    with queue, transaction.atomic(durable=True), looking_afresh():
        yield
