"""Outings and consultations as tests ask for them."""

from datetime import date
from typing import Any
from uuid import UUID

from baomi.registers.custody import models
from tests.factories.approving import approved
from tests.factories.deeds import do

LEAVES, BACK = date(2025, 3, 3), date(2025, 3, 5)


def journey(desk, **how: Any) -> dict[str, Any]:
    """What is entered for a business trip of the reader."""
    return {
        "carrier": desk.reader,
        "keeper": desk.reader,
        "occasions": ["business_trip"],
        "destination": "省委办公厅",
        "purpose": "参加评审会",
        "measures": "随身保管，不离人",
        "leaves_on": LEAVES,
        "back_until": BACK,
        **how,
    }


def held(desk, *members: UUID, **paper: Any) -> UUID:
    """A copy in the reader's hands, to be handled."""
    _, copies = desk.ready(*members, **paper)
    desk.give(copies[0], purpose="handling")
    return copies[0]


def out(desk, copy: UUID, **how: Any) -> None:
    """Carry a copy out with approval."""
    said = journey(desk, **how)
    approved(how.get("carrier", desk.reader), "custody.carry_out", copy, **said)
    do("custody.carry_out", desk.registrar, copy, **said)


def archived(desk, *members: UUID, **paper: Any) -> tuple[UUID, UUID]:
    """A paper, one copy of which is in the archive."""
    key, copies = desk.ready(*members, **paper)
    put(desk, copies[0])
    return key, copies[0]


def put(desk, *copies: UUID) -> None:
    said = {"archive_number": "2025-WS-0012", "box": "3", "cabinet": desk.cabinet}
    do("custody.put_into_archive", desk.registrar, *copies, handed_over_by=desk.keeper, **said)


def consultation(desk, **how: Any) -> dict[str, Any]:
    """What is entered for a consultation by the reader."""
    return {
        "person": desk.reader,
        "purpose": "编写年鉴",
        "place": desk.reading_room,
        **how,
    }


def consulted(desk, copy: UUID, **how: Any) -> None:
    """Let the reader consult an archived copy with approval."""
    said = consultation(desk, **how)
    approved(desk.reader, "custody.consult_archive", copy, **said)
    do("custody.consult_archive", desk.registrar, copy, **said)


def outing_of(copy: UUID) -> dict[str, Any]:
    """The newest outing of a copy."""
    line = models.OutingLine.objects.filter(copy=copy).order_by("-id").values("outing")[:1]
    return models.Outing.objects.filter(id__in=line).values().get()


def line_of(copy: UUID) -> dict[str, Any]:
    """How the newest outing of a copy ended."""
    return models.OutingLine.objects.filter(copy=copy).order_by("-id").values()[0]


def consultation_of(copy: UUID) -> dict[str, Any]:
    """The newest consultation of a copy."""
    line = models.ConsultationLine.objects.filter(copy=copy).order_by("-id")
    return models.Consultation.objects.filter(id__in=line.values("consultation")[:1]).values().get()


def consulted_line(copy: UUID) -> dict[str, Any]:
    """How the newest consultation of a copy ended."""
    return models.ConsultationLine.objects.filter(copy=copy).order_by("-id").values()[0]
