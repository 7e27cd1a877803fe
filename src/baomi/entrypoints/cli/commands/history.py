"""``baomi history``: where a copy has been, movement by movement, each with its receipt."""

from __future__ import annotations

import click

from baomi.engine.face.history import history_of_copy
from baomi.engine.face.reading import pick
from baomi.entrypoints.cli.answer import Answer
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.grid import Grid
from baomi.entrypoints.cli.listing import Listed
from baomi.entrypoints.cli.session import asker

COPY = "custody.copy"


@click.command("history", cls=Command, help="一份载体的流转经过：每一次交接、时间、经办人和回执。")
@click.argument("copy", metavar="份", help="份号标签，或 收文编号/份号")
@click.option("--as", "as_post", metavar="岗位[@单位]", help="只限演示机关：以该岗位查看")
def command(*, copy: str, as_post: str | None) -> Answer:
    """Every movement, oldest first."""
    who = asker(as_post)
    told = history_of_copy(who.person, who.terms, pick(who.person, COPY, copy))
    found = Listed("custody.history", told.columns, told.rows)
    return Answer(found.as_data(), [Grid(found.head, found.as_text())])
