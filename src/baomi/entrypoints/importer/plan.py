"""The deeds that one entry of a book tells: received, numbered, given out, taken back.

An entry is told as a script: it names a deed, is handed the deed's receipt, and names the next.
What only a human can say stops it with ``Asked``, what cannot be true with ``Denied``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from baomi.engine.request import Receipt
from baomi.entrypoints.importer.entries import BookRow, Question
from baomi.entrypoints.importer.headers import Column
from baomi.entrypoints.importer.memory import Memory, Recorded, agree
from baomi.entrypoints.importer.people import Receivers
from baomi.kernel.marks import Term
from baomi.kernel.words import Level

RECEIPT = "custody.record_past_receipt"
MORE_COPIES = "custody.number_copies"
CORRECTION = "custody.correct_paper"
OUT = "custody.record_past_hand_over"
BACK = "custody.record_past_return"
PIECE = 200  # copies in one deed: each is a row, its movement and perhaps its duty
_TAKEN = frozenset(
    {
        *("sequence", "received_on", "issuer", "number", "title", "level", "term", "count"),
        *("copy_numbers", "receiving_number", "unit", "person", "out_on", "back_on"),
        *("release_level", "conveyance", "remarks"),
    }
)
_SAME_OR_NOT = ("同一份文件", "两份不同的文件")


@dataclass(frozen=True, slots=True)
class Step:
    """One deed of an entry: an action, its targets and inputs."""

    action: str
    targets: tuple[UUID, ...]
    inputs: Mapping[str, Any]


Script = Generator[Step, Receipt, None]


class Asked(Exception):
    """Only a human can say what the entry means."""

    def __init__(self, question: Question) -> None:
        self.question = question
        super().__init__(question.code)


class Denied(Exception):
    """What the entry says cannot be true beside what is recorded. ``field``: where it says so."""

    def __init__(self, code: str, sentence: str, field: str) -> None:
        self.code = code
        self.sentence = sentence
        self.field = field
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Desk:
    """What is known besides the entry: the registers, the people, the book's columns by sheet."""

    memory: Memory
    receivers: Receivers
    columns: Mapping[str, Sequence[Column]]

    def besides(self, row: BookRow) -> list[str]:
        """What the entry says in columns that no deed takes, as typed: 传递方式 机要交通."""
        taken = _TAKEN if row.out_on else _TAKEN - {"person", "back_on"}
        columns = self.columns.get(row.sheet, ())
        kept = (c.heading for c in columns if c.field and c.field not in taken)
        return [f"{heading} {row.typed[heading]}" for heading in kept if row.typed.get(heading)]


def script_of(row: BookRow, desk: Desk) -> Script:
    """The deeds of an entry, one after the other. Raises ``Asked`` and ``Denied``."""
    if row.kind == "loan":
        return _lent(row, desk)
    if row.kind == "issued":
        text = "这是本机关的发文，发文的补录尚未开放，这一行没有记入；请先照旧保存原簿册。"
        raise Asked(Question(code="issued_book", text=text))
    return _received(row, desk)


def _received(row: BookRow, desk: Desk) -> Script:
    unit = desk.receivers.unit_of(row)
    if isinstance(unit, Question):
        raise Asked(unit)
    receiver = desk.receivers.receiver_of(row) if row.out_on else None
    if isinstance(receiver, Question):
        raise Asked(receiver)
    paper = _recorded(row, desk.memory)
    if paper is None:
        copies = yield from _enter(row, desk, unit)
    else:
        copies = yield from _add_copies(row, desk, paper)
    if receiver is not None:
        holder = {"person": receiver} if row.person else {"unit": unit}
        yield from _out_and_back(row, copies, holder)


def _lent(row: BookRow, desk: Desk) -> Script:
    receiver = desk.receivers.receiver_of(row)
    if isinstance(receiver, Question):
        raise Asked(receiver)
    paper = _recorded(row, desk.memory)
    if paper is None:
        text = "登记簿里还没有这份文件，请先导入收文登记簿，或核对文号和标题。"
        raise Asked(Question(code="paper_unknown", text=text))
    there = desk.memory.copies_of(paper.id)
    missing = [number for number in row.copies.numbers if number not in there]
    if missing or not row.copies.numbers:
        which = f"没有份号 {'、'.join(missing[:5])}" if missing else "借的是哪一份没有写"
        text = f"{paper.reference} {which}，已登记的份号是：{_few(sorted(there))}。"
        raise Asked(Question(code="copy_unknown", text=text, choices=tuple(sorted(there)[:5])))
    copies = [there[number] for number in row.copies.numbers]
    later = max(copy.since for copy in copies)
    if row.out_on and row.out_on < later:
        text = f"{paper.reference} 的去向已登记到 {later.isoformat()}，这一行却更早，哪个不对？"
        raise Asked(Question(code="before_recorded", text=text))
    holder = {"person": receiver} if row.person else {"unit": desk.receivers.unit_of(row)}
    remark = "；".join([*filter(None, [row.remarks]), *desk.besides(row)])
    yield from _out_and_back(row, [copy.id for copy in copies], {**holder, "remark": remark})


