"""The deeds that one entry of a book tells: received, numbered, given out, taken back.

An entry is told as a script: it names a deed, is handed the deed's receipt, and names the next.
What only a human can say stops it with ``Asked``, what cannot be true with ``Denied``.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from baomi.engine.request import Receipt
from baomi.entrypoints.importer.doubts import (
    Asked,
    Denied,
    check_number_is_free,
    recorded_paper,
)
from baomi.entrypoints.importer.entries import BookRow, Question
from baomi.entrypoints.importer.memory import Memory, Recorded
from baomi.entrypoints.importer.offers import AGAIN, SAME
from baomi.entrypoints.importer.people import Receivers
from baomi.entrypoints.importer.telling import (
    Columns,
    besides,
    composed,
    described,
    few,
    number_as_typed,
    registered_number,
    said,
)

RECEIPT = "custody.record_past_receipt"
ISSUE = "custody.record_past_issue"
NEW_PAPERS = frozenset({RECEIPT, ISSUE})
MORE_COPIES = "custody.number_copies"
CORRECTION = "custody.correct_paper"
OUT = "custody.record_past_hand_over"
BACK = "custody.record_past_return"
PIECE = 200  # copies in one deed: each is a row, its movement and perhaps its duty


@dataclass(frozen=True, slots=True)
class Step:
    """One deed of an entry: an action, its targets and inputs."""

    action: str
    targets: tuple[UUID, ...]
    inputs: Mapping[str, Any]


Script = Generator[Step, Receipt, None]


@dataclass(frozen=True, slots=True)
class Desk:
    """What is known besides the entry: the registers, the people, the book's columns by sheet."""

    memory: Memory
    receivers: Receivers
    columns: Columns


def script_of(row: BookRow, desk: Desk) -> Script:
    """The deeds of an entry, one after the other. Raises ``Asked`` and ``Denied``."""
    if row.kind == "loan":
        return _lent(row, desk)
    return _issued(row, desk) if row.kind == "issued" else _received(row, desk)


def _received(row: BookRow, desk: Desk) -> Script:
    unit = desk.receivers.unit_of(row)
    if isinstance(unit, Question):
        raise Asked(unit)
    receiver = desk.receivers.receiver_of(row) if row.out_on else None
    if isinstance(receiver, Question):
        raise Asked(receiver)
    paper = recorded_paper(row, desk.memory)
    if paper is None:
        copies = yield from _enter(row, desk, unit)
    else:
        copies = yield from _add_copies(row, desk, paper)
    if receiver is not None:
        holder = {"person": receiver} if _is_named(row) else {"unit": unit}
        yield from _out_and_back(row, copies, holder)


def _issued(row: BookRow, desk: Desk) -> Script:
    """A paper of our own; where it went stays in the remarks, for nobody there is of the office."""
    paper = recorded_paper(row, desk.memory)
    if paper is None:
        yield from _enter(row, desk, None)
    else:
        yield from _add_copies(row, desk, paper)


def _lent(row: BookRow, desk: Desk) -> Script:
    receiver = desk.receivers.receiver_of(row)
    if isinstance(receiver, Question):
        raise Asked(receiver)
    paper = recorded_paper(row, desk.memory)
    if paper is None:
        text = "登记簿里还没有这份文件，请先导入收文登记簿，或核对文号和标题。"
        raise Asked(Question(code="paper_unknown", text=text))
    there = desk.memory.copies_of(paper.id)
    missing = [number for number in row.copies.numbers if number not in there]
    if missing or not row.copies.numbers:
        which = f"没有份号 {'、'.join(missing[:5])}" if missing else "借的是哪一份没有写"
        text = f"{paper.reference} {which}，已登记的份号是：{few(sorted(there))}。"
        raise Asked(_copy_unknown(paper, text, sorted(there), missing))
    copies = [there[number] for number in row.copies.numbers]
    later = max(copy.since for copy in copies)
    _ask_if_before(row, paper, later)
    holder = {"person": receiver} if _is_named(row) else {"unit": desk.receivers.unit_of(row)}
    remark = "；".join([*filter(None, [row.remarks]), *besides(row, desk.columns)])
    yield from _out_and_back(row, [copy.id for copy in copies], {**holder, "remark": remark})


def _copy_unknown(
    paper: Recorded, text: str, there: Sequence[str], missing: Sequence[str]
) -> Question:
    bound = "|".join([paper.identity, *missing])
    return Question(code="copy_unknown", text=text, choices=tuple(there[:5]), bound=bound)


def _is_named(row: BookRow) -> bool:
    """Whether a person was named, by the book or by an answer; a unit means its keeper."""
    return bool(row.person or row.answered.receiver)


def _ask_if_before(row: BookRow, paper: Recorded, later: date) -> None:
    if row.out_on and row.out_on < later:
        text = f"{paper.reference} 的去向已登记到 {later.isoformat()}，这一行却更早，哪个不对？"
        bound = f"{paper.identity}|{later.isoformat()}"
        raise Asked(Question(code="before_recorded", text=text, bound=bound))


