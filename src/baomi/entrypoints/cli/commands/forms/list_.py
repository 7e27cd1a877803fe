"""``baomi forms list``: every official form."""

from __future__ import annotations

import click

from baomi.engine.papers.forms.kinds import forms
from baomi.engine.papers.forms.own import has_own
from baomi.entrypoints.cli.answer import Answer
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.grid import Grid

_TEMPLATES = {True: "本单位的", False: "自带的"}


@click.command("list", cls=Command, help="有哪些表格，各由什么对象打印，用的是哪一份模板。")
def command() -> Answer:
    """Names, titles, kinds, templates."""
    rows = [(each.name, each.title, each.kind, has_own(each)) for each in forms().values()]
    data = [
        {"name": name, "title": title, "kind": kind, "own_template": is_own}
        for name, title, kind, is_own in rows
    ]
    told = [(name, title, kind, _TEMPLATES[is_own]) for name, title, kind, is_own in rows]
    return Answer(data, [Grid(("名称", "表格", "对象", "Word 模板"), told)])
