"""``baomi act``: do one deed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import click

from baomi.engine import second_person
from baomi.engine.face import wording
from baomi.engine.face.described import choices_told
from baomi.engine.perform import perform
from baomi.engine.request import Receipt
from baomi.entrypoints.cli.answer import Answer, ExitCode
from baomi.entrypoints.cli.ask import SECOND_PASSWORD_FILE, ask_password
from baomi.entrypoints.cli.deed import Wanted, action_named, deed_options, request_to_do
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.receipts import told_data, told_lines
from baomi.entrypoints.cli.session import Asker, asker
from baomi.kernel.verdict import Refused


@click.command(
    "act",
    cls=Command,
    help="办理一件事：依据制度判断，办理，记入日志，三者同时成立。不准办的，说明依据哪一条、"
    "怎样才能办，退出码 3。",
)
@deed_options
@click.option("--op", metavar="编号", help="操作编号（UUID）：同一编号再次办理，只得到原来的回执")
@click.option("--second", metavar="登录名", help="须有第二人在场的事：第二人的登录名，另问其口令")
def command(
    *,
    name: str,
    targets: tuple[str, ...],
    settings: tuple[str, ...],
    file: str | None,
    on: str | None,
    reason: str,
    as_post: str | None,
    op: str | None,
    second: str | None,
) -> Answer:
    """Do it and print the receipt; a refusal is worded for the asker, exit code 3."""
    who = asker(as_post)
    wanted = Wanted(
        name=name, targets=targets, settings=settings, file=file, op=op, on=on, reason=reason
    )
    request = request_to_do(wanted, who, second=_second(second, who))
    action = action_named(name)
    try:
        with choices_told(action, who.terms):
            receipt = perform(request)
    except Refused as no:
        return refused(no, who)
    return done(receipt, who, action.title)


def _second(login: str | None, who: Asker) -> UUID | None:
    if login is None:
        return None
    password = ask_password("第二人的口令", SECOND_PASSWORD_FILE)
    return second_person.confirmed_by(login, password, actor=who.id)


def refused(no: Refused, who: Asker) -> Answer:
    """A refusal, worded for the asker; exit code 3."""
    told = wording.as_data(no.verdict.refusals, who.person)
    return Answer({"refused": told}, ["不准办理。", *wording.as_lines(told)], ExitCode.REFUSED)


def done(receipt: Receipt, who: Asker, title: str) -> Answer:
    """What was done, with its receipt."""
    notes = wording.as_data(receipt.notes, who.person)
    data: dict[str, Any] = {
        "receipt": receipt.text,
        "seq": receipt.seq,
        "op": str(receipt.op_id),
        "told": told_data(receipt.told),
        "notes": notes,
    }
    text = [f"已办理：{title}。回执 {receipt.text}"]
    text += [f"  {line}" for line in told_lines(receipt.told)]
    text += [f"  注：{each['clause']} {each['reason']}" for each in notes]
    return Answer(data, text)
