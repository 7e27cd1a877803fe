"""``baomi history``: where a copy has been, movement by movement, each with its receipt."""

from __future__ import annotations

import click

from baomi.engine.face.reading import pick
from baomi.engine.receipts import Behind, behind_movements
from baomi.engine.snapshot import snapshot
from baomi.entrypoints.cli.answer import Answer
from baomi.entrypoints.cli.entries import MAY_SEE
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.grid import Grid
from baomi.entrypoints.cli.listing import Listed
from baomi.entrypoints.cli.session import Asker, asker
from baomi.kernel.clock import OFFICE_TIME, instant
from baomi.registers.custody import reads

COPY = "custody.copy"


@click.command("history", cls=Command, help="一份载体的流转经过：每一次交接、时间、经办人和回执。")
@click.argument("copy", metavar="份", help="份号标签，或 收文编号/份号")
@click.option("--as", "as_post", metavar="岗位[@单位]", help="只限演示机关：以该岗位查看")
def command(*, copy: str, as_post: str | None) -> Answer:
    """Every movement, oldest first."""
    who = asker(as_post)
    key = pick(who.person, COPY, copy)
    with snapshot():
        told = reads.history(who.person, key)
        behind = behind_movements(who.person, key)
    columns = (("time", "登记时间"), ("receipt", "回执"), *told.columns)
    rows = tuple(
        (_time(one.at_us), _receipt(one, who), *row)
        for one, row in zip(behind, told.rows, strict=True)
    )
    found = Listed("custody.history", columns, rows)
    return Answer(found.as_data(), [Grid(found.head, found.as_text())])


def _time(at_us: int) -> str:
    return f"{instant(at_us).astimezone(OFFICE_TIME):%Y-%m-%d %H:%M}"


def _receipt(one: Behind, who: Asker) -> str:
    """Positions in the ledger are for registrar and auditor, and for whose deed it was."""
    if one.actor == who.id or who.person.posts & MAY_SEE:
        return one.receipt or "（日志中查不到）"
    return ""
