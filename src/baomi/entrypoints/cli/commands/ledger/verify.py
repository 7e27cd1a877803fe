"""``baomi ledger verify``: an exported folder, or the live office; prints as verify.py does."""

from __future__ import annotations

import io
from pathlib import Path

import click

from baomi.engine import home
from baomi.engine.pen import NotFounded
from baomi.engine.verify_live import verify_live
from baomi.entrypoints.cli.answer import Answer, ExitCode, Stop
from baomi.entrypoints.cli.faces import Command
from baomi.kernel.ledger import verify as verifier


@click.command(
    "verify",
    cls=Command,
    help="校验日志：导出的目录，或本机现有的台账（--live）。逐行列出问题，"
    "最后一行是 CLEAN 或问题数量；退出码 0 无问题，1 有问题，2 读不懂。",
)
@click.argument("folder", metavar="[目录]", required=False, help="导出的目录")
@click.option("--live", is_flag=True, help="校验本机现有的台账，并与日志逐行比对")
@click.option("--anchor", multiple=True, metavar="文件[@时间]", help="外存的封存，可写多个")
@click.option("--receipt", multiple=True, metavar="序号:散列值", help="单据上的回执，可写多个")
@click.option("--max-age", metavar="小时", help="最近一次封存超过此时限即算问题")
@click.option("--fast", is_flag=True, help="每个密钥期只核对最新的签名")
@click.option("--vkey", metavar="文件或公钥", help="建账证书上的第一把验证公钥")
def command(
    *,
    folder: str | None,
    live: bool,
    anchor: tuple[str, ...],
    receipt: tuple[str, ...],
    max_age: str | None,
    fast: bool,
    vkey: str | None,
) -> Answer:
    """Verify and print each finding on a line of its own."""
    if live == (folder is not None):
        raise Stop("请写明导出的目录，或者用 --live 校验本机现有的台账（二者选一）。")
    hours = _hours(max_age)
    if folder is not None:
        return _folder(folder, anchor, receipt, hours, fast=fast, vkey=vkey)
    return _live(
        [_anchor(each) for each in anchor],
        [_receipt(each) for each in receipt],
        hours,
        fast=fast,
        vkey=_vkey(vkey),
    )


def _live(
    anchors: list[verifier.Anchor],
    receipts: list[verifier.Receipt],
    hours: float | None,
    *,
    fast: bool,
    vkey: str | None,
) -> Answer:
    # not opened as for work: what makes the start unsafe is what is to be found here
    if home.stage() is not home.Stage.FOUNDED:
        raise NotFounded
    try:
        if home.to_migrate():
            raise verifier.Unreadable("数据库结构比程序旧：请先运行 baomi upgrade，再校验。")
        home.set_clock()
        report = verify_live(
            anchors=anchors, receipts=receipts, first_vkey=vkey, max_age_hours=hours, fast=fast
        )
    except verifier.Unreadable as unreadable:
        return _told([f"UNREADABLE - {unreadable}"], ExitCode.BAD_INPUT)
    except Exception as fault:
        # as in verify.py: what was not verified to its end is never called clean
        sentence = f"UNREADABLE - 校验中断（{type(fault).__name__}）：数据已损坏或校验程序有误。"
        return _told([sentence], ExitCode.BAD_INPUT)
    return _told(list(verifier.lines_of(report)), 0 if report.clean else 1)


def _folder(
    folder: str,
    anchors: tuple[str, ...],
    receipts: tuple[str, ...],
    hours: float | None,
    *,
    fast: bool,
    vkey: str | None,
) -> Answer:
    words = [folder]
    for each in anchors:
        words += ["--anchor", each]
    for each in receipts:
        words += ["--receipt", each]
    words += ["--max-age", str(hours)] if hours is not None else []
    words += ["--vkey", vkey] if vkey is not None else []
    words += ["--fast"] if fast else []
    out = io.StringIO()
    code = verifier.main(words, out)
    return _told(out.getvalue().splitlines(), code)


def _told(lines: list[str], code: int) -> Answer:
    data = {"clean": code == 0, "readable": code != ExitCode.BAD_INPUT, "lines": lines}
    return Answer(data, lines, ExitCode(code))


def _hours(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        hours = float(text)
    except ValueError:
        hours = -1.0
    if not 0 <= hours < 10**6:
        raise Stop("--max-age 应当是小时数，例如 26。")
    return hours


def _anchor(text: str) -> verifier.Anchor:
    name, dated = text, None
    if not Path(text).is_file() and "@" in text:
        name, _, dated = text.rpartition("@")
    try:
        return verifier.read_anchor(Path(name).read_text(encoding="utf-8"), dated)
    except (OSError, ValueError):
        raise Stop(f"外存的封存 {name} 读不懂：请核对文件。") from None


def _receipt(text: str) -> verifier.Receipt:
    try:
        return verifier.read_receipt(text)
    except ValueError:
        raise Stop(f"回执 {text} 的写法不对：应为 序号:散列值，如 12:0123456789abcdef。") from None


def _vkey(text: str | None) -> str | None:
    if text is None:
        return None
    path = Path(text)
    try:
        told = path.read_text(encoding="utf-8").strip() if path.is_file() else text
        verifier.read_vkey(told)
    except (OSError, ValueError):
        raise Stop("--vkey 读不懂：请核对建账证书上的第一把验证公钥。") from None
    return told
