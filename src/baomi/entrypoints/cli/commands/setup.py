"""``baomi setup``: found an office in an empty folder; or let a locked-out administrator in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import click
from django.db import DatabaseError

from baomi.engine import home, login, second_person
from baomi.engine.checks import check_start
from baomi.engine.face import wording
from baomi.engine.found import AlreadyFounded, check_plan, found_office
from baomi.engine.perform import perform
from baomi.engine.request import Request
from baomi.engine.sealer import NoSigningKey, SealRefused, seal_now
from baomi.entrypoints.cli import faults, founding, founding_questions
from baomi.entrypoints.cli.answer import Answer, ExitCode, Stop, say_while_working
from baomi.entrypoints.cli.ask import PASSWORD_FILE, SECOND_PASSWORD_FILE, ask, ask_password
from baomi.entrypoints.cli.entries import note_of
from baomi.entrypoints.cli.faces import Command, wants_json
from baomi.entrypoints.cli.receipts import told_data, told_lines
from baomi.entrypoints.cli.unmade import nothing_half_made
from baomi.kernel.clock import clock
from baomi.kernel.ids import new_id
from baomi.kernel.ledger.checkpoint import parse_checkpoint, parse_note
from baomi.kernel.verdict import Refused
from baomi.kernel.words import Door
from baomi.registers.office import load as office
from baomi.registers.office.actions.found import FoundingPlan
from baomi.registers.office.actions.recover import ADMINISTRATORS
from baomi.rulebook.terms import Terms

RECOVER = "office.recover"
ALGORITHMS = {"sha256": 1, "sm3": 2}


@click.command(
    "setup",
    cls=Command,
    help="建立机关：在空目录里建账，登记机关、三名管理员、组长、办公室主任、保密员及其任命文号，"
    "打印建账证书和各人的一次性口令。须有第二人在场。"
    "--recover：管理员无法登录时，两人到场，为其发放新的一次性口令。",
)
@click.option("--plan", metavar="文件.yaml", help="建账内容写在文件里；不写则逐项询问")
@click.option("--alg", metavar="算法", default="sha256", help="散列算法：sha256（默认）或 sm3")
@click.option("--recover", is_flag=True, help="应急恢复")
@click.option("--account", metavar="登录名", help="应急恢复：被锁在外面的管理员的登录名或姓名")
@click.option("--by", metavar="登录名", help="应急恢复：办理人（口令另问）")
@click.option("--second", metavar="登录名", help="应急恢复：在场的第二人（口令另问）")
@click.option("--ground", metavar="事由", help="应急恢复：启封的密封信封编号及事由")
def command(
    *,
    plan: str | None,
    alg: str,
    recover: bool,
    account: str | None,
    by: str | None,
    second: str | None,
    ground: str | None,
) -> Answer:
    """Found the office, seal its first checkpoint, and print the certificate."""
    if recover:
        return _recover(account, by, second, ground)
    if alg not in ALGORITHMS:
        raise Stop("--alg 只能是 sha256 或 sm3；一经建账，不能更改。")
    _refuse_what_is_there()
    if plan is not None:
        try:
            return _founded(founding.plan_from(plan), ALGORITHMS[alg])
        except Refused as refused:
            told = _worded(refused)
            return Answer({"refused": told}, _refusal_lines(told), ExitCode.REFUSED)
    return _asked(ALGORITHMS[alg])


def _asked(alg: int) -> Answer:
    """Found by what is answered at the terminal; where it fails, the answers may be kept."""
    content: dict[str, Any] = {}
    try:
        return _founded(founding_questions.fill(content), alg)
    except Stop:
        raise
    except Exception as fault:
        told = faults.told(fault)
        lines = [str(each) for each in told.text]
        if isinstance(fault, Refused):
            lines = _refusal_lines(_worded(fault))
        if not wants_json():
            for line in lines:
                say_while_working(line)
        kept = founding_questions.offer_to_keep(content)
        after = f"填写的内容已存到 {kept}：改正后执行 baomi setup --plan {kept}。" if kept else ""
        closing = f"没有建账，数据目录保持原样。{after}"
        raise Stop(*(lines if wants_json() else ()), closing, code=told.code) from None


def _worded(refused: Refused) -> list[dict[str, Any]]:
    """Everybody named was just entered; no office is there yet in which to do another deed."""
    refusals = (replace(each, remedy_action=None) for each in refused.verdict.refusals)
    return wording.worded(refusals, lambda ref: True)


def _refusal_lines(told: list[dict[str, Any]]) -> list[str]:
    return ["不准建账。", *wording.as_lines(told)]


def _founded(content: FoundingPlan, alg: int) -> Answer:
    check_plan(content, door=Door.CLI)
    with nothing_half_made():
        home.make_folders()
        home.migrate()
        in_force = check_start().sentence()
        say_while_working(in_force)
        founded = found_office(content, alg=alg, demo=False, door=Door.CLI)
    note, root = _first_seal()
    data = {
        "in_force": in_force,
        "log_id": str(founded.log_id),
        "receipt": founded.receipt.text,
        "certificate": list(founded.certificate),
        "root": root,
        "note": note,
        "codes": dict(founded.codes),
    }
    return Answer(data, list(founding.certificate(founded, root)))


def _first_seal() -> tuple[str, str]:
    """The first checkpoint's note and root; both empty where it could not be made.

    The office is founded by then: whatever stops the seal, its one-time codes must be told.
    """
    try:
        note = note_of(seal_now().seq)
    except (OSError, DatabaseError, NoSigningKey, SealRefused):
        say_while_working("首次封存没有完成：请排除故障后执行 baomi ledger checkpoint。")
        return "", ""
    return note, parse_checkpoint(parse_note(note).text).root.hex()


def _refuse_what_is_there() -> None:
    """An office is founded once, and among nobody else's files."""
    if home.stage() is home.Stage.FOUNDED:
        raise AlreadyFounded
    foreign = home.foreign_files()
    if foreign:
        raise Stop(
            f"数据目录 {home.home()} 里有别的文件（{foreign[0]}）："
            "请换一个空目录（BAOMI_HOME），或移走这些文件。"
        )


def _recover(account: str | None, by: str | None, second: str | None, ground: str | None) -> Answer:
    home.open_office()
    wanted = account or ask("被锁在外面的管理员的登录名")
    actor_name = by or ask("办理人的登录名")
    actor = login.verify(actor_name, ask_password("办理人的口令", PASSWORD_FILE))
    actor.demand(RECOVER)
    second_name = second or ask("第二人的登录名")
    confirming = second_person.confirmed_by(
        second_name, ask_password("第二人的口令", SECOND_PASSWORD_FILE), actor=actor.person.id
    )
    receipt = perform(
        Request(
            action=RECOVER,
            actor=actor.person.id,
            targets=(_account(wanted),),
            inputs={"ground": ground or ask("事由（启封的密封信封编号及事由）")},
            op_id=new_id(),
            door=Door.CLI,
            second=confirming,
        )
    )
    data = {"receipt": receipt.text, "told": told_data(receipt.told)}
    return Answer(data, [f"已恢复。回执 {receipt.text}", *told_lines(receipt.told)])


def _account(text: str) -> UUID:
    """An administrator's account by login name or name. Raises ``Stop`` for anybody else's."""
    today = clock.today()
    terms = Terms.on(today)
    for post in ADMINISTRATORS:
        for key in office.holders(post, today):
            account = office.account_of(key)
            names = (account and account.login, office.person(key, today, terms).name)
            if account is not None and text in names:
                return account.id
    raise Stop(f"“{text}”不是管理员的登录名或姓名：应急恢复只用于三名管理员。")
