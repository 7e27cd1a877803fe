"""The program as an earlier and as a later version of it: other columns, other migrations."""

from pathlib import Path

from django.conf import settings
from django.db import models

import baomi.registers.custody.migrations as real

TABLE = "custody_paper"
COLUMN = "lent_abroad"  # of a version to come
SINCE_THE_FIRST = ("copy_forbidden",)
REAL_FOLDER = Path(real.__file__).parent
NEWEST = max(path.stem for path in REAL_FOLDER.glob("0*.py"))


def field() -> models.BooleanField:
    """The column as the later version declares it."""
    return models.BooleanField(default=False)


def become_later(kind: str) -> None:
    """From here on this process is the later version: its model has the column."""
    from baomi.registers.custody.models import Paper

    settings.MIGRATION_MODULES = {"custody": f"tests.proofs.upgrades.{kind}.migrations"}
    field().contribute_to_class(Paper, COLUMN)


def become_first() -> None:
    """From here on this process is the first version, which lacks what came since."""
    from baomi.registers.custody.models import Paper

    settings.MIGRATION_MODULES = {"custody": "tests.proofs.upgrades.first.migrations"}
    for name in SINCE_THE_FIRST:
        Paper._meta.local_fields.remove(Paper._meta.get_field(name))
    Paper._meta._expire_cache()
