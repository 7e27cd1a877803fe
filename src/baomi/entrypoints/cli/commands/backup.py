"""``baomi backup``: the whole office into one sealed file, while others go on working."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from baomi.engine.backup.key import key_path, make_key, read_key
from baomi.engine.backup.make import Made, make_backup, record_backup
from baomi.engine.backup.payload import Payload
from baomi.engine.backup.source import verified
from baomi.engine.face import wording
from baomi.engine.sealer import can_seal, seal_now
from baomi.entrypoints.cli.answer import Answer, ExitCode, Stop, say_while_working
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.notes import anchors_in
from baomi.entrypoints.cli.session import asker
from baomi.kernel.clock import OFFICE_TIME, instant
from baomi.kernel.ledger.verify import lines_of
from baomi.kernel.verdict import Refused
from baomi.kernel.words import Door, Post

ROUTINE = "例行备份"


@click.command(
    "backup",
    cls=Command,
    help="备份全部台账和日志，写成一个加密并防改动的文件，备份时不妨碍办理；写完即校验，"
    "未通过的不留。由系统管理员办理，先登记，后写文件，不覆盖已有文件。"
    "首次备份时生成备份密钥：请另存一份在别处，没有它就不能恢复。--check：只校验一份备份。",
)
@click.argument("file", metavar="文件", help="备份文件")
@click.option("--key-file", metavar="文件", help="备份密钥；不写则用 keys/backup.key")
@click.option("--reason", metavar="理由", default=ROUTINE, help=f"为什么备份（默认：{ROUTINE}）")
@click.option("--check", is_flag=True, help="只校验已有的备份，不恢复，也不必登录")
@click.option("--anchor", multiple=True, metavar="文件", help="校验时：外存的封存，可写多个")
@click.option("--despite-findings", is_flag=True, help="台账已有问题时，仍原样留存现状")
@click.option("--as", "as_post", metavar="岗位", help="只限演示机关：以该岗位备份")
def command(
    *,
    file: str,
    key_file: str | None,
    reason: str,
    check: bool,
    anchor: tuple[str, ...],
    despite_findings: bool,
    as_post: str | None,
) -> Answer:
    """Record the backup, write it, verify it; or verify one that is there."""
    if check:
        return _check(Path(file), key_file, anchor)
    if anchor:
        raise Stop("--anchor 只与 --check 一起使用。")
    who = asker(as_post)
    if Post.SYSTEM_ADMIN not in who.person.posts:
        title = who.terms.post_title(Post.SYSTEM_ADMIN)
        raise Stop(f"备份只能由{title}办理。", code=ExitCode.REFUSED)
    if not reason.strip():
        raise Stop("请写明备份的理由（--reason）。")
    key = _key(key_file)
    try:
        receipt = record_backup(who.id, reason=reason, door=Door.CLI)
    except Refused as refused:
        told = wording.as_data(refused.verdict.refusals, who.person)
        return Answer({"refused": told}, ["不准备份。", *wording.as_lines(told)], ExitCode.REFUSED)
    # sealed first where this account may, so that the backup's own end is under a signature
    if can_seal() and not despite_findings:
        seal_now()
    with _ended_like_an_interrupt():
        made = make_backup(Path(file), key, despite_findings=despite_findings)
    return _told(file, made, receipt.text)


def _key(named: str | None) -> bytes:
    if named is not None:
        return read_key(Path(named))
    if make_key():
        say_while_working(
            f"已生成备份密钥 {key_path()}：请立即抄存到本机以外的地方，与备份文件分开保管；"
            "没有它，任何备份都不能恢复。"
        )
    return read_key(key_path())


def _told(file: str, made: Made, receipt: str) -> Answer:
    is_clean = made.report.clean
    data = {
        "file": file,
        "bytes": made.octets,
        "entries": made.point.size,
        "root": made.point.root,
        "verified": is_clean,
        "lines": list(lines_of(made.report)),
        "receipt": receipt,
    }
    said = "已校验" if is_clean else "未通过校验，按现状留存"
    text = [
        f"已备份到 {file}：日志 {made.point.size} 条，{made.octets} 字节，{said}。回执 {receipt}",
        *(() if is_clean else lines_of(made.report)),
    ]
    return Answer(data, text, ExitCode.DONE if is_clean else ExitCode.FAULT)


def _check(path: Path, key_file: str | None, anchors: tuple[str, ...]) -> Answer:
    payload = Payload(path, read_key(Path(key_file) if key_file else key_path()))
    report = verified(payload, anchors=anchors_in(anchors))
    made = instant(payload.office["made_us"]).astimezone(OFFICE_TIME)
    data = {
        "file": str(path),
        "made": made.isoformat(timespec="seconds"),
        "entries": report.size,
        "root": payload.office["root"],
        "verified": report.clean,
        "lines": list(lines_of(report)),
    }
    said = "已校验，可以恢复" if report.clean else "未通过校验"
    text = f"{path}：{made:%Y-%m-%d %H:%M} 所做，日志 {report.size} 条，{said}。"
    return Answer(
        data, [*lines_of(report), text], ExitCode.DONE if report.clean else ExitCode.FAULT
    )


@contextmanager
def _ended_like_an_interrupt() -> Iterator[None]:
    """A polite request to end removes the draft, as Ctrl-C does."""

    def end(_number: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
