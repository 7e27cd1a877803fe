"""``baomi ledger checkpoint``: seal now, and print the note to be taken away."""

from __future__ import annotations

import click

from baomi.engine import home
from baomi.engine.sealer import seal_now
from baomi.entrypoints.cli.answer import Answer
from baomi.entrypoints.cli.entries import note_of
from baomi.entrypoints.cli.faces import Command


@click.command(
    "checkpoint",
    cls=Command,
    help="立即封存，并显示封存内容：请审计员抄存或打印带走，日后校验时作为外存的凭据。",
)
def command() -> Answer:
    """Sign the ledger's root; refused where an entry's check code is wrong."""
    home.open_office()
    written = seal_now()
    note = note_of(written.seq)
    data = {"seq": written.seq, "receipt": written.receipt, "note": note}
    return Answer(data, [note.rstrip("\n")])
