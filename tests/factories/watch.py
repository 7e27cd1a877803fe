"""Watch a test's statements: whoever changes a register writes the ledger in the same breath."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from baomi.engine import registry

_WRITE = re.compile(
    r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)"
    r"\s+\"?(\w+)",
    re.IGNORECASE,
)
_SAVEPOINT = re.compile(r"\s*(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT)\s+(\S+)", re.I)
LEDGER = "ledger_entry"


class WroteWithoutTheLedger(AssertionError):
    """Rows of a register were changed, and no entry tells of it."""


class Watch:
    """Follows transactions as the database sees them; in a test they are savepoints."""

    def __init__(self) -> None:
        self.ledgered = frozenset(registry.ledgered())
        self.open: list[tuple[str, set[str]]] = []  # savepoints, and the tables written inside
        self.paused = False

    def __call__(self, execute, sql, params, many, context):
        done = execute(sql, params, many, context)
        text = str(sql)
        if found := _SAVEPOINT.match(text):
            self._turn(found[1].upper(), found[2])
        elif found := _WRITE.match(text):
            self._wrote(found[1].lower())
        return done

    def _turn(self, what: str, name: str) -> None:
        if what == "SAVEPOINT":
            self.open.append((name, set()))
            return
        if not any(name == each for each, _ in self.open):
            return
        while self.open[-1][0] != name:
            self.open.pop()
        if what.startswith("ROLLBACK"):
            self.open[-1][1].clear()
            return
        _, written = self.open.pop()
        if self.open:
            self.open[-1][1].update(written)
        else:
            self._judge(written)

    def _wrote(self, table: str) -> None:
        if self.paused or (table != LEDGER and table not in self.ledgered):
            return
        if self.open:
            self.open[-1][1].add(table)
        else:
            self._judge({table})

    @staticmethod
    def _judge(written: set[str]) -> None:
        if written and LEDGER not in written:
            raise WroteWithoutTheLedger(", ".join(sorted(written)))


@contextmanager
def watching() -> Iterator[Watch]:
    """Watch until the block ends."""
    watch = Watch()
    with connection.execute_wrapper(watch):
        yield watch


@contextmanager
def by_hand() -> Iterator[None]:
    """What a test itself does past the program: to prepare, or to play the attacker."""
    watches = [each for each in connection.execute_wrappers if isinstance(each, Watch)]
    for watch in watches:
        watch.paused = True
    yield
    for watch in watches:
        watch.paused = False
