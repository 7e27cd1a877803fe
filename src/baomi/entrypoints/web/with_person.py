"""Whoever stands before the scan station: what he holds, and the slip that ends his turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from baomi.engine import pin
from baomi.engine.face.reading import books
from baomi.engine.perform import perform
from baomi.engine.receipts import of_operation
from baomi.engine.request import Request
from baomi.entrypoints.guarding.logged_in import Who
from baomi.kernel.clock import clock
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Door, Post
from baomi.registers import paging
from baomi.registers.custody.reads.unlisted import Unlisted, unlisted
from baomi.registers.duties import load as duties
from baomi.registers.listing import Record
from baomi.registers.office import load as office
from baomi.registers.office.reads.visible import sees_details

DRAW_UP: Final = "custody.draw_up_slip"
MOST_HELD: Final = 999
MOST_LISTED: Final = 300  # copies that one slip lists
OUT, BACK = "out", "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A copy that should have come back."""

    copy: UUID
    number: str
    level: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """To whom the next labels go, and what he has already, as far as it may be seen."""

    id: UUID
    name: str
    unit: str
    clearance: str  # empty: not the asker's business
    held: str
    late: tuple[Late, ...]
    in_service: bool
    may_block: bool  # the asker may block his badge, in one step


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnUp:
    """The slip that was drawn up. ``confirmed``: its person has confirmed it on the spot."""

    slip: UUID
    label: str
    copies: int
    confirmed: bool


def recipient(who: Who, key: UUID) -> Recipient:
    """A person before the station. Raises ``BadInput`` for an unknown one."""
    person = office.person(key, clock.today(), who.terms)
    record = paging.one(books()["office.person"], who.person, who.terms, key)
    cells = cells_of(record) if record else {}
    shows_clearance = sees_details(who.person) or person.unit in who.person.keeps_for
    return Recipient(
        id=key,
        name=person.name,
        unit=str(cells.get("unit", "")),
        clearance=person.clearance.title if shows_clearance else "",
        held=_held(who, key),
        late=_late(who, key),
        in_service=person.in_service,
        may_block=Post.REGISTRAR in who.person.posts,
    )


def cells_of(record: Record) -> dict[str, Any]:
    """A row's cells by column."""
    return dict(zip((key for key, _ in record.columns), record.cells, strict=True))


def _held(who: Who, key: UUID) -> str:
    book, filters = books()["custody.copy"], {"holder": str(key)}
    count = paging.count_up_to(book, who.person, who.terms, MOST_HELD, filters=filters)
    return str(count) if count <= MOST_HELD else f"{MOST_HELD} 以上"


def _late(who: Who, key: UUID) -> tuple[Late, ...]:
    """What he should have brought back, the longest due first: only what the asker may see."""
    today = clock.today()
    owed = duties.overdue_of([key], name="return_the_copy", today=today)[key]
    due = {each.subject: each.due_on for each in owed}
    if not due:
        return ()
    columns = ("registered_number", "copy_number", "level")
    page = paging.some(books()["custody.copy"], who.person, who.terms, list(due), columns=columns)
    found = [
        Late(copy=copy, number=f"{row[0]} 第 {row[1]} 份", level=row[2], due_on=due[copy])
        for copy, row in zip(page.ids, page.rows, strict=True)
    ]
    return tuple(sorted(found, key=lambda each: each.due_on))


def waiting(who: Who) -> tuple[Unlisted, ...]:
    """What he gave and took today that is on no slip yet: nothing is lost with the page."""
    return unlisted(who.person, clock.today())


def draw_up(
    who: Who, *, kind: str, person: UUID, badge: str, typed_pin: str, op_id: UUID, address: str
) -> DrawnUp:
    """One slip of all that waits for one; with the badge and PIN of its person, confirmed.

    The same operation id again gives the same slip. Raises ``BadInput``, ``PinRefused``,
    ``Refused``.
    """
    done = of_operation(op_id, actor=who.id)
    if done is not None and done.action == DRAW_UP:
        return _drawn_up(done.told, confirmed=bool(typed_pin))
    listed = [each for each in waiting(who) if (each.kind, each.person) == (kind, person)]
    if not listed:
        raise BadInput("今天没有要列入清单的文件，请先扫描文件标签")
    second = None
    if typed_pin:
        second = pin.confirmed_by_badge(badge, typed_pin, actor=who.id, address=address)
        if second != person:
            raise BadInput("这不是接交人本人的工牌，请本人扫工牌、输确认码，或改为签字确认")
    receipt = perform(
        Request(
            action=DRAW_UP,
            actor=who.id,
            targets=listed[0].copies[:MOST_LISTED],
            inputs={"by_pin": second is not None},
            op_id=op_id,
            door=Door.WEB,
            second=second,
        )
    )
    return _drawn_up(receipt.told, confirmed=second is not None)


def _drawn_up(told: Any, *, confirmed: bool) -> DrawnUp:
    return DrawnUp(
        slip=UUID(str(told["slip"])),
        label=str(told["label"]),
        copies=int(told["copies"]),
        confirmed=confirmed,
    )
