"""An administrator is locked out: two persons at the machine give him a new one-time code."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs, with_happenings
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.office import facts, load
from baomi.registers.office.actions.credentials import reopen_account
from baomi.registers.office.choices import known, only_one
from baomi.registers.office.wording import Line

ADMINISTRATORS = frozenset({Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDITOR})


class RecoverInputs(Inputs):
    """Why, and which sealed envelope was opened."""

    ground: Line = Field(title="事由", description="启封的密封信封编号及事由")


@dataclass(frozen=True, slots=True)
class Read:
    """The administrator's account, who he is, and what was entered."""

    accounts: tuple[facts.Account, ...]
    people: tuple[Person, ...]
    entered: RecoverInputs | None = None


class Recover(Action[Read]):
    """Give a locked-out administrator a new one-time code."""

    name = "office.recover"
    title = "应急恢复"
    help = "管理员无法登录时，由两人到场启封密封信封，为其发放新的一次性口令；计入台账。"
    # the auditor may confirm, but does no deed that he would audit
    done_by = frozenset(
        {
            Post.SYSTEM_ADMIN,
            Post.SECURITY_ADMIN,
            Post.GROUP_LEADER,
            Post.OFFICE_DIRECTOR,
            Post.REGISTRAR,
        }
    )
    brings = (facts.AccountIsReopened,)
    inputs = RecoverInputs
    target = "office.account"

    def situate(self, asked: Asked) -> Deed[Read]:
        accounts = known(asked.targets, load.accounts(asked.targets), "账号")
        found = load.people({each.person for each in accounts}, asked.today, asked.terms)
        people = tuple(found[each.person] for each in accounts)
        happenings = [facts.AccountIsReopened(person=each) for each in people]
        return asked.deed(facts=Read(accounts, people), happenings=happenings)

    def complete(self, situation: Deed[Read], inputs: RecoverInputs) -> Deed[Read]:
        account = only_one(situation.facts.accounts, "账号")
        person = only_one(situation.facts.people, "账号")
        if not person.posts & ADMINISTRATORS:
            raise BadInput("应急恢复只用于三名管理员；其他人员请由系统管理员重置口令")
        if account.state == "closed":
            raise BadInput("这个账号已注销，不能恢复")
        return with_happenings(
            situation, situation.happenings, facts=Read((account,), (person,), inputs)
        )

    def carry_out(self, deed: Deed[Read]) -> Change:
        account, inputs = only_one(deed.facts.accounts, "账号"), deed.facts.entered
        if inputs is None:
            raise BadInput("请填写事由", field="ground")
        code, touched = reopen_account(deed, account.id, "recovered", inputs.ground)
        return Change(touched=touched, told={"account": str(account.id), "code": code})
