"""``baomi ask``: ask for the approval of exactly this deed."""

from __future__ import annotations

import click

from baomi.engine.approving import instead_of_doing
from baomi.engine.face.asking import with_choices
from baomi.engine.face.reading import pick
from baomi.engine.inputs import InvalidInputs
from baomi.engine.perform import perform
from baomi.entrypoints.cli.answer import Answer
from baomi.entrypoints.cli.commands.act import done, refused
from baomi.entrypoints.cli.deed import Wanted, action_named, deed_options, request_of
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.session import asker
from baomi.kernel.verdict import Refused


@click.command(
    "ask",
    cls=Command,
    help="报批：把要办的事照办理时的内容报请批准，批准后照原内容办理。要填的与 baomi act 相同。",
)
@deed_options
@click.option("--why", metavar="理由", required=True, help="为什么需要办，不写文件标题")
@click.option("--again", metavar="报批单", help="退回修改后重新报批：原来的报批单号")
@click.option("--op", metavar="编号", help="操作编号（UUID）：同一编号再次报批，只得到原来的回执")
def command(
    *,
    name: str,
    targets: tuple[str, ...],
    settings: tuple[str, ...],
    file: str | None,
    on: str | None,
    reason: str,
    as_post: str | None,
    why: str,
    again: str | None,
    op: str | None,
) -> Answer:
    """Ask and print the receipt; what speaks against the deed itself refuses, exit code 3."""
    who = asker(as_post)
    wanted = Wanted(
        name=name, targets=targets, settings=settings, file=file, op=op, on=on, reason=reason
    )
    action = action_named(name)
    earlier = pick(who.person, "approvals.request", again) if again else None
    try:
        asked = instead_of_doing(request_of(wanted, who), why=why, again_of=earlier)
        receipt = perform(asked)
    except InvalidInputs as wrong:
        raise with_choices(action, who.terms, wrong) from None
    except Refused as no:
        return refused(no, who)
    return done(receipt, who, f"报批“{action.title}”")
