"""``baomi coverage``: which code carries which clause, and what has shown it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import click

from baomi.engine import matrix
from baomi.engine.clauses.listed import STATUS
from baomi.engine.face.wording import control_title
from baomi.engine.proof import coverage_file
from baomi.entrypoints.cli.answer import Answer, Shown
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.grid import Grid
from baomi.rulebook.text import load_text

_GZ_PART = re.compile(r"GZ\d+(\.\d+)?")
UNMEASURED = (
    "尚未实测：没有 docs/reference/coverage.json，所以没有一项能显示为“已证明”。"
    "在程序的源码目录执行 make test，测完即有。"
)
DOORS = "“已证明”由完整测试实测得出：网页、接口、命令行三处都见过合规的通过、违规的被拦下。"


@click.command(
    "coverage",
    cls=Command,
    help="每一条制度由哪段程序落实、状态如何：尚未落实、已声明、已约束、已证明、豁免。",
)
@click.option("--clauses", metavar="条款,…", help="只看这些条款及其下的内容，如 GZ2.3,DM")
def command(*, clauses: str | None) -> Answer:
    """Every control of every clause, or of those under some headings."""
    rows = matrix.rows() if clauses is None else matrix.under(clauses)
    data = [
        {
            "clause": row.clause,
            "control": f"{row.kind} {row.control}",
            "status": row.status,
            "where": row.where,
            "actions": list(row.actions),
            "tests": list(row.tests),
        }
        for row in rows
    ]
    text: list[str | Shown] = [_summary(rows)]
    if clauses is not None:
        text.append(_each(rows))
    measured = coverage_file().exists()
    return Answer(data, [*text, DOORS] if measured else [*text, UNMEASURED])


def _heading(clause: str) -> str:
    """The part of the rulebook that a clause stands in: GZ2.3, CW, DM, beyond."""
    text = load_text().by_id.get(clause)
    if text is None:
        return "（本程序补充）"
    if text.system == "GZ" and (found := _GZ_PART.match(clause)):
        return found[0]
    return f"{text.system} {load_text().title_of(text.system)}"


def _summary(rows: Sequence[matrix.Row]) -> Grid:
    counted: dict[str, Counter[str]] = {}
    for row in rows:
        counted.setdefault(_heading(row.clause), Counter())[row.status] += 1
    lines = [
        (heading, *(str(count[status]) for status in STATUS), str(count.total()))
        for heading, count in counted.items()
    ]
    total = Counter(row.status for row in rows)
    lines.append(("合计", *(str(total[status]) for status in STATUS), str(len(rows))))
    return Grid(("部分", *STATUS.values(), "合计"), lines)


def _each(rows: Sequence[matrix.Row]) -> Grid:
    return Grid(
        ("条款", "方式", "控制", "状态", "程序位置", "约束的事项"),
        [
            (
                row.clause,
                control_title(row.kind),
                row.what,
                STATUS[row.status],
                row.where,
                "、".join(row.actions),
            )
            for row in rows
        ],
    )
