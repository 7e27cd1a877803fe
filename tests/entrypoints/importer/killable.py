"""What the kill test runs as a program of its own: ``found``, ``import FILE`` or ``tell``.

Django is set up before this file is imported. ``import`` writes a line for each entry that is
done; ``tell`` writes what the registers hold, as JSON, and what the verifier finds.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from baomi.engine import home, ledger
from baomi.engine.demo.office_plan import make_office
from baomi.engine.head import read_head
from baomi.engine.sealer import seal_now, seal_when_due
from baomi.engine.verify_live import verify_live
from baomi.entrypoints.importer import run
from baomi.kernel.clock import clock
from baomi.kernel.words import Door, Post
from baomi.registers.custody import models
from baomi.registers.duties.models import Duty
from baomi.registers.office import load as office


def found() -> dict[str, Any]:
    home.make_folders()
    home.migrate()
    make_office(door=Door.WORKER)
    return {}


def import_book(file: str) -> dict[str, Any]:
    home.open_office()
    (registrar,) = office.holders(Post.REGISTRAR, clock.today())
    told = run.do(
        Path(file), actor=registrar, progress=_progress, after_batch=lambda: seal_when_due()
    )
    return {name: getattr(told, name) for name in ("done", "questions", "refused", "skipped")}


def tell() -> dict[str, Any]:
    home.open_office()
    seal_now()
    moves = models.Movement.objects.values_list("copy__paper__number", "copy__copy_number", "kind")
    kinds = Counter(entry.kind for entry in _entries() if entry.kind.startswith("custody."))
    papers = models.Paper.objects.values_list("number", "registered_number", "level")
    return {
        "papers": sorted(papers),
        "copies": sorted(models.Copy.objects.values_list("paper__number", "copy_number", "state")),
        "movements": sorted(moves),
        "duties": Duty.objects.filter(state="open").count(),
        "kinds": dict(sorted(kinds.items())),
        "unsealed": _longest_unsealed(),
        "findings": [finding.code for finding in verify_live().findings],
    }


def _entries() -> Any:
    head = read_head()
    return ledger.read(head.log_id) if head else iter(())


def _longest_unsealed() -> int:
    """The most deeds of the import that stood without a checkpoint over them."""
    longest = waiting = 0
    for entry in _entries():
        if entry.kind == "ledger.checkpoint":
            waiting = 0
        waiting += entry.kind.startswith("custody.")
        longest = max(longest, waiting)
    return longest


def _progress(done: int, of: int) -> None:
    sys.stdout.write(f"{done}/{of}\n")
    sys.stdout.flush()


def main() -> None:
    doing = {"found": found, "import": import_book, "tell": tell}[sys.argv[1]]
    sys.stdout.write(json.dumps(doing(*sys.argv[2:]), ensure_ascii=False) + "\n")
