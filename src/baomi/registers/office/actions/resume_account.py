"""Let a suspended account in again, with the password that it had."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.office import facts, load, models
from baomi.registers.office.actions.credentials import note_account
from baomi.registers.office.choices import known, only_one
from baomi.registers.office.wording import Line


class ResumeAccountInputs(Inputs):
    """Why."""

    ground: Line = Field(title="事由", description="恢复账号的事由")


@dataclass(frozen=True, slots=True)
class Read:
    """The account, and what was entered."""

    accounts: tuple[facts.Account, ...]
    entered: ResumeAccountInputs | None = None


class ResumeAccount(Action[Read]):
    """Let a suspended account in again."""

    name = "office.resume_account"
    title = "恢复账号"
    help = "恢复一个已停用的账号，口令不变。"
    done_by = frozenset({Post.SECURITY_ADMIN})
    brings = ()
    inputs = ResumeAccountInputs
    target = "office.account"

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(known(asked.targets, load.accounts(asked.targets), "账号")))

    def complete(self, situation: Deed[Read], inputs: ResumeAccountInputs) -> Deed[Read]:
        account = only_one(situation.facts.accounts, "账号")
        if account.state == "closed":
            raise BadInput("人员已离岗，账号已注销，不能恢复")
        if account.state == "active":
            raise BadInput("这个账号正在使用，无须恢复")
        return replace(situation, facts=Read((account,), inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        account, inputs = only_one(deed.facts.accounts, "账号"), deed.facts.entered
        if inputs is None:
            raise BadInput("请填写事由", field="ground")
        models.Account.objects.filter(id=account.id).update(state="active")
        record = note_account(deed, account.id, "resumed", inputs.ground)
        return Change(touched={"office_account": {account.id}, "office_account_record": {record}})
