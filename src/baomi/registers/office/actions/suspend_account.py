"""Suspend an account: it is refused from the next request on."""

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


class SuspendAccountInputs(Inputs):
    """Why."""

    ground: Line = Field(title="事由", description="停用账号的事由")


@dataclass(frozen=True, slots=True)
class Read:
    """The account, and what was entered."""

    accounts: tuple[facts.Account, ...]
    entered: SuspendAccountInputs | None = None


class SuspendAccount(Action[Read]):
    """Suspend an account."""

    name = "office.suspend_account"
    title = "停用账号"
    help = "停用一个账号；已登录的立即失效。"
    done_by = frozenset({Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN})
    brings = ()
    inputs = SuspendAccountInputs
    target = "office.account"

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(known(asked.targets, load.accounts(asked.targets), "账号")))

    def complete(self, situation: Deed[Read], inputs: SuspendAccountInputs) -> Deed[Read]:
        account = only_one(situation.facts.accounts, "账号")
        if account.state != "active":
            raise BadInput("这个账号已经停用，无须再办")
        return replace(situation, facts=Read((account,), inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        account, inputs = only_one(deed.facts.accounts, "账号"), deed.facts.entered
        if inputs is None:
            raise BadInput("请填写事由", field="ground")
        models.Account.objects.filter(id=account.id).update(state="suspended")
        record = note_account(deed, account.id, "suspended", inputs.ground)
        return Change(touched={"office_account": {account.id}, "office_account_record": {record}})
