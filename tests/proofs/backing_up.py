"""Make backups while two clerks give copies out and take them back.

Words: how many backups, the seed, and the folder for what is to be taken away: the backups, the
key, the newest note, and the deeds that had been acknowledged when each backup began.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from tests.proofs.child import forked, opened, tell

CLERKS = 2


def work(office, number: int, log: Path) -> None:
    """Deeds without end; each is written down once it is acknowledged."""
    from baomi.engine.perform import perform
    from baomi.kernel.verdict import BadInput, Refused

    chance = random.Random(number)  # noqa: S311 — a choice of copies, no secret
    with log.open("a", encoding="ascii") as done:
        while True:
            copy, reader = chance.choice(office.copies), chance.choice(office.readers)
            giving = chance.random() < 0.5
            request = office.give(copy, reader) if giving else office.take_back(copy)
            try:
                receipt = perform(request)
            except (Refused, BadInput):
                continue
            done.write(f"{receipt.op_id} {receipt.text}\n")
            done.flush()


def acknowledged(logs: list[Path]) -> list[str]:
    lines = [line for log in logs for line in log.read_text("ascii").splitlines(keepends=True)]
    return [line.strip() for line in lines if line.endswith("\n")]


def main(backups: int, seed: int, folder: Path) -> None:
    office = opened()
    from baomi.engine import ledger
    from baomi.engine.backup.key import key_path, make_key, read_key
    from baomi.engine.backup.make import make_backup
    from baomi.engine.head import read_head
    from baomi.engine.sealer import seal_now

    make_key()
    key = read_key(key_path())
    (folder / "key").write_bytes(key_path().read_bytes())
    (folder / "seal.key").write_bytes((key_path().parent / "seal.key").read_bytes())
    chance = random.Random(seed)  # noqa: S311 — moments, no secret
    logs = [folder / f"clerk-{number}" for number in range(CLERKS)]
    for log in logs:
        log.touch()
    pids = [forked(lambda n=n: work(office, n, logs[n])) for n in range(CLERKS)]
    sizes, findings = [], []
    for number in range(backups):
        time.sleep(chance.uniform(0.1, 0.6))
        if chance.random() < 0.5:
            seal_now()
        (folder / f"{number}.acknowledged").write_text("\n".join(acknowledged(logs)), "ascii")
        made = make_backup(folder / f"{number}.backup", key)
        sizes.append(made.point.size)
        findings.extend(found.line() for found in made.report.findings)
    time.sleep(0.5)
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    seq = seal_now().seq
    entry = next(ledger.read(read_head().log_id, seq))
    (folder / "note").write_text(json.loads(entry.body)["note"], "utf-8")
    tell({"sizes": sizes, "end": seq, "findings": findings, "deeds": len(acknowledged(logs))})


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
