"""``baomi upgrade``: bring an office's databases up to this program."""

from __future__ import annotations

import click

from baomi.engine import home, identity_index
from baomi.engine.checks import check_start
from baomi.engine.live import LiveLedger
from baomi.engine.pen import NotFounded
from baomi.entrypoints.cli.answer import Answer
from baomi.entrypoints.cli.faces import Command


@click.command(
    "upgrade",
    cls=Command,
    help="程序更新后运行：先核对台账，再更新数据库结构，并把结构的变动记入日志。请先做好备份。",
)
def command() -> Answer:
    """Check the head, apply the migrations, and say what happened."""
    if home.stage() is not home.Stage.FOUNDED:
        raise NotFounded
    home.set_clock()
    check_start()
    before = LiveLedger().size
    applied = home.migrate()
    check_start()
    identity_index.complete()
    entries = LiveLedger().size - before
    if not applied:
        return Answer({"applied": [], "entries": 0}, ["数据库结构已是最新，没有改动。"])
    text = ["更新完毕：", *(f"  {name}" for name in applied), f"日志新增 {entries} 条。"]
    return Answer({"applied": list(applied), "entries": entries}, text)
