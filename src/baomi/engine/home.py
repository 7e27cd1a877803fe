"""The folder of one office: how far it has come, how it is made, and how it is opened."""

from __future__ import annotations

import os
from enum import Enum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from baomi.engine import seal_rotation
from baomi.engine.checks import InForce, UnsafeStart, check_start
from baomi.engine.head import read_head, read_row
from baomi.engine.keys import keys_folder, sealer_folder
from baomi.engine.live import LiveLedger
from baomi.engine.pen import NotFounded
from baomi.kernel.clock import clock
from baomi.registers.office.models import Office

PRIVATE = 0o700
DEMO_CLOCK = "demo-clock"
DEMO_PASSWORD = "BAOMI_DEMO_PASSWORD"  # noqa: S105 — a variable's name
OWN_NAMES = (
    *(
        "keys",
        "sealer",
        "log",
        "jobs",
        "templates",
        "attachments",
        "office.db",
        "runtime.db",
        "pen.lock",
    ),
    DEMO_CLOCK,
)
DAY_US = 24 * 3600 * 1_000_000


class Stage(Enum):
    """How far an office's folder has come."""

    EMPTY = "empty"
    HALF_MADE = "half_made"  # folders, keys or tables, but no first entry
    FOUNDED = "founded"


class ClockWouldRunBack(Exception):
    """The clock would stand a day or more before the ledger's last entry."""


def home() -> Path:
    """Where everything of this office lies (BAOMI_HOME)."""
    return Path(settings.BAOMI_HOME)


def stage() -> Stage:
    """How far the folder has come; looks only, makes nothing."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return Stage.HALF_MADE if _has_anything(home()) else Stage.EMPTY
    if "ledger_head" in connection.introspection.table_names() and read_row() is not None:
        return Stage.FOUNDED
    tables = connection.introspection.table_names()
    return Stage.HALF_MADE if tables or _has_anything(home()) else Stage.EMPTY


def _has_anything(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


def foreign_files() -> list[str]:
    """Names in the folder that this program never makes: it may be somebody else's folder."""
    if not home().is_dir():
        return []
    return sorted(each.name for each in home().iterdir() if not each.name.startswith(OWN_NAMES))


def make_folders() -> None:
    """Make the office's folders, each readable by the service's own account only."""
    for folder in (home(), keys_folder(), sealer_folder(), home() / "log"):
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        # mkdir obeys the umask and leaves a folder alone that was there before
        folder.chmod(PRIVATE)


def migrate() -> tuple[str, ...]:
    """Bring both databases up to this program. Returns the names of the migrations applied."""
    waiting = to_migrate()
    for alias in connections:
        if connections[alias].vendor == "postgresql":
            executor = _WholeMigrations(connections[alias])
            executor.migrate(executor.loader.graph.leaf_nodes())
        else:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
    return waiting


class _WholeMigrations(MigrationExecutor):
    """Applies a migration and notes it in one transaction.

    Django notes some of them in a second one: killed in between, the tables are there, the note
    is not, and the next attempt fails for ever. SQLite's way of altering tables allows no outer
    transaction, and does not need it.
    """

    def apply_migration(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic(using=self.connection.alias):
            return super().apply_migration(*args, **kwargs)


def to_migrate() -> tuple[str, ...]:
    """The migrations that this program has and the databases have not."""
    waiting: list[str] = []
    for alias in connections:
        executor = MigrationExecutor(connections[alias])
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        waiting.extend(f"{step.app_label}.{step.name}" for step, _ in plan)
    return tuple(dict.fromkeys(waiting))


def open_office() -> InForce:
    """Open a founded office for work, its clock set, its settings checked.

    Raises ``NotFounded``, and ``UnsafeStart`` with a sentence for each thing that is wrong.
    """
    if stage() is not Stage.FOUNDED:
        raise NotFounded
    if os.environ.get(DEMO_PASSWORD) and not is_demo():
        raise UnsafeStart((f"{DEMO_PASSWORD} 只供演示机关使用：请取消这个环境变量后再运行",))
    set_clock()
    seal_rotation.finish()
    return check_start()


def is_demo() -> bool:
    """Whether the genesis says that this is a demonstration office. Raises ``NotFounded``."""
    return LiveLedger().head().demo


def set_clock() -> None:
    """Set the clock as a demonstration office keeps it; an office's own clock is never moved."""
    path = home() / DEMO_CLOCK
    if path.exists() and is_demo():
        clock.move(int(path.read_text(encoding="ascii")))


def keep_clock(offset_us: int) -> None:
    """Move a demonstration office's clock to an offset (µs) and keep it for the next commands.

    Raises ``ClockWouldRunBack`` where the ledger's order would no longer hold.
    """
    head = read_head()
    if head is not None and clock.wall_us() + offset_us < head.last_time - DAY_US:
        raise ClockWouldRunBack
    path = home() / DEMO_CLOCK
    draft = path.with_suffix(".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(str(offset_us))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    clock.move(offset_us)


def office_name() -> str:
    """The office's name, as it was founded."""
    return str(Office.objects.values_list("name", flat=True).get())
