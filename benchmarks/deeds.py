"""Deeds through ``perform`` in process, against a raw transaction and against plain Django.

``python -m benchmarks.deeds`` compares; with a lane's name it is that lane.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from benchmarks import lanes, throwaway
from benchmarks.calibration import raw_transaction
from benchmarks.figures import Figures

if TYPE_CHECKING:
    from baomi.engine.demo.office_plan import Office

COPIES: Final = 500
AT_ONCE: Final = 20
LANES: Final = {
    "raw": "裸 SQLite 持久事务，四条语句",
    "history": "Django + django-simple-history，一次变更一条历史，不作判断",
    "perform": "交阅、收回各一份（perform，判断、登记、入账）",
    "many": "同上，每次 20 份",
    "batch": "同上，perform_many 每 200 件一次提交",
}


def main() -> int:
    """Measure in turns and print; or be the lane that is named."""
    if len(sys.argv) > 1:
        with STEPS[sys.argv[1]]() as step:
            lanes.serve(step)
        return 0
    found = lanes.in_turns({name: ("benchmarks.deeds", [name]) for name in LANES})
    figures = Figures("一件事从判断到落盘", ("每秒", "与裸事务之比", "与 simple-history 之比"))
    copies = {"many": AT_ONCE, "batch": 200}
    for name, title in LANES.items():
        rates = [rate * copies.get(name, 1) for rate in found[name]]
        figures.add(
            title,
            f"{median(rates):,.0f}",
            f"{lanes.ratio(rates, found['raw']):.3f}",
            f"{lanes.ratio(rates, found['history']):.2f}",
        )
    figures.show()
    return 0


@contextmanager
def _raw() -> Iterator[Callable[[], object]]:
    with raw_transaction() as step:
        yield step


@contextmanager
def _history() -> Iterator[Callable[[], object]]:
    with TemporaryDirectory(prefix="baomi-bench-") as folder:
        _plain_django(Path(folder) / "history.db")
        from django.db import transaction

        history: Any = import_module("benchmarks.history.models")
        reader = history.Person.objects.create(name="甲")
        cabinet = history.Cabinet.objects.create(name="机密柜")
        clerk = UUID(int=1)
        keys = [
            history.Copy.objects.create(
                copy_number=f"{n:06d}",
                label_serial=n + 1,
                state="stored",
                cabinet=cabinet,
                home_cabinet=cabinet,
                purpose="",
                since=date(2026, 1, 5),
            ).pk
            for n in range(COPIES)
        ]
        turn = cycle([(key, holder) for holder in (reader, None) for key in keys])

        def step() -> None:
            key, holder = next(turn)
            with transaction.atomic():
                copy = history.Copy.objects.get(pk=key)
                copy.state = "held" if holder else "stored"
                copy.holder = holder
                copy.cabinet = None if holder else cabinet
                copy.purpose = "reading" if holder else ""
                copy.since = date(2026, 1, 6)
                copy.ver += 1
                copy._history_user = None
                copy.history_user_id = clerk
                copy.save()

        yield step


def _plain_django(path: Path) -> None:
    """Django as it comes, on a database as durable as the office's."""
    from django.conf import settings

    import baomi.config.settings.base  # noqa: F401 - the same SQLite library as the office
    from baomi.config.database import sqlite_database

    settings.configure(
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "simple_history",
            "benchmarks.history",
        ],
        DATABASES={"default": sqlite_database(path)},
        USE_TZ=True,
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)


@contextmanager
def _perform(at_once: int = 1) -> Iterator[Callable[[], object]]:
    with throwaway.office() as of:
        from baomi.engine.perform import perform

        asked = _round(of, at_once)
        yield lambda: perform(next(asked))


@contextmanager
def _batch() -> Iterator[Callable[[], object]]:
    with throwaway.office() as of:
        from itertools import islice

        from baomi.engine.perform import perform_many

        asked = _round(of, 1)
        yield lambda: list(perform_many(islice(asked, 200)))


def _round(of: Office, at_once: int) -> Iterator[Any]:
    """Requests without end: every copy is handed over, then every copy taken back."""
    copies = throwaway.receive(of, COPIES)
    heaps = [copies[at : at + at_once] for at in range(0, COPIES, at_once)]
    give = throwaway.hand_over(of)
    deeds = [("custody.hand_over_copy", heap, give) for heap in heaps]
    deeds += [("custody.take_back_copy", heap, {}) for heap in heaps]
    return (throwaway.request(name, of.registrar, heap, said) for name, heap, said in cycle(deeds))


STEPS: Final = {
    "raw": _raw,
    "history": _history,
    "perform": _perform,
    "many": lambda: _perform(AT_ONCE),
    "batch": _batch,
}

if __name__ == "__main__":
    sys.exit(main())
