"""``baomi form``: an official form of one thing, into a file."""

from __future__ import annotations

from pathlib import Path

import click

from baomi.engine.face.reading import pick
from baomi.engine.papers.forms.kinds import form_named
from baomi.engine.papers.forms.printing import FORMATS, print_form
from baomi.entrypoints.cli.answer import Answer, Stop
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.session import asker
from baomi.entrypoints.cli.sheet import new_file
from baomi.kernel.words import Door

_KINDS = tuple(f".{each}" for each in FORMATS)


@click.command(
    "form",
    cls=Command,
    help="把一个对象的表格（审批表、登记卡等）写成 PDF 或 Word 文件。"
    "文件只有本人可读，不覆盖已有文件，按所含最高密级管理。有哪些表格见 baomi forms list。",
)
@click.argument("name", metavar="表格", help="如 custody.copy_card")
@click.argument("thing", metavar="对象", help="编号、标签或 id，如 2021-011/000758")
@click.option("--out", metavar="文件", help="写到哪里：文件.pdf 或 文件.docx", required=True)
@click.option("--as", "as_post", metavar="岗位[@单位]", help="只限演示机关：以该岗位打印")
def command(*, name: str, thing: str, out: str, as_post: str | None) -> Answer:
    """Write the form; what one may not see leaves no file."""
    who = asker(as_post)
    form, path = form_named(name), Path(out)
    key = pick(who.person, form.kind, thing)
    with new_file(path, _KINDS) as file:
        written = path.suffix.lower().removeprefix(".")
        made = print_form(who.person, who.terms, form.name, key, written, door=Door.CLI)
        if made is None:
            raise Stop(f"没有可以由您打印的{form.title}，请核对编号和岗位。")
        file.write(made.content)
    data = {"file": str(path), "level": made.level.code}
    return Answer(data, [f"已写入 {path}（密级：{made.level.title}）。"])
