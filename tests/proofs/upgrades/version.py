"""The program as an earlier and as a later version of it: other columns, other migrations."""

from pathlib import Path

from django.conf import settings
from django.db import models

import baomi.registers.custody.migrations as real

TABLE = "custody_paper"
COLUMN = "lent_abroad"  # of a version to come
SINCE_THE_FIRST = {"Paper": ("copy_forbidden",), "Copy": ("level",)}
TELLS = "0002_paper_copy_forbidden"  # the one that changes what the ledger images
TABLES_SINCE_THE_FIRST = (
    "custody_slip",
    "custody_slip_line",
    "custody_circle_ground",
    "custody_consultation",
    "custody_consultation_line",
    "custody_outing",
    "custody_outing_companion",
    "custody_outing_line",
    "custody_archiving",
)
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
    from baomi.engine import registry
    from baomi.registers.custody import models as tables
    from baomi.registers.custody.actions.steps import entering

    settings.MIGRATION_MODULES = {"custody": "tests.proofs.upgrades.first.migrations"}
    for name, columns in SINCE_THE_FIRST.items():
        model = getattr(tables, name)
        for column in columns:
            model._meta.local_fields.remove(model._meta.get_field(column))
            # today's code still gives it a value: nothing keeps that
            setattr(model, column, property(lambda row: None, lambda row, value: None))
        model._meta._expire_cache()
    entering.enter_titles = lambda papers: None  # there was no index of titles
    _know_no_grounds()
    known = {
        table: model
        for table, model in registry.ledgered().items()
        if table not in TABLES_SINCE_THE_FIRST
    }
    registry.ledgered = lambda: known


def _know_no_grounds() -> None:
    """A circle was its members' rows; today's code finds the grounds of none."""
    from baomi.registers.custody import models as tables
    from baomi.registers.custody.actions import set_circle
    from baomi.registers.custody.load import circle

    members = tables.CircleMember.objects
    circle._NAMED_AND_GROUNDS = lambda papers: [
        (paper, person, circle.BY_NAME)
        for paper, person in members.filter(paper__in=papers).values_list("paper_id", "person_id")
    ]
    circle.grounds_of = lambda paper: frozenset()
    set_circle.write_grounds = lambda deed, paper, grounds: set()
