"""``baomi logout``: end the session."""

from __future__ import annotations

import click

from baomi.engine import home, login
from baomi.entrypoints.cli import session
from baomi.entrypoints.cli.answer import Answer
from baomi.entrypoints.cli.faces import Command


@click.command("logout", cls=Command, help="退出登录。")
def command() -> Answer:
    """End the session in the office and forget the token."""
    home.open_office()
    token, _ = session.kept()
    login.log_out(token)
    session.forget()
    return Answer({"logged_out": True}, ["已退出登录。"])
