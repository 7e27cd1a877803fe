"""``baomi duties``: what is owed today, and what is overdue."""

from __future__ import annotations

import click

from baomi.entrypoints.cli import listing
from baomi.entrypoints.cli.answer import Answer
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.grid import Grid
from baomi.entrypoints.cli.session import asker
from baomi.registers.filters import YES


@click.command("duties", cls=Command, help="应办事项：本人应办的，逾期的写明逾期几天。")
@click.option("--all", "everybodys", is_flag=True, help="自己有权看到的全部，不只本人的")
@click.option("--as", "as_post", metavar="岗位[@单位]", help="只限演示机关：以该岗位查看")
def command(*, everybodys: bool, as_post: str | None) -> Answer:
    """One's own duties, or all that one may see."""
    who = asker(as_post)
    filters = {"state": "open"} | ({} if everybodys else {listing.MINE: YES})
    found = listing.read(listing.DUTIES, who, observed="listed", filters=filters)
    if not found.rows:
        return Answer([], ["没有应办事项。"])
    return Answer(found.as_data(), [Grid(found.head, found.as_text())])