def _recorded(row: BookRow, memory: Memory) -> Recorded | None:
    """The paper of the entry, if it is recorded. Raises ``Asked`` when that cannot be told."""
    known = memory.of_number(row.number.key) if row.number else ()
    same = [each for each in known if agree(row.title, each.title)]
    same = [each for each in same if agree(row.issuer, each.issuer)]
    if len(same) == 1:
        _compare_marks(row, same[0])
        return same[0]
    if known:
        listed = "、".join(each.reference for each in (same or known)[:5])
        text = f"文号与已登记的 {listed} 相同，是同一份文件吗？标题或来文机关不同，请核对。"
        raise Asked(Question(code="same_number", text=text, choices=_SAME_OR_NOT))
    if near := memory.near_number(row):
        text = (
            f"文号“{row.number_typed}”与已登记的 {near.reference}（{near.number}）很像，"
            "是同一份文件吗？"
        )
        raise Asked(Question(code="near_number", text=text, choices=_SAME_OR_NOT))
    return None


def _compare_marks(row: BookRow, paper: Recorded) -> None:
    """A term that only one of the two states is no contradiction; nor is a loan without a level."""
    code = {"work_secret": "internal"}.get(row.mark.level_code, row.mark.level_code)
    level = Level.of(code) if code != "none" else None
    if level is None and row.kind == "loan":
        return
    stated = (row.mark.term.kind, row.mark.term.value) if row.mark.term else None
    if level != paper.level or (stated and paper.term and _other_length(stated, paper.term)):
        text = f"与已登记的 {paper.reference} 是同一份文件，密级或期限却不同，以哪一个为准？"
        choices = ("已登记的", "这一行")
        raise Asked(Question(code="mark_differs", text=text, choices=choices))


def _other_length(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return _months(Term(kind=one[0], value=one[1])) != _months(Term(kind=other[0], value=other[1]))


def _months(term: Term) -> tuple[str, str]:
    if term.kind == "years":
        return "months", str(int(term.value) * 12)
    return term.kind, term.value


def _enter(row: BookRow, desk: Desk, unit: UUID | None) -> Generator[Step, Receipt, list[UUID]]:
    level, _, term = row.mark.typed.partition("|")
    numbers = row.copies.numbers
    count = len(numbers) or row.count or 1
    told = [*filter(None, [row.remarks]), *desk.besides(row), *_number_as_typed(row)]
    receipt = yield Step(
        RECEIPT,
        (),
        _composed(
            {
                "issuer": row.issuer,
                "number": row.number_typed,
                "title": row.title,
                "level": level,
                "term": term,
                "copies": min(count, PIECE),
                "copy_numbers": "、".join(numbers[:PIECE]),
                "release_level": row.release_level,
                "conveyance": row.conveyance,
                "handling_unit": unit,
                "remarks": "；".join(told),
                "registered_number": _registered_number(row),
                "received_on": row.received_on,
            }
        ),
    )
    copies = _ids(receipt)
    paper = UUID(receipt.told["paper"])
    more = yield from _number(paper, numbers[PIECE:], count - len(copies))
    return copies + more


def _add_copies(row: BookRow, desk: Desk, paper: Recorded) -> Generator[Step, Receipt, list[UUID]]:
    there = desk.memory.copies_of(paper.id)
    again = [number for number in row.copies.numbers if number in there]
    if again:
        sentence = (
            f"份号已登记：{_few(again)} 已登记在 {paper.reference} 名下，请核对份号；"
            "补记退回请用“补录退回”。"
        )
        raise Denied("copies_taken", sentence, "copy_numbers")
    if not row.copies.numbers:
        text = f"这份文件已登记为 {paper.reference}，这一行没有份号，是另外几份，还是重复登记？"
        raise Asked(Question(code="paper_again", text=text, choices=("另外几份", "重复登记")))
    copies = yield from _number(paper.id, row.copies.numbers, len(row.copies.numbers))
    day = row.received_on.isoformat() if row.received_on else ""
    told = [f"{day} 又收 {len(copies)} 份（{_few(row.copies.numbers)}）", *_number_as_typed(row)]
    told += [*filter(None, [row.remarks]), *desk.besides(row)]
    remarks = "；".join([*filter(None, [paper.remarks]), *told])
    yield Step(
        CORRECTION,
        (paper.id,),
        _composed({"remarks": remarks, "reason": "补录旧簿册：同一文件又收到若干份"}),
    )
    return copies


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
        yield Step(OUT, piece, _composed(out))
    if row.back_on:
        for piece in _pieces(copies):
            yield Step(BACK, piece, {"back_on": row.back_on})


def _pieces(copies: Sequence[UUID]) -> Iterator[tuple[UUID, ...]]:
    for start in range(0, len(copies), PIECE):
        yield tuple(copies[start : start + PIECE])


def _ids(receipt: Receipt) -> list[UUID]:
    return [UUID(each) for each in receipt.told["copies"]]


def _registered_number(row: BookRow) -> str:
    """The book's running number with its year, so that it stands in its own series."""
    running = row.receiving_number
    if running is None or running.key is None:
        return ""
    series, year, serial = running.key
    return f"{series}{year}-{serial:03d}"


def _number_as_typed(row: BookRow) -> list[str]:
    """The running number as it was typed, where its series writes it otherwise."""
    running = row.receiving_number
    if running is None or running.typed == _registered_number(row):
        return []
    return [f"簿册编号 {running.typed}"]


def _few(numbers: Sequence[str]) -> str:
    return "、".join(numbers[:5]) + (f" 等 {len(numbers)} 个" if len(numbers) > 5 else "")


def _composed(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Texts in composed form (NFC), as the ledger demands."""
    return {
        name: unicodedata.normalize("NFC", value) if isinstance(value, str) else value
        for name, value in inputs.items()
    }
