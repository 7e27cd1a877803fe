"""``baomi calendar``: a month's days off and one's own due days, also as an iCalendar file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from baomi.engine.face.icalendar_file import own_due_days
from baomi.engine.face.month import Cell, Month, as_told, month_asked, month_of
from baomi.entrypoints.cli import sheet
from baomi.entrypoints.cli.answer import Answer, Shown, Stop
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.grid import Grid
from baomi.entrypoints.cli.session import asker
from baomi.kernel.calendar import UNCERTAIN
from baomi.kernel.verdict import BadInput

WEEK = [f"周{day}" for day in "一二三四五六日"]


@click.command(
    "calendar",
    cls=Command,
    help="一个月的放假、上班安排和本人应办项数。--ics 把本人未办事项的日期写成日历文件"
    "（只有日期、项数和条款编号），不覆盖已有文件。",
)
@click.option("--month", metavar="月份", default="", help="如 2026-11；不写：本月")
@click.option("--ics", metavar="文件", help="写到哪里：文件.ics")
@click.option("--as", "as_post", metavar="岗位[@单位]", help="只限演示机关：以该岗位查看")
def command(*, month: str, ics: str | None, as_post: str | None) -> Answer:
    """A month, or the file."""
    who = asker(as_post)
    if ics is not None:
        with sheet.new_file(Path(ics), (".ics",)) as file:
            file.write(own_due_days(who.person))
        return Answer({"file": ics}, [f"已写到 {ics}。"])
    try:
        first = month_asked(month)
    except BadInput as fault:
        raise Stop(fault.sentence) from None
    shown = month_of(who.person, who.terms, first)
    return Answer(as_told(shown), list(_text(shown)))


def _text(month: Month) -> Iterator[str | Shown]:
    weeks = [[_cell(cell) for cell in week] for week in month.weeks]
    yield Grid(WEEK, weeks, title=f"{month.first.year} 年 {month.first.month} 月")
    for cell in month.days:
        for each in cell.owed:
            doubt = f"（{UNCERTAIN}）" if each.is_uncertain else ""
            yield f"{cell.day.isoformat()}  {each.title} {each.count} 项{doubt}"
    if month.overdue:
        yield f"本人逾期未办 {month.overdue} 项：见 baomi duties。"
    if not month.year.is_known:
        yield f"{month.year.year} 年放假安排尚未登记：工作日暂按周一至周五推算。"
    else:
        yield f"放假安排的依据：{month.year.source}"


def _cell(cell: Cell) -> str:
    if not cell.is_within:
        return ""
    owed = f"应办{cell.count}" if cell.count else ""
    return " ".join(part for part in (str(cell.day.day), cell.word, cell.before, owed) if part)
