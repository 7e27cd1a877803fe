"""Kill a hand-over before and after every SQL statement of it, the commit included."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from tests.proofs.child import forked, opened, tell


class Dying:
    """Counts what the connection is asked to do, and dies at one point of it."""

    def __init__(self, at: int, *, after: bool) -> None:
        self.at, self.after, self.count = at, after, 0

    def step(self, do):
        self.count += 1
        if self.count == self.at and not self.after:
            die()
        done = do()
        if self.count == self.at and self.after:
            die()
        return done

    def statement(self, execute, sql, params, many, context):
        return self.step(lambda: execute(sql, params, many, context))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def dying(at: int, *, after: bool) -> Iterator[Dying]:
    """Until the block ends, statements and commits count."""
    from django.db import connection

    count = Dying(at, after=after)
    connection.ensure_connection()
    commit = connection._commit
    connection._commit = lambda: count.step(commit)
    with connection.execute_wrapper(count.statement):
        yield count
    connection._commit = commit


def statements_of(request) -> int:
    """How many points a deed like this one has: done once, unharmed."""
    from baomi.engine.perform import perform

    with dying(0, after=False) as count:
        perform(request)
    return count.count


def done_then_killed(request, at: int, *, after: bool) -> bool:
    """Whether the deed stands after its process was killed at this point."""
    from baomi.engine.perform import perform
    from tests.proofs import account

    def work() -> None:
        with dying(at, after=after):
            perform(request)

    _, status = os.waitpid(forked(work), 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"not killed at point {at}")
    return request.op_id in account.entered()


def traces(copy) -> tuple:
    """Everything that a hand-over leaves: rows by table, and the copy's own state."""
    from django.db import connection

    from baomi.engine import registry
    from baomi.engine.head import read_head
    from baomi.registers.custody.models import Copy

    counts = [registry.ledgered()[table].objects.count() for table in sorted(registry.ledgered())]
    with connection.cursor() as cursor:
        for table in ("ledger_entry", "ledger_operation"):
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 — names of our own tables
            counts.append(cursor.fetchone()[0])
    row = Copy.objects.filter(id=copy).values_list("state", "holder_id", "ver").get()
    return (*counts, read_head().size, *row)


def main() -> None:
    office = opened()
    from baomi.engine.perform import perform
    from tests.proofs import account

    warm, first, copy = office.copies[:3]
    perform(office.give(warm, office.readers[0]))  # what a process asks once is asked by now
    points = statements_of(office.give(first, office.readers[0]))
    before, wrong = traces(copy), []
    done = {True: 0, False: 0}
    for at in range(1, points + 1):
        for after in (False, True):
            request = office.give(copy, office.readers[0])
            stands = done_then_killed(request, at, after=after)
            is_end = at == points and after
            done[is_end] += stands
            if not stands and traces(copy) != before:
                wrong.append(at)
    perform(office.take_back(copy))
    tell(
        {
            "points": points,
            "neither_all_nor_nothing": wrong,
            "done_before_commit": done[False],
            "done_after_commit": done[True],
            "half_written": account.half_written(),
            "findings": account.findings(),
        }
    )


if __name__ == "__main__":
    main()
