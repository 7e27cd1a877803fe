"""An export is recorded before it is written, and marked with whose it is and what it rests on."""

from __future__ import annotations

from uuid import UUID

from baomi.engine import home
from baomi.engine.perform import perform
from baomi.engine.request import Receipt, Request
from baomi.kernel.clock import OFFICE_TIME, clock, instant
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Door, Level, Person

RECORD = "exports.record_export"


def record_export(
    actor: UUID,
    *,
    book: str,
    reason: str,
    rows: int,
    level: Level,
    door: Door,
    op_id: UUID | None = None,
) -> Receipt:
    """Record that a book's rows leave the system. Raises ``BadInput`` and what ``perform`` does."""
    if not reason.strip():
        raise BadInput("请写明导出的理由。")
    return perform(
        Request(
            action=RECORD,
            actor=actor,
            targets=(),
            inputs={"book": book, "reason": reason, "rows": rows, "level": level.code},
            op_id=op_id or new_id(),
            door=door,
        )
    )


def watermark(person: Person, receipt: Receipt, level: Level) -> str:
    """Whose list it is, who took it out, when, under which receipt, of which level."""
    when = instant(clock.now_us()).astimezone(OFFICE_TIME)
    return (
        f"{home.office_name()}　{level.title}　导出人：{person.name}　"
        f"时间：{when:%Y-%m-%d %H:%M}　回执：{receipt.text}"
    )
