"""``baomi attachment``: take an attached file out."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import click

from baomi.engine.attachments.serving import fetched
from baomi.entrypoints.cli.answer import Answer, Stop
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.session import asker
from baomi.entrypoints.cli.sheet import new_file
from baomi.registers.attachments.load import UNKNOWN_ATTACHMENT
from baomi.registers.attachments.reads import ENDINGS


@click.command(
    "attachment",
    cls=Command,
    help="把一份附件写成文件。看得到所属一项的人才能取出；只有本人可读，不覆盖已有文件。",
)
@click.argument("key", metavar="编号", help="附件登记簿（attachments.attachment）中的 id")
@click.option("--out", metavar="文件", required=True, help="写到哪里：.pdf、.jpg 或 .png")
@click.option("--as", "as_post", metavar="岗位[@单位]", help="只限演示机关：以该岗位取出")
def command(*, key: str, out: str, as_post: str | None) -> Answer:
    """Fetch it and write it into a new file."""
    who = asker(as_post)
    found = fetched(who.person, _id(key))
    if found is None:
        raise Stop(f"{UNKNOWN_ATTACHMENT}。")
    ending = f".{found.name.rpartition('.')[2]}"
    if ending not in (f".{each}" for each in ENDINGS.values()) or not out.endswith(ending):
        raise Stop(f"这份附件是 {ending} 文件：请把 --out 的文件名写成以 {ending} 结尾。")
    path = Path(out)
    with new_file(path, (ending,)) as file:
        file.write(found.content)
    data = {"file": out, "octets": len(found.content)}
    return Answer(data, [f"已写成 {out}。"])


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Stop(f"{UNKNOWN_ATTACHMENT}。") from None
