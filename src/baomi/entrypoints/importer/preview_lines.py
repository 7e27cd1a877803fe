"""The preview row by row: what becomes of each physical row of a book, in words without a title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from baomi.entrypoints.importer.book import Book
from baomi.entrypoints.importer.entries import BookRow, Problem, Skipped
from baomi.entrypoints.importer.foretelling import Foretelling
from baomi.entrypoints.importer.lines import BLANK, HEADER, NOTE, REPEAT, TITLE, TOTAL
from baomi.entrypoints.importer.readings import readings_of
from baomi.entrypoints.importer.tally import FATES, Fate, Outcome, PreviewLine

HEAD = ("工作表", "行", "怎样登记", "内容", "原因", "读法")

_FATE_OF = {
    Fate.DONE: "done",
    Fate.KNOWN: "known",
    Fate.DECLINED: "skipped",
    Fate.ASKED: "question",
    Fate.REFUSED: "refused",
}
_BECAUSE = {
    TITLE: "标题行或页次",
    HEADER: "表头",
    BLANK: "空行",
    TOTAL: "合计行",
    NOTE: "说明或签署",
    REPEAT: "与本簿前面某一行完全相同",
}
_KNOWN = "以前已经登记，不重复登记"
_DECLINED = "已回答“不登记”"
_SHORTEST_TITLE = 2


def preview_lines(
    book: Book, outcomes: Sequence[Outcome], foretelling: Foretelling
) -> tuple[PreviewLine, ...]:
    """Every physical row of the book once, in its order. ``outcomes``: of the book's rows."""
    order = {name: place for place, name in enumerate(book.sheets)}
    lines = [
        *(_passed(each) for each in book.skipped),
        *_refused(book.problems),
        *(
            _entry(row, outcome, book, foretelling)
            for row, outcome in zip(book.rows, outcomes, strict=True)
        ),
    ]
    return tuple(sorted(lines, key=lambda line: (order[line.sheet], line.row)))


def cells_of(line: PreviewLine) -> tuple[str | int, ...]:
    """The line as cells below ``HEAD``."""
    readings = "；".join(f"{each.column} {each.read} ← {each.typed}" for each in line.readings)
    return line.sheet, line.row, FATES[line.fate], line.text, line.reason, readings


def _passed(line: Skipped) -> PreviewLine:
    return PreviewLine(
        sheet=line.sheet, row=line.row, fate="skipped", reason=_BECAUSE[line.reason], text=""
    )


def _refused(problems: Sequence[Problem]) -> Iterator[PreviewLine]:
    for each in problems:
        if each.row is not None:
            yield PreviewLine(
                sheet=each.sheet, row=each.row, fate="refused", reason=each.text, text=""
            )


def _entry(row: BookRow, outcome: Outcome, book: Book, foretelling: Foretelling) -> PreviewLine:
    told = outcome.row or row
    is_done = outcome.fate is Fate.DONE
    text = foretelling.done(told, outcome.actions) if is_done else foretelling.named(told)
    return PreviewLine(
        sheet=row.sheet,
        row=row.row,
        fate=_FATE_OF[outcome.fate],
        reason=_without_title(_reason(outcome), row),
        text=text,
        readings=readings_of(told, book.columns.get(row.sheet, ())),
    )


def _reason(outcome: Outcome) -> str:
    said: Mapping[Fate, str] = {Fate.KNOWN: _KNOWN, Fate.DECLINED: _DECLINED}
    return said.get(outcome.fate, "；".join(each.text for each in outcome.problems))


def _without_title(text: str, row: BookRow) -> str:
    if len(row.title) < _SHORTEST_TITLE:
        return text
    return text.replace(row.title, "（标题）")
