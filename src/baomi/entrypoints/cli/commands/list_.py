"""``baomi list``: a register, as far as one may see it."""

from __future__ import annotations

from collections.abc import Iterator

import click

from baomi.engine.face.reading import books
from baomi.entrypoints.cli import listing
from baomi.entrypoints.cli.answer import Answer, Shown
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.grid import Grid
from baomi.entrypoints.cli.session import asker


@click.command("list", cls=Command, help="查看一本台账中自己有权看到的内容；不写台账则列出有哪些。")
@click.argument("name", metavar="[台账]", required=False, help="如 custody.copy、duties.duty")
@click.option("--mine", is_flag=True, help="只看由本人负责或持有的")
@click.option("--overdue", is_flag=True, help="只看逾期的")
@click.option("--as", "as_post", metavar="岗位[@单位]", help="只限演示机关：以该岗位查看")
def command(*, name: str | None, mine: bool, overdue: bool, as_post: str | None) -> Answer:
    """The rows, narrowed where it was asked."""
    if name is None:
        return Answer(list(books()), ["可查看的台账：", *_titles()])
    who = asker(as_post)
    filters = listing.asked(name, mine=mine, overdue=overdue)
    found = listing.read(name, who, observed="listed", filters=filters)
    text: list[str | Shown] = [Grid(found.head, found.as_text()), f"共 {len(found.rows)} 行。"]
    return Answer(found.as_data(), text)


def _titles() -> Iterator[str]:
    width = max(map(len, books()))
    return (f"  {name:{width}}  {each.title}" for name, each in books().items())
