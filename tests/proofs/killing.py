"""Kill a working process again and again; what it had acknowledged must be in the ledger.

Words: how many kills, and the seed of the pauses.
"""

import os
import random
import signal
import sys
import time
from uuid import UUID

from tests.proofs.child import forked, opened, tell

READY, BEGUN, DONE = b"R", b"B", b"D"
NOTE = 17  # a letter and an operation id: a pipe takes so little in one piece
NOBODY = bytes(16)
SEAL_EVERY = 50


class Killer:
    """Starts workers, kills them, and keeps what they said before they died."""

    def __init__(self, office, seed: int) -> None:
        self.office = office
        self.random = random.Random(seed)  # noqa: S311 — pauses, no secret
        self.begun: set[UUID] = set()
        self.done: set[UUID] = set()
        self.died_at_work = 0

    def kill_one(self) -> None:
        """One worker's life: from its readiness, or from an acknowledgement, to its end."""
        ear, mouth = os.pipe()
        pid = forked(lambda: work(self.office, mouth))
        os.close(mouth)
        notes = [self._hear(ear)]
        for _ in range(self.random.randrange(3)):
            notes += self._hear_until_done(ear)
        time.sleep(self.random.uniform(0.001, 0.030))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        while note := os.read(ear, NOTE):
            notes.append(note)
        os.close(ear)
        self._keep(notes)

    def _hear_until_done(self, ear: int) -> list[bytes]:
        notes = [self._hear(ear)]
        while notes[-1][:1] != DONE:
            notes.append(self._hear(ear))
        return notes

    @staticmethod
    def _hear(ear: int) -> bytes:
        note = os.read(ear, NOTE)
        if not note:
            raise RuntimeError("a worker ended by itself")
        return note

    def _keep(self, notes: list[bytes]) -> None:
        told = {letter: set() for letter in (READY, BEGUN, DONE)}
        for note in notes:
            told[note[:1]].add(UUID(bytes=note[1:]))
        self.begun |= told[BEGUN]
        self.done |= told[DONE]
        self.died_at_work += bool(told[BEGUN] - told[DONE])


def work(office, mouth: int) -> None:
    """Give copies out and take them back for ever, saying each deed before and after it."""
    from baomi.engine.perform import perform
    from baomi.kernel.ids import new_id
    from baomi.registers.custody import models

    state = dict(models.Copy.objects.values_list("id", "state"))
    os.write(mouth, READY + NOBODY)
    while True:
        for copy in office.copies:
            op_id = new_id()
            stored = state[copy] == "stored"
            reader = office.readers[0]
            request = office.give(copy, reader, op_id) if stored else office.take_back(copy, op_id)
            os.write(mouth, BEGUN + op_id.bytes)
            perform(request)
            os.write(mouth, DONE + op_id.bytes)
            state[copy] = "held" if stored else "stored"


def main(kills: int, seed: int) -> None:
    office = opened()
    from baomi.engine.checks import check_start
    from baomi.engine.sealer import seal_now
    from tests.proofs import account

    killer = Killer(office, seed)
    for number in range(1, kills + 1):
        killer.kill_one()
        check_start()
        if number % SEAL_EVERY == 0:
            seal_now()
    entered = set(account.entered())
    tell(
        {
            "acknowledged": len(killer.done),
            "died_at_work": killer.died_at_work,
            "lost": len(killer.done - entered),
            "unasked": len(entered - killer.begun),
            "half_written": account.half_written(),
            "broken_paths": account.broken_paths(),
            "findings": account.findings(),
        }
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
