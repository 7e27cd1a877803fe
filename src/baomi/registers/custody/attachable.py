"""What of custody may have files attached: slips and papers."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet

from baomi.kernel.words import Person
from baomi.registers.attachments.load import Attachable
from baomi.registers.custody import load
from baomi.registers.custody.load import levels
from baomi.registers.custody.reads.slips import slips_for
from baomi.registers.custody.reads.visible import visible_to


def _papers(actor: Person) -> QuerySet[Any]:
    return visible_to(actor).papers


ATTACHABLE: Final = (
    Attachable(
        kind="custody.slip",
        title="交接清单",
        rows=slips_for,
        level=levels.level_of_slip,
        names=load.references,
    ),
    Attachable(
        kind="custody.paper",
        title="文件",
        rows=_papers,
        level=levels.level_of_paper,
        names=levels.numbers_of_papers,
    ),
)
