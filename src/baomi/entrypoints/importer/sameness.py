"""Rows of one book that speak of the same entry, the same paper, or perhaps the same paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from baomi.entrypoints.importer.answers import Answers
from baomi.entrypoints.importer.entries import BookRow, Problem, Question, Skipped
from baomi.entrypoints.importer.lines import REPEAT
from baomi.kernel.numbers import loose_key, nearly_same, serial_of
from baomi.kernel.spelling import differ_by_one, fold

_SAME_OR_NOT = ("同一份文件", "两份不同的文件")


@dataclass(slots=True)
class _Seen:
    """What the rows so far have taken: entries, papers, running numbers, and serials."""

    answers: Answers
    entries: dict[str, list[BookRow]] = field(default_factory=dict)
    papers: dict[str, list[BookRow]] = field(default_factory=lambda: defaultdict(list))
    running: dict[tuple[str, tuple[str, int, int]], BookRow] = field(default_factory=dict)
    by_title: dict[tuple[int, str], list[BookRow]] = field(
        default_factory=lambda: defaultdict(list)
    )
    loose: dict[str, BookRow] = field(default_factory=dict)
    by_issuer: dict[tuple[int, str], list[BookRow]] = field(
        default_factory=lambda: defaultdict(list)
    )


def compare_rows(
    rows: Iterable[BookRow], answers: Answers | None = None
) -> tuple[tuple[BookRow, ...], tuple[Skipped, ...]]:
    """The rows with what comparing them brings, and the exact repeats among them.

    Rows with one paper number are one paper when issuer and title agree, else a question stands
    on the later one; numbers nearly the same under one title are asked about, unless
    ``answers`` say it.
    """
    seen = _Seen(answers or Answers())
    kept: list[BookRow] = []
    skipped: list[Skipped] = []
    for row in rows:
        if _is_repeat(seen, row):
            skipped.append(Skipped(sheet=row.sheet, row=row.row, reason=REPEAT))
            continue
        settled = _told_apart(seen, row) if row.answered.declined else _settle(seen, row)
        seen.entries.setdefault(row.content_key, []).append(settled)
        kept.append(settled)
        if settled.refusal is None and not settled.answered.declined:
            _remember(seen, settled)
    return tuple(kept), tuple(skipped)


def _is_repeat(seen: _Seen, row: BookRow) -> bool:
    """The same content is the same entry, but for lines that only their 序号 tells apart."""
    earlier = seen.entries.get(row.content_key, [])
    if not earlier:
        return False
    if row.receiving_number or row.copies.numbers:
        return True
    return any(row.sequence == other.sequence for other in earlier)


def _told_apart(seen: _Seen, row: BookRow) -> BookRow:
    """The row with a content key of its own where an earlier one has the same content."""
    twins = seen.entries.get(row.content_key, ())
    return replace(row, content_key=f"{row.content_key}#{len(twins) + 1}") if twins else row


def _settle(seen: _Seen, row: BookRow) -> BookRow:
    if twins := seen.entries.get(row.content_key):
        again = Question(
            code="same_again",
            text=f"与{_place(twins[0])}内容相同、序号不同，是又收了一次，还是重复登记？",
            choices=("又收了一次", "重复登记"),
        )
        row = _asking(seen, row, (again, twins[0]))
        row = _told_apart(seen, row)
    paper = _first_of_paper(seen, row)
    if paper:
        row = replace(row, same_paper_as=(paper.sheet, paper.row))
        doubts = _doubts_of_one_paper(seen, row, paper)
        row = _asking(seen, row, *((doubt, paper) for doubt in doubts))
    elif row.number and (other := next(iter(seen.papers[row.number.key]), None)):
        if row.kind != "loan" or not _agree(row.title, other.title):
            row = _asking(seen, row, (_same_number(row, other), other))
    else:
        row = _asking(seen, row, *_near_numbers(seen, row))
    return _refuse_taken_number(seen, row)


def _first_of_paper(seen: _Seen, row: BookRow) -> BookRow | None:
    if row.number is None:
        return None
    return next((o for o in seen.papers[row.number.key] if _is_one_paper(row, o)), None)


def _is_one_paper(row: BookRow, other: BookRow) -> bool:
    return _agree(row.title, other.title) and _agree(row.issuer, other.issuer)


def _agree(left: str, right: str) -> bool:
    """Whether two texts are the same but for spelling, or one was left out."""
    return not left or not right or fold(left) == fold(right)


def _doubts_of_one_paper(seen: _Seen, row: BookRow, paper: BookRow) -> list[Question]:
    if row.number is None:
        return []
    doubts = []
    if (row.mark.level_code, row.mark.term) != (paper.mark.level_code, paper.mark.term):
        text = f"与{_place(paper)}是同一份文件，密级或期限却不同，以哪一行为准？"
        doubts.append(Question(code="mark_differs", text=text, choices=("前一行", "这一行")))
    if row.kind == "loan":
        return [*doubts, *_still_out(seen, row)]
    family = [o for o in seen.papers[row.number.key] if _is_one_paper(row, o)]
    taken = {number for other in family for number in other.copies.numbers}
    again = [number for number in row.copies.numbers if number in taken]
    if again:
        text = f"份号 {again[0]} 在{_place(paper)}已经登记过，是又送出了一次，还是重复登记？"
        doubts.append(Question(code="copies_again", text=text, choices=("又送出一次", "重复登记")))
    elif not row.copies.numbers:
        text = f"与{_place(paper)}是同一份文件，又没有份号，是另外几份，还是重复登记？"
        doubts.append(Question(code="paper_again", text=text, choices=("另外几份", "重复登记")))
    return doubts


def _still_out(seen: _Seen, row: BookRow) -> list[Question]:
    """A copy lent while the entry before it still holds it."""
    if row.number is None or row.out_on is None:
        return []
    for other in seen.papers[row.number.key]:
        shared = set(row.copies.numbers) & set(other.copies.numbers)
        began = other.out_on is not None and other.out_on <= row.out_on
        if shared and began and (other.back_on is None or other.back_on > row.out_on):
            text = f"份号 {min(shared)} 这时还在{_place(other)}的人手里，是谁先还、谁后借？"
            return [Question(code="still_out", text=text)]
    return []


def _same_number(row: BookRow, other: BookRow) -> Question:
    differing = [] if _agree(row.title, other.title) else ["标题"]
    differing += [] if _agree(row.issuer, other.issuer) else ["来文机关"]
    but = f"，{'和'.join(differing)}却不同" if differing else ""
    text = f"文号与{_place(other)}相同{but}，是同一份文件吗？"
    return Question(code="same_number", text=text, choices=_SAME_OR_NOT)


def _near_numbers(seen: _Seen, row: BookRow) -> list[tuple[Question, BookRow]]:
    serial = serial_of(row.number_typed)
    if serial is None:
        return []
    loose = loose_key(row.number_typed)
    twin = seen.loose.get(loose or "")
    if twin and (row.number is None or twin.number is None):
        return [(_same_number(row, twin), twin)]
    near = seen.by_title[serial, fold(row.title)] + seen.by_issuer[serial, fold(row.issuer)]
    for other in near:
        if _may_be_one_paper(row, other) and nearly_same(row.number_typed, other.number_typed):
            text = (
                f"文号“{row.number_typed}”与{_place(other)}的“{other.number_typed}”很像，"
                "是同一份文件吗？"
            )
            return [(Question(code="near_number", text=text, choices=_SAME_OR_NOT), other)]
    return []


def _may_be_one_paper(row: BookRow, other: BookRow) -> bool:
    return all(
        _agree(left, right) or differ_by_one(fold(left), fold(right))
        for left, right in ((row.title, other.title), (row.issuer, other.issuer))
    )


def _refuse_taken_number(seen: _Seen, row: BookRow) -> BookRow:
    running = row.receiving_number
    if row.kind == "loan" or not running or not running.key or row.refusal:
        return row
    holder = seen.running.get((row.kind, running.key))
    if holder is None or not _is_other_paper(row, holder):
        return row
    refusal = Problem(
        sheet=row.sheet,
        row=row.row,
        column="",
        code="running_number_taken",
        text=f"编号“{running.typed}”已被{_place(holder)}的另一份文件用去，请核对。",
    )
    return replace(row, refusal=refusal)


def _is_other_paper(row: BookRow, holder: BookRow) -> bool:
    if row.number and holder.number:
        return row.number.key != holder.number.key
    return not _is_one_paper(row, holder)


def _remember(seen: _Seen, row: BookRow) -> None:
    if row.receiving_number and row.receiving_number.key:
        seen.running.setdefault((row.kind, row.receiving_number.key), row)
    if any(question.code == "voided" for question in row.questions):
        return
    if row.number:
        seen.papers[row.number.key].append(row)
    if loose := loose_key(row.number_typed):
        seen.loose.setdefault(loose, row)
    if (serial := serial_of(row.number_typed)) is not None:
        seen.by_title[serial, fold(row.title)].append(row)
        seen.by_issuer[serial, fold(row.issuer)].append(row)


def _asking(seen: _Seen, row: BookRow, *doubts: tuple[Question, BookRow]) -> BookRow:
    """The row with these questions about it and another row, or with what was answered."""
    for question, other in doubts:
        row = seen.answers.settle(row, question, other)
    return row


def _place(row: BookRow) -> str:
    return f"“{row.sheet}”第 {row.row} 行" if row.sheet else f"第 {row.row} 行"
