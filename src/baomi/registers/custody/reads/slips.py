"""Slips as somebody may see them, and how a label finds one."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from baomi.kernel.labels import LabelError
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.custody import models
from baomi.registers.custody.load import UNKNOWN_SLIP
from baomi.registers.office import load as office


def slips_for(actor: Person) -> QuerySet[models.Slip]:
    """The registrar sees every slip; others those that they drew up or have to confirm."""
    if not actor.in_service:
        return models.Slip.objects.none()
    if Post.REGISTRAR in actor.posts:
        return models.Slip.objects.all()
    return models.Slip.objects.filter(Q(person=actor.id) | Q(drawn_up_by=actor.id))


def lines_for(actor: Person, slip: UUID) -> QuerySet[models.SlipLine]:
    """The lines of a slip that somebody may see, in the order of the registered numbers.

    A slip is whole: who may see it sees each line, whatever he holds now.
    """
    lines = models.SlipLine.objects.filter(slip__in=slips_for(actor).filter(id=slip).values("id"))
    return lines.order_by(
        "copy__paper__series_year",
        "copy__paper__series_category",
        "copy__paper__series_serial",
        "copy__copy_number",
        "id",
    )


def find_slip(actor: Person, text: str) -> UUID:
    """The slip of a label or an id. Raises ``BadInput``."""
    try:
        wanted = Q(id=UUID(text.strip()))
    except ValueError:
        wanted = Q(label_serial=_serial_of(text))
    found = slips_for(actor).filter(wanted).values_list("id", flat=True).first()
    if found is None:
        raise BadInput(UNKNOWN_SLIP)
    return found


def _serial_of(text: str) -> int:
    try:
        label = office.label_in(text)
    except LabelError as broken:
        raise BadInput(str(broken).removesuffix("。")) from None
    if label.kind != "S":
        raise BadInput("扫到的不是交接清单的标签，请扫清单页脚的条码")
    return label.serial
