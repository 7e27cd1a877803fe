"""``baomi passwd``: change one's own password."""

from __future__ import annotations

import click

from baomi.engine import home, login
from baomi.engine.perform import perform
from baomi.engine.request import Request
from baomi.entrypoints.cli import session
from baomi.entrypoints.cli.answer import Answer, Stop
from baomi.entrypoints.cli.ask import NEW_PASSWORD_FILE, PASSWORD_FILE, ask_password
from baomi.entrypoints.cli.faces import Command
from baomi.kernel.ids import new_id
from baomi.kernel.words import Door


@click.command(
    "passwd",
    cls=Command,
    help="修改本人口令；首次登录（一次性口令）后必须先办。新口令输入两遍；"
    "也可把原口令和新口令写入文件，用 BAOMI_PASSWORD_FILE、BAOMI_NEW_PASSWORD_FILE 指明。",
)
def command() -> Answer:
    """The old password is asked again, whoever sits at the terminal now."""
    home.open_office()
    token, name = session.kept()
    login.who(token)
    verified = login.verify(name, ask_password("原口令（或一次性口令）", PASSWORD_FILE))
    new = ask_password("新口令", NEW_PASSWORD_FILE)
    if new != ask_password("再输入一遍新口令", NEW_PASSWORD_FILE):
        raise Stop("两遍输入的新口令不一致，没有修改。")
    receipt = perform(
        Request(
            action=login.CHANGE_PASSWORD,
            actor=verified.person.id,
            targets=(),
            inputs={"new_password": new},
            op_id=new_id(),
            door=Door.CLI,
        )
    )
    # the change ended every session of the account; this one goes on under the new password
    session.keep(login.log_in(name, new), name)
    return Answer({"receipt": receipt.text}, [f"口令已修改。回执 {receipt.text}"])
