"""What is said at the end of an import, and its problems gathered where they are the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from baomi.entrypoints.importer.entries import Problem
from baomi.entrypoints.importer.tally import KNOWN, Result

_MOST_ROWS = 12


@dataclass(slots=True, kw_only=True)
class Gathered:
    """One problem, and everywhere that it stands: (sheet, row); row None for a whole sheet."""

    column: str
    text: str
    places: list[tuple[str, int | None]] = field(default_factory=list)

    @property
    def sheet(self) -> str:
        """The sheets, in order."""
        return "、".join(dict.fromkeys(sheet for sheet, _ in self.places))

    @property
    def rows(self) -> str:
        """The rows, each with its sheet where there are several; the first of many."""
        several = len({sheet for sheet, _ in self.places}) > 1
        named = [
            f"{sheet}!{row}" if several else str(row)
            for sheet, row in self.places
            if row is not None
        ]
        more = f"等 {len(named)} 行" if len(named) > _MOST_ROWS else ""
        return "、".join(named[:_MOST_ROWS]) + more

    @property
    def sentence(self) -> str:
        """The problem, with the count of rows where there are several."""
        if len(self.places) == 1:
            return self.text
        counted = "个工作表" if self.places[0][1] is None else "行"
        return f"（{len(self.places)} {counted}）{self.text}"


def gathered(problems: Iterable[Problem]) -> Sequence[Gathered]:
    """The problems in their order, the same one told once with all its rows."""
    found: dict[tuple[str, str, str, bool], Gathered] = {}
    for each in problems:
        key = (each.column, each.code, each.text, each.row is None)
        one = found.setdefault(key, Gathered(column=each.column, text=each.text))
        one.places.append((each.sheet, each.row))
    return tuple(found.values())


def closing(result: Result) -> str:
    """What an import did, and what is left to do, in one sentence."""
    done = f"登记了 {result.done} 行（文件 {result.papers} 件，{result.copies} 份）"
    known = result.skipped_because.get(KNOWN, 0)
    before = f"，另有 {known} 行以前已登记，没有重复登记" if known else ""
    if not result.questions and not result.refused:
        return f"{done}{before}；没有疑问，也没有拒收。"
    return (
        f"{done}{before}；有疑问 {result.questions} 行、拒收 {result.refused} 行，"
        "处理后再次导入即可，已登记的不会重复。"
    )
