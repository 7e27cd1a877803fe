"""``baomi ledger export``: the ledger into a folder that is verified on another computer."""

from __future__ import annotations

from pathlib import Path

import click

from baomi.engine.export_ledger import FolderNotEmpty, export_ledger
from baomi.engine.face import wording
from baomi.engine.live import LiveLedger
from baomi.entrypoints.cli import listing
from baomi.entrypoints.cli.answer import Answer, ExitCode, Stop
from baomi.entrypoints.cli.commands.export import record
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.session import Asker, asker
from baomi.kernel.verdict import Refused
from baomi.kernel.words import Level, Post

TAKEN_BY = {False: Post.REGISTRAR, True: Post.AUDITOR}
PAPERS = "custody.paper"


@click.command(
    "export",
    cls=Command,
    help="导出日志，供在另一台电脑上用 verify.py 校验。全部内容（含标题）由保密员导出；"
    "--bare 不含标题和正文，由安全审计员导出。先登记理由，后写文件；只写入空目录。",
)
@click.argument("folder", metavar="目录", help="空目录，或尚不存在的目录")
@click.option("--bare", is_flag=True, help="只导出散列值、签名和公钥，不含标题和正文")
@click.option("--reason", metavar="理由", required=True, help="为什么要导出")
@click.option("--as", "as_post", metavar="岗位", help="只限演示机关：以该岗位导出")
def command(*, folder: str, bare: bool, reason: str, as_post: str | None) -> Answer:
    """Record the export, then write it."""
    who = asker(as_post)
    post = TAKEN_BY[bare]
    if post not in who.person.posts:
        kind = "不含标题的日志" if bare else "含标题的日志"
        raise Stop(f"{kind}只能由{who.terms.post_title(post)}导出。", code=ExitCode.REFUSED)
    path = Path(folder)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise FolderNotEmpty
    level = Level.NONE if bare else _highest_level(who)
    size = LiveLedger().size
    try:
        receipt = record(who, book="ledger", reason=reason, rows=size, level=level)
    except Refused as refused:
        told = wording.as_data(refused.verdict.refusals, who.person)
        return Answer({"refused": told}, ["不准导出。", *wording.as_lines(told)], ExitCode.REFUSED)
    entries = export_ledger(path, bare=bare)
    data = {"folder": folder, "entries": entries, "bare": bare, "receipt": receipt.text}
    text = f"已导出 {entries} 条日志到 {folder}。回执 {receipt.text}"
    return Answer(data, [text, f"校验：python3 verify.py {folder}"])


def _highest_level(who: Asker) -> Level:
    """The highest level of the papers whose titles the export carries."""
    return listing.read(PAPERS, who, observed="read").level
