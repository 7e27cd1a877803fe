"""``baomi export``: a register into a file, recorded before it is written."""

from __future__ import annotations

from pathlib import Path

import click

from baomi.engine.evidence import observe
from baomi.engine.exporting.recording import record_export, watermark
from baomi.engine.face import wording
from baomi.engine.face.listed import register_of
from baomi.engine.request import Receipt
from baomi.entrypoints.cli import listing, sheet
from baomi.entrypoints.cli.answer import Answer, ExitCode
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.session import Asker, asker
from baomi.kernel.verdict import Refused
from baomi.kernel.words import Door, Level


@click.command(
    "export",
    cls=Command,
    help="把一本台账中自己有权看到的内容写成文件（.xlsx 或 .csv）。先登记理由，后写文件；"
    "首行注明机关、导出人、时间和回执。文件按所含最高密级管理，只有本人可读，不覆盖已有文件。",
)
@click.argument("name", metavar="台账", help="如 custody.copy、duties.duty")
@click.option("--out", metavar="文件", required=True, help="写到哪里：文件.xlsx 或 文件.csv")
@click.option("--reason", metavar="理由", required=True, help="为什么要导出")
@click.option("--as", "as_post", metavar="岗位[@单位]", help="只限演示机关：以该岗位导出")
def command(*, name: str, out: str, reason: str, as_post: str | None) -> Answer:
    """Reserve the file, record the export, write; a refusal leaves no file."""
    who = asker(as_post)
    found = listing.read(name, who, observed="read")
    path = Path(out)
    level = found.level
    try:
        with sheet.new_file(path) as file:
            receipt = record(who, book=name, reason=reason, rows=len(found.rows), level=level)
            rows = [[sheet.cell(value) for value in row] for row in found.as_text()]
            written = sheet.Sheet(name, watermark(who.person, receipt, level), found.head, rows)
            sheet.write(file, path, written)
    except Refused as refused:
        told = wording.as_data(refused.verdict.refusals, who.person)
        return Answer({"refused": told}, ["不准导出。", *wording.as_lines(told)], ExitCode.REFUSED)
    observe("register", register_of(name), "exported", door=Door.CLI.value)
    data = {
        "file": str(path),
        "rows": len(found.rows),
        "level": level.code,
        "receipt": receipt.text,
    }
    text = f"已导出 {len(found.rows)} 行到 {path}（最高密级：{level.title}）。回执 {receipt.text}"
    return Answer(data, [text])


def record(who: Asker, *, book: str, reason: str, rows: int, level: Level) -> Receipt:
    """Record that something is exported. Raises ``BadInput`` and what ``perform`` raises."""
    return record_export(who.id, book=book, reason=reason, rows=rows, level=level, door=Door.CLI)
