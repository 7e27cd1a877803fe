"""Upgrade an office to a version with one more column; be killed at every statement of it.

Words: ``real`` (what this program adds to its first version), or ``told`` or ``untold`` (what a
later version adds, and whether its migration tells the ledger); and ``whole``, ``killed`` or
``sampled``.
"""

import json
import os
import sys
from pathlib import Path

from tests.proofs.child import PLAN, forked, prepare, tell
from tests.proofs.statements import dying


def verified() -> list[str]:
    from baomi.engine.verify_live import verify_live

    return sorted({found.code for found in verify_live().findings})


def is_applied(kind: str) -> bool:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from tests.proofs.upgrades.version import TELLS

    telling = TELLS if kind == "real" else "9999_lent_abroad"
    return ("custody", telling) in MigrationRecorder(connection).applied_migrations()


def is_derived_data_made() -> bool:
    """Whether every paper stands in the index of titles, and every copy has its paper's level."""
    from django.db.models import F

    from baomi.registers.custody import models

    papers = set(models.Paper.objects.values_list("id", flat=True))
    indexed = set(models.TitlePair.objects.values_list("paper", flat=True))
    return papers == indexed and not models.Copy.objects.exclude(level=F("paper__level")).exists()


def size() -> int:
    from baomi.engine.head import read_head

    return read_head().size


def become(kind: str) -> None:
    from tests.proofs.upgrades.version import become_later

    if kind != "real":
        become_later(kind)


def goes_on(home: Path) -> None:
    """Deeds on old papers and on new ones."""
    from baomi.engine.perform import perform
    from tests.proofs.small_office import SmallOffice

    office = SmallOffice.of(json.loads((home / PLAN).read_text(encoding="utf-8")))
    perform(office.give(office.copies[0], office.readers[0]))
    perform(office.take_back(office.copies[0]))


def whole(home: Path, kind: str) -> dict:
    from baomi.engine.home import migrate

    before = size()
    become(kind)
    applied = list(migrate())
    told = {"applied": applied, "entries": size() - before, "after": verified()}
    told["derived"] = is_derived_data_made()
    if kind != "untold":
        goes_on(home)
        told["later"] = verified()
        told["again"] = list(migrate())
    return told


def killed(home: Path, kind: str, *, every: int = 1) -> dict:
    """Kill the migration before its k-th statement, for k = 1, 2, … (or every n-th) to its end."""
    from baomi.engine.home import migrate

    become(kind)
    before, at, points, wrong, finished = size(), 1 - every, 0, [], False
    while not finished:
        at, points = at + every, points + 1

        def work(at: int = at) -> None:
            with dying(at, after=False):
                migrate()

        _, status = os.waitpid(forked(work), 0)
        finished = not os.WIFSIGNALED(status)
        if is_applied(kind) is not (size() > before):
            wrong.append(at)
        if not is_applied(kind) and not os.WIFSIGNALED(status):
            raise RuntimeError("the migration was not done")
    told = {"points": points - 1, "wrong": wrong, "entries": size() - before, "after": verified()}
    goes_on(home)
    return told | {"later": verified()}


def sampled(home: Path, kind: str) -> dict:
    """Kill it before every third statement: the short form of ``killed``."""
    return killed(home, kind, every=3)


def main(kind: str, how: str) -> None:
    home = prepare()
    tell({"whole": whole, "killed": killed, "sampled": sampled}[how](home, kind))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
