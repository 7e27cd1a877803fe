"""``baomi forms check``: whether an edited template can be used."""

from __future__ import annotations

from pathlib import Path

import click

from baomi.engine.papers.forms.filling import check, known_places
from baomi.engine.papers.forms.kinds import form_named
from baomi.entrypoints.cli.answer import Answer, ExitCode, Stop
from baomi.entrypoints.cli.faces import Command


@click.command(
    "check", cls=Command, help="检查修改过的 Word 模板：占位符是否都认识，有无外部链接。"
)
@click.argument("name", metavar="表格", help="如 custody.copy_card")
@click.argument("file", metavar="文件", help="修改过的模板 .docx")
def command(*, name: str, file: str) -> Answer:
    """Every fault, and what the template leaves out."""
    form = form_named(name)
    try:
        found = check(form, Path(file).read_bytes())
    except OSError:
        raise Stop(f"读不到 {file}：请核对文件名。") from None
    left_out = sorted(set(known_places(form).values()) - set(found.used))
    data = {"used": list(found.used), "left_out": left_out, "faults": list(found.faults)}
    if found.faults:
        return Answer(data, ["不能使用。", *(f"{each}。" for each in found.faults)], ExitCode.FAULT)
    told = [f"可以使用，共 {len(found.used)} 个占位符。"]
    if left_out:
        told.append(f"没有用到的占位符：{'、'.join(left_out)}。")
    return Answer(data, told)
