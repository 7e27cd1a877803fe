"""Attach files and be killed at it, again and again; then take the office away in a backup.

Words: how many kills, the seed, the folder for the backup and its key.
"""

import json
import os
import random
import signal
import sys
import time
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from tests.proofs.child import forked, opened, tell

BEGUN, DONE = b"B", b"D"
NOTE = 17  # a letter and an upload's id


def content_of(number: int) -> bytes:
    """Told by its number, so that whoever finds it knows it."""
    return b"%PDF-" + random.Random(number).randbytes(30_000 + number)  # noqa: S311 — no secret


def work(office, mouth: int, first: int) -> None:
    """Upload and attach without end; each is said before and after its deed."""
    from baomi.engine.attachments import store
    from baomi.engine.perform import perform
    from tests.proofs.small_office import asked

    for number in range(first, first + 10_000):
        upload = store.keep(content_of(number), "pdf", office.registrar)
        how = {"kind": "custody.paper", "thing": office.paper, "role": "other", "level": "secret"}
        os.write(mouth, BEGUN + upload.bytes)
        perform(asked("attachments.attach", office.registrar, upload=upload, **how))
        os.write(mouth, DONE + upload.bytes)


def heard(ear: int) -> bytes:
    note = os.read(ear, NOTE)
    if not note:
        raise RuntimeError("a worker ended by itself")
    return note


def kill_one(office, chance: random.Random, number: int) -> tuple[set[UUID], set[UUID]]:
    ear, mouth = os.pipe()
    pid = forked(lambda: work(office, mouth, number * 10_000))
    os.close(mouth)
    notes = [heard(ear)]
    for _ in range(chance.randrange(3)):
        while (note := heard(ear))[:1] != DONE:
            notes.append(note)
        notes.append(note)
    time.sleep(chance.uniform(0.0, 0.040))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while note := os.read(ear, NOTE):
        notes.append(note)
    os.close(ear)
    begun, done = ({UUID(bytes=n[1:]) for n in notes if n[:1] == each} for each in (BEGUN, DONE))
    return begun, done


def made(place: Path, key: bytes) -> None:
    """A backup that nobody lets end."""
    from baomi.engine.backup.make import make_backup

    make_backup(place, key)


def killed_backups(target: Path, key: bytes, chance: random.Random) -> int:
    """Backups that stand there under their name after being killed, and are none."""
    from baomi.engine.backup.payload import Payload
    from baomi.engine.backup.source import verified

    bad = 0
    for number in range(4):
        place = target.with_name(f"killed-{number}.backup")
        pid = forked(lambda place=place: made(place, key))
        time.sleep(chance.uniform(0.0, 0.2))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        bad += place.exists() and not verified(Payload(place, key)).clean
    return bad


def given_account(begun: set[UUID], done: set[UUID]) -> tuple[dict, dict[str, str]]:
    """What stands there after the kills and a sweep: figures, and the hash of each file."""
    from baomi.engine.attachments import store
    from baomi.registers.attachments import files
    from baomi.registers.attachments.models import Attachment

    rows = dict(Attachment.objects.values_list("id", "file"))
    sums = {key: sha256(store.content_of(key)).hexdigest() for key in rows}
    orphans = [
        path for path in files.stored() if UUID(path.name.removesuffix(".draft")) not in rows
    ]
    for path in files.stored():
        os.utime(path, (0, 0))
    store.sweep_uploads()
    told = {
        "attached": len(rows),
        "died_at_work": len(begun - done),
        "lost": len(done - rows.keys()),
        "untrue": sum(file["sha256"] != sums[key] for key, file in rows.items()),
        "orphans": len(orphans),
        "swept_all_and_only_orphans": {p.name for p in files.stored()} == {k.hex for k in rows},
    }
    return told, {str(key): value for key, value in sums.items()}


def taken_away(folder: Path, seq: int, chance: random.Random) -> dict:
    """Back the office up, after backups that were killed."""
    from baomi.engine import ledger
    from baomi.engine.backup.key import key_path, make_key, read_key
    from baomi.engine.backup.make import make_backup
    from baomi.engine.head import read_head

    make_key()
    key = read_key(key_path())
    (folder / "key").write_bytes(key_path().read_bytes())
    bad = killed_backups(folder / "0.backup", key, chance)
    made = make_backup(folder / "0.backup", key)
    note = json.loads(next(ledger.read(read_head().log_id, seq)).body)["note"]
    (folder / "note").write_text(note, "utf-8")
    return {"bad_backups": bad, "backup_findings": len(made.report.findings)}


def main(kills: int, seed: int, folder: Path) -> None:
    office = opened()
    from django.conf import settings

    from baomi.engine.sealer import seal_now
    from tests.proofs import account

    settings.ATTACHMENTS_UP_TO = "secret"
    chance = random.Random(seed)  # noqa: S311 — moments, no secret
    begun, done = set(), set()
    for number in range(kills):
        here = kill_one(office, chance, number)
        begun |= here[0]
        done |= here[1]
    seq = seal_now().seq
    told, sums = given_account(begun, done)
    (folder / "sums").write_text(json.dumps(sums), "utf-8")
    tell(told | taken_away(folder, seq, chance) | {"findings": account.findings()})


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
