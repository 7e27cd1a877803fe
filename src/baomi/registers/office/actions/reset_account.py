"""Give the holder of an account a new one-time code; a second person confirms it."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.office import facts, load
from baomi.registers.office.actions.credentials import reopen_account
from baomi.registers.office.choices import known, only_one
from baomi.registers.office.wording import Line


class ResetAccountInputs(Inputs):
    """Why."""

    ground: Line = Field(title="事由", description="重置口令的事由，如 本人忘记口令")


@dataclass(frozen=True, slots=True)
class Read:
    """The account, and what was entered."""

    accounts: tuple[facts.Account, ...]
    entered: ResetAccountInputs | None = None


class ResetAccount(Action[Read]):
    """Give the holder of an account a new one-time code."""

    name = "office.reset_account"
    title = "重置口令"
    help = "为账号本人发放新的一次性口令，原口令作废；须由另一人确认，口令只显示这一次。"
    done_by = frozenset({Post.SYSTEM_ADMIN})
    brings = (facts.AccountIsReopened,)
    inputs = ResetAccountInputs
    target = "office.account"

    def situate(self, asked: Asked) -> Deed[Read]:
        accounts = known(asked.targets, load.accounts(asked.targets), "账号")
        people = load.people({each.person for each in accounts}, asked.today, asked.terms)
        happenings = [facts.AccountIsReopened(person=people[each.person]) for each in accounts]
        return asked.deed(facts=Read(accounts), happenings=happenings)

    def complete(self, situation: Deed[Read], inputs: ResetAccountInputs) -> Deed[Read]:
        account = only_one(situation.facts.accounts, "账号")
        if account.state != "active":
            raise BadInput("这个账号没有在用：停用的请先恢复，注销的不能重置")
        return with_happenings(situation, situation.happenings, facts=Read((account,), inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        account, inputs = only_one(deed.facts.accounts, "账号"), deed.facts.entered
        if inputs is None:
            raise BadInput("请填写事由", field="ground")
        code, touched = reopen_account(deed, account.id, "reset", inputs.ground)
        return Change(touched=touched, told={"account": str(account.id), "code": code})
