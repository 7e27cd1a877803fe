"""``baomi import``: the past, from a book; first shown, then done."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

import click

from baomi.engine import home
from baomi.engine.login import NotLoggedIn
from baomi.engine.sealer import can_seal, seal_when_due
from baomi.entrypoints.cli import wording
from baomi.entrypoints.cli.answer import Answer, ExitCode, Shown, Stop, say_while_working
from baomi.entrypoints.cli.ask import agreed
from baomi.entrypoints.cli.faces import Command, wants_json
from baomi.entrypoints.cli.grid import Grid
from baomi.entrypoints.cli.session import Asker, asker
from baomi.entrypoints.importer import run
from baomi.entrypoints.importer.cells import UnreadableBook
from baomi.entrypoints.importer.fields import TITLES
from baomi.kernel.verdict import Refused
from baomi.kernel.words import Post

COUNTS = {
    "rows": "行数",
    "done": "登记",
    "noted": "其中有注",
    "questions": "疑问",
    "refused": "拒收",
    "skipped": "略过",
    "papers": "文件",
    "copies": "份数",
}
MOST_SHOWN = 50
_FIELDS = {title: field for field, title in TITLES.items()}


@click.command(
    "import",
    cls=Command,
    help="导入过去的登记簿（.xlsx、.xls、.csv）：先逐行预览，确认后才登记。过去只记录、不审查。"
    "中断后再次运行即可续完；同一文件再次导入不会重复登记。",
)
@click.argument("file", metavar="文件", help="登记簿文件")
@click.option("--yes", is_flag=True, help="不再询问，直接登记")
@click.option("--map", "mapping", multiple=True, metavar="列名=字段", help="指明某一列是什么")
@click.option(
    "--as", "as_post", metavar="岗位", help="只限演示机关：以该岗位导入（未登录时为保密员）"
)
def command(*, file: str, yes: bool, mapping: tuple[str, ...], as_post: str | None) -> Answer:
    """Preview; with consent, do."""
    who = _importer(as_post)
    path = Path(file)
    if not path.is_file():
        raise Stop(f"找不到文件 {file}：请核对路径。")
    columns = _mapping(mapping)
    try:
        if not yes and (unsure := _preview(path, who, columns)) is not None:
            return unsure
        result = run.do(path, actor=who.id, mapping=columns, progress=_progress, after_batch=_seal)
    except UnreadableBook as unreadable:
        raise Stop(unreadable.message) from None
    except Refused as refused:
        told = wording.as_data(refused.verdict.refusals, who.person)
        return Answer({"refused": told}, ["不准导入。", *wording.as_lines(told)], ExitCode.REFUSED)
    return _told(result, "导入完毕。")


def _preview(path: Path, who: Asker, columns: Mapping[str, str]) -> Answer | None:
    """Show what would be done. None when the person at the terminal agrees to it."""
    seen = run.preview(path, actor=who.id, mapping=columns)
    if wants_json() or not sys.stdin.isatty():
        shown = _told(seen, "以上为预览，尚未登记：确认后请加 --yes。")
        return replace(shown, data={"preview": True, **shown.data})
    _told(seen, "").show(as_json=False)
    return None if agreed("登记以上内容吗") else Answer({"preview": True}, ["没有登记。"])


def _importer(as_post: str | None) -> Asker:
    if as_post is not None:
        return asker(as_post)
    try:
        return asker()
    except (Stop, NotLoggedIn):
        if not home.is_demo():
            raise
        return asker(Post.REGISTRAR.value)


def _mapping(settings: tuple[str, ...]) -> Mapping[str, str]:
    found = {}
    for setting in settings:
        column, sign, field = setting.rpartition("=")
        if not sign or not column.strip():
            raise Stop("--map 的写法是 列名=字段，例如 --map 事由=文件标题；列名= 则略过这一列。")
        field = _FIELDS.get(field.strip(), field.strip())
        if field and field not in TITLES:
            raise Stop(f"没有“{field}”这个字段。可用的有：{'、'.join(_FIELDS)}。")
        found[column.strip()] = field
    return found


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r已登记 {done}/{total}", nl=done >= total, err=True)
    elif done >= total:
        say_while_working(f"已登记 {done}/{total}")


def _seal() -> None:
    if can_seal():
        seal_when_due()


def _told(result: run.Preview, last: str) -> Answer:
    problems = [asdict(each) for each in result.problems]
    counts = {key: getattr(result, key) for key in COUNTS}
    text: list[str | Shown] = ["；".join(f"{title} {counts[key]}" for key, title in COUNTS.items())]
    if problems:
        shown = [
            (each["sheet"], each["row"], each["column"], each["text"])
            for each in problems[:MOST_SHOWN]
        ]
        text.append(Grid(("工作表", "行", "列", "问题和改法"), shown))
    if len(problems) > MOST_SHOWN:
        text.append(f"另有 {len(problems) - MOST_SHOWN} 处，加 --json 可看全部。")
    data = {**counts, "problems": problems, "skipped_because": dict(result.skipped_because)}
    return Answer(data, [*text, *([last] if last else [])])
