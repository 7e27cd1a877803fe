"""Papers of what stands in the registers: what somebody prints, he may also see.

What one may not see is refused in the same words as what does not exist. Nothing is written: a
print of a list is a deed of its own (``exports.record_export``), whose receipt goes onto it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db import connection

from baomi.engine import ledger
from baomi.engine.head import read_head
from baomi.engine.papers.books import BookPaper, render_book
from baomi.engine.papers.labels import (
    A4_21,
    Badge,
    CabinetLabel,
    CopyLabel,
    LabelSheet,
    render_badges,
    render_cabinet_labels,
    render_labels,
)
from baomi.engine.papers.press import Printed
from baomi.engine.papers.proofs import CheckpointPaper, render_checkpoint
from baomi.engine.papers.slips import SlipPaper, SlipRow, confirmation_words, render_slip
from baomi.engine.pen import NotFounded
from baomi.engine.sealer import CHECKPOINT
from baomi.engine.tables import SEALING
from baomi.kernel.clock import OFFICE_TIME, clock, instant
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Level, Person
from baomi.registers.custody import reads as custody
from baomi.registers.custody.load import UNKNOWN_SLIP
from baomi.registers.custody.reads.picking import UNKNOWN_COPY
from baomi.registers.custody.reads.slips import lines_for, slips_for
from baomi.registers.listing import Listing
from baomi.registers.office import load as office
from baomi.registers.office import reads as office_reads
from baomi.registers.office.models import Office
from baomi.registers.office.reads.visible import sees_details

MOST_LABELS: Final = 500
UNKNOWN_PERSON: Final = "查无此人，请核对姓名、拼音首字母或工牌"
UNKNOWN_CABINET: Final = "没有这个文件柜，请核对名称或柜标签"
NOT_SEEN: Final = "（现已无权查看）"


def labels_for(
    actor: Person, copies: Sequence[UUID], *, sheet: LabelSheet = A4_21, used: int = 0
) -> Printed:
    """Labels of copies in the order given. Raises ``BadInput``."""
    wanted = _wanted(copies)
    rows = (
        custody.visible_to(actor)
        .copies.filter(id__in=wanted)
        .values_list(
            "id", "label_serial", "copy_number", "paper__registered_number", "paper__level"
        )
    )
    found = {
        key: CopyLabel(
            label=office.label("C", serial),
            level=Level(level),
            registered_number=registered,
            copy_number=number,
        )
        for key, serial, number, registered, level in rows
    }
    labels = [found[key] for key in wanted if key in found]
    if len(labels) < len(wanted):
        raise BadInput(UNKNOWN_COPY, field="targets")
    content = render_labels(labels, day=clock.today(), sheet=sheet, used=used)
    level = max((each.level for each in labels), default=Level.NONE)
    return Printed(content=content, name="labels.pdf", level=level, rows=len(labels))


def badges_for(actor: Person, people: Sequence[UUID], *, used: int = 0) -> Printed:
    """Badges: one's own, and everybody's for whom they are part of the work. Raises ``BadInput``.

    A badge is half of what confirms a hand-over, so not everybody prints anybody's.
    """
    wanted = _wanted(people)
    rows = office_reads.visible_to(actor, "office.person").filter(id__in=wanted)
    if not sees_details(actor):
        rows = rows.filter(id=actor.id)
    found = {
        key: Badge(label=office.label("P", serial), name=name, unit=unit)
        for key, serial, name, unit in rows.values_list("id", "badge_serial", "name", "unit__name")
    }
    badges = [found[key] for key in wanted if key in found]
    if len(badges) < len(wanted):
        raise BadInput(UNKNOWN_PERSON, field="targets")
    content = render_badges(badges, office=_office_name(), day=clock.today(), used=used)
    return Printed(content=content, name="badges.pdf", level=Level.INTERNAL, rows=len(badges))


def cabinet_labels_for(
    actor: Person, cabinets: Sequence[UUID], *, sheet: LabelSheet = A4_21, used: int = 0
) -> Printed:
    """Labels of cabinets in the order given. Raises ``BadInput``."""
    wanted = _wanted(cabinets)
    rows = office_reads.visible_to(actor, "office.cabinet").filter(id__in=wanted)
    values = rows.values_list("id", "label_serial", "name", "room__name", "level")
    found = {
        key: CabinetLabel(label=office.label("K", serial), name=name, room=room, level=Level(level))
        for key, serial, name, room, level in values
    }
    labels = [found[key] for key in wanted if key in found]
    if len(labels) < len(wanted):
        raise BadInput(UNKNOWN_CABINET, field="targets")
    content = render_cabinet_labels(labels, day=clock.today(), sheet=sheet, used=used)
    return Printed(content=content, name="cabinets.pdf", level=Level.INTERNAL, rows=len(labels))


def slip_for(actor: Person, slip: UUID) -> Printed:
    """A hand-over slip, with the titles that the actor may see today. Raises ``BadInput``."""
    row = (
        slips_for(actor)
        .filter(id=slip)
        .values(
            *("label_serial", "kind", "drawn_up_on", "op", "confirmed_on", "confirmed_how"),
            *("voided_by", "person__name", "person__unit__name"),
            *("drawn_up_by__name", "drawn_up_by__unit__name"),
        )
        .first()
    )
    if row is None:
        raise BadInput(UNKNOWN_SLIP, field="targets")
    person = f"{row['person__name']}（{row['person__unit__name']}）"
    clerk = f"{row['drawn_up_by__name']}（{row['drawn_up_by__unit__name']}）"
    is_return = row["kind"] == "back"
    paper = SlipPaper(
        office=_office_name(),
        label=office.label("S", row["label_serial"]),
        is_return=is_return,
        giver=person if is_return else clerk,
        receiver=clerk if is_return else person,
        on=row["drawn_up_on"],
        receipt=_receipt_of(row["op"]),
        confirmation=confirmation_words(row["confirmed_how"], row["confirmed_on"]),
        is_void=row["voided_by"] is not None,
        rows=_slip_rows(actor, slip),
    )
    content = render_slip(paper, day=clock.today())
    return Printed(content=content, name="slip.pdf", level=paper.level, rows=len(paper.rows))


def _slip_rows(actor: Person, slip: UUID) -> tuple[SlipRow, ...]:
    lines = lines_for(actor, slip).values(
        *("copy", "copy__copy_number", "copy__paper__registered_number", "copy__paper__number"),
        *("copy__paper__level", "copy__paper__title", "copy__paper__pages"),
    )
    copies = [line["copy"] for line in lines]
    seen = set(custody.visible_to(actor).copies.filter(id__in=copies).values_list("id", flat=True))
    return tuple(
        SlipRow(
            registered_number=line["copy__paper__registered_number"],
            copy_number=line["copy__copy_number"],
            number=line["copy__paper__number"] if line["copy"] in seen else NOT_SEEN,
            level=Level(line["copy__paper__level"]),
            title=line["copy__paper__title"] if line["copy"] in seen else NOT_SEEN,
            pages=line["copy__paper__pages"],
        )
        for line in lines
    )


def book_for(actor: Person, title: str, listing: Listing, *, receipt: str = "") -> Printed:
    """A list, as the register's reads gave it to the actor, as a printed table.

    ``receipt`` is that of the export that was recorded for it.
    """
    paper = BookPaper(
        office=_office_name(),
        title=title,
        level=listing.level,
        who=actor.name,
        when=_minute(clock.now_us()),
        receipt=receipt,
        columns=[heading for _, heading in listing.columns],
        rows=listing.rows,
    )
    content = render_book(paper, day=clock.today())
    return Printed(content=content, name="list.pdf", level=listing.level, rows=len(listing.rows))


def checkpoint_sheet() -> Printed:
    """The newest sealing on paper, for the auditor to take away.

    Raises ``BadInput`` where nothing was sealed yet, ``NotFounded``.
    """
    head = read_head()
    if head is None:
        raise NotFounded
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(seq) FROM ledger_entry "  # noqa: S608 — fixed words
            f"WHERE log_id = %s AND kind = %s AND {SEALING}",
            [head.log_id.bytes, CHECKPOINT],
        )
        (seq,) = cursor.fetchone()
    found = None if seq is None else next(ledger.read(head.log_id, seq, seq + 1), None)
    if found is None or found.body is None:
        raise BadInput("还没有封存过，请先办理封存，再打印封存单")
    paper = CheckpointPaper(
        office=_office_name(),
        note=str(json.loads(found.body)["note"]),
        seq=found.seq,
        sealed_at=_minute(found.time_us),
        receipt=f"{found.seq}:{found.leaf.hex()[:16]}",
    )
    content = render_checkpoint(paper, day=clock.today())
    return Printed(content=content, name="checkpoint.pdf", level=Level.INTERNAL, rows=1)


def _wanted(ids: Sequence[UUID]) -> list[UUID]:
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > MOST_LABELS:
        raise BadInput(f"一次最多打印 {MOST_LABELS} 张，请分批打印", field="targets")
    return wanted


def _office_name() -> str:
    return str(Office.objects.values_list("name", flat=True).get())


def _receipt_of(op: UUID) -> str:
    head = read_head()
    if head is None:
        raise NotFounded
    written = ledger.find(head.log_id, op)
    return written.receipt if written else "（日志中没有这次办理）"


def _minute(instant_us: int) -> str:
    return instant(instant_us).astimezone(OFFICE_TIME).strftime("%Y-%m-%d %H:%M")
