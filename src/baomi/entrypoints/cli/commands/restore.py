"""``baomi restore``: an office from its backup, declared as a new ledger for ever."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from django.db import DatabaseError

from baomi.engine import home, login
from baomi.engine.backup.key import read_key
from baomi.engine.backup.losses import Examined, Lost, examine
from baomi.engine.backup.payload import Payload
from baomi.engine.backup.restore import (
    Approvers,
    Restored,
    check_empty,
    read_seal_key,
    restore,
)
from baomi.engine.checks import check_start
from baomi.engine.sealer import NoSigningKey, SealRefused, seal_now
from baomi.engine.verify_live import verify_live
from baomi.entrypoints.cli import restoring
from baomi.entrypoints.cli.answer import Answer, ExitCode, Stop, say_while_working
from baomi.entrypoints.cli.ask import PASSWORD_FILE, SECOND_PASSWORD_FILE, ask, ask_password
from baomi.entrypoints.cli.entries import note_of
from baomi.entrypoints.cli.faces import Command
from baomi.entrypoints.cli.notes import anchors_in
from baomi.entrypoints.cli.unmade import nothing_half_made
from baomi.kernel.ledger.checkpoint import parse_checkpoint, parse_note
from baomi.kernel.ledger.verify import lines_of


@click.command(
    "restore",
    cls=Command,
    help="从备份恢复到空目录。先核对整份备份，有一处改动即不恢复。恢复另起一本台账，"
    "写明承接哪一本、到第几条、事由和两名批准人；--anchor 所示的较晚封存表明的损失，"
    "一并写入，以后每次校验都会显示。恢复后请停用旧机，并按回执和纸质凭据补记所缺各条。",
)
@click.argument("file", metavar="文件", help="备份文件")
@click.option("--key-file", metavar="文件", required=True, help="备份密钥")
@click.option(
    "--seal-key", metavar="文件", help="个人敏感信息的密钥：做备份时 keys/seal.key 的副本"
)
@click.option("--without-seal-key", is_flag=True, help="没有该密钥：个人敏感信息不再可读")
@click.option("--anchor", multiple=True, metavar="文件", help="带出本机的封存，可写多个")
@click.option(
    "--abandoned", multiple=True, metavar="文件", help="上次恢复后另起、现已中断的台账的封存"
)
@click.option("--reason", metavar="事由", help="为什么恢复，不写标题和内容")
@click.option("--by", metavar="登录名", help="第一批准人，用备份时的口令（口令另问）")
@click.option("--second", metavar="登录名", help="第二批准人（口令另问）")
@click.option(
    "--approver",
    multiple=True,
    metavar="姓名（职务、文号）",
    help="无人能够登录时，写明两名批准人，须写两次",
)
@click.option("--despite-findings", is_flag=True, help="备份已有问题时，仍按现状恢复")
def command(
    *,
    file: str,
    key_file: str,
    seal_key: str | None,
    without_seal_key: bool,
    anchor: tuple[str, ...],
    abandoned: tuple[str, ...],
    reason: str | None,
    by: str | None,
    second: str | None,
    approver: tuple[str, ...],
    despite_findings: bool,
) -> Answer:
    """Authenticate, verify, restore, seal, verify again; print the certificate."""
    if (seal_key is None) != without_seal_key:
        raise Stop(
            "请用 --seal-key 指明个人敏感信息的密钥（keys/seal.key 的副本）；"
            "确实没有的，写 --without-seal-key，这些信息将不再可读（二者选一）。"
        )
    in_words = _in_words(approver)
    check_empty()
    examined = examine(
        Payload(Path(file), read_key(Path(key_file))),
        anchors=anchors_in(anchor),
        abandoned=anchors_in(abandoned),
        despite_findings=despite_findings,
    )
    _foretell(examined, in_words)
    master = None if seal_key is None else read_seal_key(Path(seal_key))
    told = reason or ask("恢复的事由（不写标题和内容）")
    with nothing_half_made():
        restored = restore(
            examined,
            reason=told,
            approve=lambda: in_words or _logged_in(by, second),
            seal_key=master,
        )
    return _finished(restored)


def _foretell(examined: Examined, in_words: Approvers | None) -> None:
    if examined.is_of_older_structure and in_words is None:
        raise Stop("备份由旧版程序所做，恢复时还不能核对口令：请用 --approver 写明两名批准人。")
    say_while_working(f"备份已核对：日志 {examined.payload.office['size']} 条。")
    for lost in examined.losses():
        say_while_working(f"将声明损失：{restoring.loss_told(lost)}。")


def _in_words(named: tuple[str, ...]) -> Approvers | None:
    if not named:
        return None
    first, second = (*(" ".join(each.split()) for each in named), "", "")[:2]
    if len(named) != len({first, second} - {""}) or len(named) != 2:
        raise Stop("请用 --approver 写明两名不同的批准人，各写姓名、职务和批准文号。")
    return Approvers(first, second)


def _logged_in(by: str | None, second: str | None) -> Approvers:
    """Two persons by their passwords of the time of the backup."""
    name = by or ask("第一批准人的登录名")
    first = login.verify(name, ask_password("第一批准人的口令", PASSWORD_FILE))
    other_name = second or ask("第二批准人的登录名")
    other = login.verify(other_name, ask_password("第二批准人的口令", SECOND_PASSWORD_FILE))
    if first.must_change_password or other.must_change_password:
        raise Stop("一次性或已到期的口令不能用于批准恢复：请用 --approver 写明两名批准人。")
    restoring.check_posts(first.person, other.person)
    one, two = first.person, other.person
    return Approvers(one.name, two.name, one.id, two.id)


def _finished(restored: Restored) -> Answer:
    """What follows once the office is there again: structure, first seal, verification."""
    applied = home.migrate()
    check_start()
    note, root = _first_seal()
    report = verify_live()
    lines = list(lines_of(report))
    certificate = restoring.certificate(restored, root)
    data: dict[str, Any] = {
        "log_id": str(restored.log_id),
        "old_log_id": str(restored.old_log_id),
        "restored_to": restored.size,
        "losses": [_loss(each) for each in restored.losses],
        "certificate": certificate,
        "applied": list(applied),
        "root": root,
        "note": note,
        "lines": lines,
        "clean": report.clean,
    }
    return Answer(data, [*certificate, *lines], ExitCode.DONE if report.clean else ExitCode.FAULT)


def _loss(lost: Lost) -> dict[str, Any]:
    return {"log_id": lost.log_id, "first": lost.first, "last": lost.last, "count": lost.count}


def _first_seal() -> tuple[str, str]:
    try:
        note = note_of(seal_now().seq)
    except (OSError, DatabaseError, NoSigningKey, SealRefused):
        say_while_working("首次封存没有完成：请排除故障后执行 baomi ledger checkpoint。")
        return "", ""
    return note, parse_checkpoint(parse_note(note).text).root.hex()
