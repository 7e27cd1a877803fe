"""Questions to the person at the terminal."""

from __future__ import annotations

import getpass
import os
import stat
import sys
from pathlib import Path

import click

from baomi.entrypoints.cli.answer import Stop, say_while_working

PASSWORD_FILE = "BAOMI_PASSWORD_FILE"  # noqa: S105 - the name of a variable
NEW_PASSWORD_FILE = "BAOMI_NEW_PASSWORD_FILE"  # noqa: S105 - as above
SECOND_PASSWORD_FILE = "BAOMI_SECOND_PASSWORD_FILE"  # noqa: S105 - as above


def ask(question: str, *, needed: bool = True) -> str:
    """One line of text. Raises ``Stop`` when nobody can answer."""
    while True:
        click.echo(f"{question}：", nl=False, err=True)
        line = sys.stdin.readline()
        if not line:
            raise Stop("需要在终端上回答问题，但没有输入：请在终端运行，或改用文件和选项。")
        if (answer := line.strip()) or not needed:
            return answer
        click.echo("此项不能为空。", err=True)


def agreed(question: str) -> bool:
    """Whether the person answers yes."""
    return ask(f"{question}（是/否）", needed=False).lower() in ("是", "y", "yes")


def ask_password(question: str, variable: str) -> str:
    """A password: from the file that a variable of the environment names, or typed unseen.

    Raises ``Stop`` when the file cannot be read, or nobody can type.
    """
    named = os.environ.get(variable, "").strip()
    if named:
        return _from_file(Path(named), variable)
    if not sys.stdin.isatty():
        raise Stop(f"不在终端上，不能输入口令：请把口令写入文件，并用 {variable} 指明该文件。")
    return getpass.getpass(f"{question}：")


def _from_file(path: Path, variable: str) -> str:
    try:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            say_while_working(f"提醒：口令文件可被其他账户读取，请执行：chmod 600 {path}")
        return path.read_text(encoding="utf-8").removesuffix("\n").removesuffix("\r")
    except (OSError, UnicodeDecodeError):
        raise Stop(f"读不到 {variable} 指明的口令文件，请核对路径。") from None
