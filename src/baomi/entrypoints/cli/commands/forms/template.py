"""``baomi forms template``: the docx template of a form, to be edited in an office's own way."""

from __future__ import annotations

from pathlib import Path

import click

from baomi.engine.papers.forms.filling import places_told
from baomi.engine.papers.forms.kinds import form_named
from baomi.engine.papers.forms.own import made_template, path_of
from baomi.entrypoints.cli.answer import Answer
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.sheet import new_file


@click.command(
    "template",
    cls=Command,
    help="取出一种表格自带的 Word 模板。用 WPS 或 Word 修改后，先用 baomi forms check 检查，"
    "再放到 BAOMI_HOME 的 templates 目录，以后即按它打印。",
)
@click.argument("name", metavar="表格", help="如 custody.copy_card")
@click.option("--out", metavar="文件", required=True, help="写到哪里：文件.docx")
def command(*, name: str, out: str) -> Answer:
    """Write the program's own template into a new file."""
    form, path = form_named(name), Path(out)
    with new_file(path, (".docx",)) as file:
        file.write(made_template(form))
    told = [
        f"已写入 {path}。改好后放到 {path_of(form)}。",
        f"可用的占位符：{places_told(form)}。",
    ]
    return Answer({"file": str(path), "place": str(path_of(form))}, told)
