"""``baomi ledger show``: one entry's head, never its content."""

from __future__ import annotations

from uuid import UUID

import click

from baomi.entrypoints.cli.answer import Answer
from baomi.entrypoints.cli.entries import entry, for_auditors, sequence_number
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.session import asker
from baomi.kernel.clock import OFFICE_TIME, instant


@click.command(
    "show",
    cls=Command,
    help="查看一条日志的头部：种类、时间、办理人编号、操作编号、散列值。"
    "不显示内容。由保密员或安全审计员查看。",
)
@click.argument("seq", metavar="序号", help="日志的序号，从 0 起")
@click.option("--as", "as_post", metavar="岗位", help="只限演示机关：以该岗位查看")
def command(*, seq: str, as_post: str | None) -> Answer:
    """Kind, time, actor, operation and leaf of one entry."""
    who = asker(as_post)
    for_auditors(who)
    found = entry(sequence_number(seq))
    when = instant(found.time_us).astimezone(OFFICE_TIME)
    data = {
        "seq": found.seq,
        "kind": found.kind,
        "time": when.isoformat(),
        "actor": str(UUID(bytes=found.actor)),
        "op": str(UUID(bytes=found.op_id)),
        "leaf": found.leaf.hex(),
    }
    titles = {"seq": "序号", "kind": "种类", "time": "时间", "actor": "办理人", "op": "操作编号"}
    return Answer(data, [f"{titles.get(key, '散列值')}：{value}" for key, value in data.items()])
