"""Importing as tests ask for it: a small book of rows, and what the registers hold afterwards."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from baomi.engine.keys import mac_key
from baomi.engine.live import LiveLedger
from baomi.engine.refusals import running_hash
from baomi.entrypoints.importer import run
from baomi.kernel.clock import clock
from baomi.kernel.ledger.verify import verify
from baomi.registers.custody import models
from baomi.registers.duties.models import Duty
from tests.entrypoints.importer.books import BOOKS, HEADINGS, entry, write_csv
from tests.factories.deeds import size

FIELDS = ("rows", "done", "noted", "questions", "refused", "skipped", "papers", "copies")
LOAN_HEADINGS = [
    "文号",
    "份号",
    "题名",
    "密级",
    "借阅人",
    "所在处室",
    "借出日期",
    "归还日期",
    "批准人",
]
SAMPLES = {
    "received-2019-2020.xlsx": (175, 157, 0, 3, 0, 15, 157, 245),
    "received-2021.csv": (91, 85, 0, 5, 0, 1, 85, 143),
}


def book(path: Path, *rows: Sequence[object], headings: Sequence[object] = HEADINGS) -> Path:
    """A book of papers received with these lines."""
    return write_csv(path, [headings, *rows])


def loans(path: Path, *rows: dict[str, object]) -> Path:
    """A book of loans; lines by heading."""
    lines = [[row.get(heading) for heading in LOAN_HEADINGS] for row in rows]
    return write_csv(path, [["借阅登记簿"], LOAN_HEADINGS, *lines])


def import_of(path: Path, office: Any) -> run.Result:
    """Import a book as the registrar."""
    return run.do(path, actor=office.registrar)


def figures(told: run.Preview) -> tuple[int, ...]:
    """The eight figures, in the order of ``FIELDS``."""
    return tuple(getattr(told, name) for name in FIELDS)


def says(told: run.Preview) -> list[tuple[int | None, str, str]]:
    """Row, column and code of every problem."""
    return [(each.row, each.column, each.code) for each in told.problems]


def state() -> tuple[Any, ...]:
    """What an import could change: ledger, registers, duties and kept refusals."""
    held = (models.Paper, models.Copy, models.Movement, models.Correction, Duty)
    return size(), running_hash(), *(each.objects.count() for each in held)


def custody() -> Counter[str]:
    """Copies by state."""
    return Counter(models.Copy.objects.values_list("state", flat=True))


def findings() -> list[str]:
    """What the verifier finds in the ledger and in the rows that it vouches for.

    Sealing destroys a month's key, which no rollback brings back: here nothing is sealed, and
    the missing checkpoint is the one finding that is meant.
    """
    report = verify(LiveLedger(), now_us=clock.now_us(), mac_key=mac_key())
    return [finding.code for finding in report.findings if finding.code != "CKPT_GAP"]


__all__ = [
    "BOOKS",
    "SAMPLES",
    "book",
    "custody",
    "entry",
    "figures",
    "findings",
    "import_of",
    "loans",
    "says",
    "state",
]
