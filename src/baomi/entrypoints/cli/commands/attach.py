"""``baomi attach``: a scan to a slip, a paper, an approval."""

from __future__ import annotations

from pathlib import Path

import click

from baomi.engine.attachments.attaching import Wanted, attach
from baomi.engine.attachments.checking import most_octets, too_large
from baomi.engine.face import wording
from baomi.engine.face.choices import code_of
from baomi.engine.face.reading import pick
from baomi.entrypoints.cli.answer import Answer, ExitCode, Stop
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.session import asker
from baomi.kernel.fields import LevelCode
from baomi.kernel.ids import new_id
from baomi.kernel.verdict import Refused
from baomi.kernel.words import Door
from baomi.registers.attachments.facts import Role
from baomi.registers.attachments.load import kind_named


@click.command(
    "attach",
    cls=Command,
    help="把扫描件（PDF、JPEG、PNG）附到所属的一项上：加密保存，文件名不保存。"
    "签字清单附上后，清单即登记为已签。",
)
@click.argument("kind", metavar="类别", help="如 custody.slip（交接清单）、custody.paper（文件）")
@click.argument("thing", metavar="编号", help="标签、登记编号或 id")
@click.argument("file", metavar="文件", help="扫描件")
@click.option("--role", metavar="性质", default="signed", help="签字件、来往函件、其他")
@click.option("--level", metavar="密级", required=True, help="扫描件的密级，如 内部")
@click.option("--note", metavar="说明", default="", help="不要写文件标题和涉密内容")
@click.option("--as", "as_post", metavar="岗位[@单位]", help="只限演示机关：以该岗位办理")
def command(
    *, kind: str, thing: str, file: str, role: str, level: str, note: str, as_post: str | None
) -> Answer:
    """Check, keep, attach; a refusal leaves nothing."""
    who = asker(as_post)
    of = kind_named(kind)
    wanted = Wanted(
        kind=of.kind,
        thing=pick(who.person, of.kind, thing),
        role=code_of(role, Role, who.terms),
        level=code_of(level, LevelCode, who.terms),
        note=note,
    )
    try:
        receipt = attach(wanted, _content(Path(file)), actor=who.id, door=Door.CLI, op_id=new_id())
    except Refused as refused:
        told = wording.as_data(refused.verdict.refusals, who.person)
        return Answer({"refused": told}, ["不准办理。", *wording.as_lines(told)], ExitCode.REFUSED)
    key = str(receipt.told["attachment"])
    data = {"attachment": key, "receipt": receipt.text}
    return Answer(data, [f"已附上，附件编号 {key}。回执 {receipt.text}"])


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > most_octets():
            raise Stop(too_large())
        return path.read_bytes()
    except OSError:
        raise Stop(f"读不到 {path}：请核对路径和权限。") from None
