"""``baomi login``: open a session of ten minutes."""

from __future__ import annotations

import click

from baomi.engine import home, login
from baomi.entrypoints.cli import session
from baomi.entrypoints.cli.answer import Answer
from baomi.entrypoints.cli.ask import PASSWORD_FILE, ask_password
from baomi.entrypoints.cli.faces import Command


@click.command(
    "login",
    cls=Command,
    help="登录，十分钟内有效。口令不回显；也可写入文件，用 BAOMI_PASSWORD_FILE 指明。",
)
@click.argument("name", metavar="登录名", help="本人的登录名")
def command(*, name: str) -> Answer:
    """Check the password and keep the token for the next commands."""
    home.open_office()
    token = login.log_in(name, ask_password("口令", PASSWORD_FILE))
    session.keep(token, name)
    must_change = login.who(token).must_change_password
    text = ["已登录，十分钟内有效。"]
    if must_change:
        text.append("首次登录或口令已到期：请先运行 baomi passwd 修改口令。")
    return Answer({"login": name, "must_change_password": must_change}, text)
