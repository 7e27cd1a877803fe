"""``baomi tick``: open the duties that time alone brings, for all days that were missed."""

from __future__ import annotations

import click

from baomi.engine.tick import open_duties
from baomi.entrypoints.cli.answer import Answer
from baomi.entrypoints.cli.faces import Command


@click.command(
    "tick",
    cls=Command,
    help="列出按日期应办的事项，漏过的日子一并补上；重复执行不会重复列出。后台程序每分钟自动做一次。",
)
def command() -> Answer:
    """Open them, and say how many."""
    opened = open_duties()
    sentence = f"新列出应办事项 {opened} 项。" if opened else "没有新的应办事项。"
    return Answer({"opened": opened}, [sentence])