def _enter(row: BookRow, desk: Desk, unit: UUID | None) -> Generator[Step, Receipt, list[UUID]]:
    numbers = row.copies.numbers
    count = len(numbers) or row.count or 1
    told = described(row, desk.columns) | {
        "copies": min(count, PIECE),
        "copy_numbers": "、".join(numbers[:PIECE]),
    }
    if row.kind == "issued":
        step = Step(ISSUE, (), composed(told | {"issued_on": row.issued_on}))
    else:
        received = {
            "issuer": row.issuer,
            "release_level": row.release_level,
            "conveyance": row.conveyance,
            "handling_unit": unit,
            "received_on": row.received_on,
        }
        step = Step(RECEIPT, (), composed(told | received))
    receipt = yield step
    copies = _ids(receipt)
    paper = UUID(receipt.told["paper"])
    more = yield from _number(paper, numbers[PIECE:], count - len(copies))
    return copies + more


def _add_copies(row: BookRow, desk: Desk, paper: Recorded) -> Generator[Step, Receipt, list[UUID]]:
    there = desk.memory.copies_of(paper.id)
    again = [number for number in row.copies.numbers if number in there]
    if again and row.answered.says(AGAIN):
        return (yield from _out_once_more(row, desk, paper))
    if again:
        sentence = (
            f"份号已登记：{few(again)} 已登记在 {paper.reference} 名下，请核对份号；"
            "补记退回请用“补录退回”。"
        )
        raise Denied("copies_taken", sentence, "copy_numbers")
    if not row.copies.numbers and not row.answered.says(SAME):
        text = f"这份文件已登记为 {paper.reference}，这一行没有份号，是另外几份，还是重复登记？"
        choices = ("另外几份", "重复登记")
        bound = paper.identity
        raise Asked(Question(code="paper_again", text=text, choices=choices, bound=bound))
    number = registered_number(row)
    if number and number != paper.reference:
        check_number_is_free(number)
    count = len(row.copies.numbers) or row.count or 1
    copies = yield from _number(paper.id, row.copies.numbers, count)
    day = row.issued_on if row.kind == "issued" else row.received_on
    what = "又发" if row.kind == "issued" else "又收"
    which = f"（{few(row.copies.numbers)}）" if row.copies.numbers else ""
    told = [f"{day or ''} {what} {len(copies)} 份{which}".strip()]
    told += [f"编号 {number}"] if number else []
    told += [*number_as_typed(row), *said(row, desk.columns)]
    yield _remarked(paper, told, "补录旧簿册：同一文件另有若干份")
    return copies


def _out_once_more(
    row: BookRow, desk: Desk, paper: Recorded
) -> Generator[Step, Receipt, list[UUID]]:
    """Copies that are registered, and that a human said went out once more."""
    there = desk.memory.copies_of(paper.id)
    if missing := [number for number in row.copies.numbers if number not in there]:
        sentence = f"{paper.reference} 没有份号 {few(missing)}，请把已登记的和新收的分成两行。"
        raise Denied("copies_taken", sentence, "copy_numbers")
    copies = [there[number] for number in row.copies.numbers]
    _ask_if_before(row, paper, max(copy.since for copy in copies))
    told = [f"又送出 {few(row.copies.numbers)}", *said(row, desk.columns)]
    yield _remarked(paper, told, "补录旧簿册：已登记的份又送出一次")
    return [copy.id for copy in copies]


def _remarked(paper: Recorded, told: Sequence[str], reason: str) -> Step:
    remarks = "；".join([*filter(None, [paper.remarks]), *told])
    return Step(CORRECTION, (paper.id,), composed({"remarks": remarks, "reason": reason}))


def _number(
    paper: UUID, numbers: Sequence[str], count: int
) -> Generator[Step, Receipt, list[UUID]]:
    """Number ``count`` further copies, a piece at a time."""
    copies: list[UUID] = []
    for start in range(0, count, PIECE):
        piece = {
            "copies": min(PIECE, count - start),
            "copy_numbers": "、".join(numbers[start : start + PIECE]),
        }
        copies += _ids((yield Step(MORE_COPIES, (paper,), piece)))
    return copies


def _out_and_back(row: BookRow, copies: Sequence[UUID], given: Mapping[str, Any]) -> Script:
    out = {"went_out_on": row.out_on, "back_on": row.back_on, **given}
    for piece in _pieces(copies):
        yield Step(OUT, piece, composed(out))
    if row.back_on:
        for piece in _pieces(copies):
            yield Step(BACK, piece, {"back_on": row.back_on})


def _pieces(copies: Sequence[UUID]) -> Iterator[tuple[UUID, ...]]:
    for start in range(0, len(copies), PIECE):
        yield tuple(copies[start : start + PIECE])


def _ids(receipt: Receipt) -> list[UUID]:
    return [UUID(each) for each in receipt.told["copies"]]
