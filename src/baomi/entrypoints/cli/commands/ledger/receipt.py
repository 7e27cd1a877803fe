"""``baomi ledger receipt``: the receipt of an entry, as it stands on a slip."""

from __future__ import annotations

from uuid import UUID

import click

from baomi.entrypoints.cli.answer import Answer
from baomi.entrypoints.cli.entries import entry, for_auditors, sequence_number
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.session import asker


@click.command(
    "receipt",
    cls=Command,
    help="一条日志的回执（序号:散列值前 16 位），可与单据核对。"
    "本人办理的本人可看；其余由保密员或安全审计员查看。",
)
@click.argument("seq", metavar="序号", help="日志的序号，从 0 起")
@click.option("--as", "as_post", metavar="岗位", help="只限演示机关：以该岗位查看")
def command(*, seq: str, as_post: str | None) -> Answer:
    """``seq:first 16 hex digits of the leaf``."""
    who = asker(as_post)
    number = sequence_number(seq)
    found = entry(number, needed=False)
    if found is None or UUID(bytes=found.actor) != who.id:
        for_auditors(who)
        found = entry(number)
    text = f"{found.seq}:{found.leaf.hex()[:16]}"
    return Answer({"seq": found.seq, "receipt": text}, [text])
