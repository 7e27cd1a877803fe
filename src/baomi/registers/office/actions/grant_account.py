"""Give somebody an account, with a one-time code that is told once and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import Field

from baomi.kernel.action import Action, Asked, Change, Inputs
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Person, Post
from baomi.registers.office import load
from baomi.registers.office.actions.credentials import open_account
from baomi.registers.office.choices import known, only_one
from baomi.registers.office.wording import Line, Login


class GrantAccountInputs(Inputs):
    """The login, and why the account is given."""

    login: Login = Field(title="登录名", description="小写字母开头，如 zhang.wei")
    ground: Line = Field(default="开通账号", title="事由", description="开通账号的事由或文号")


@dataclass(frozen=True, slots=True)
class Read:
    """Who gets the account, and what was entered."""

    people: tuple[Person, ...]
    entered: GrantAccountInputs | None = None


class GrantAccount(Action[Read]):
    """Give somebody an account with a one-time code."""

    name = "office.grant_account"
    title = "开通账号"
    help = "为一名在岗人员开通账号；一次性口令只显示这一次，首次登录后须改为自己的口令。"
    done_by = frozenset({Post.SYSTEM_ADMIN})
    brings = ()
    inputs = GrantAccountInputs
    target = "office.person"

    def situate(self, asked: Asked) -> Deed[Read]:
        people = load.people(asked.targets, asked.today, asked.terms)
        return asked.deed(facts=Read(known(asked.targets, people, "人")))

    def complete(self, situation: Deed[Read], inputs: GrantAccountInputs) -> Deed[Read]:
        person = only_one(situation.facts.people, "人")
        if not person.in_service:
            raise BadInput(f"{person.name}不在岗，不能开通账号")
        if load.account_of(person.id) is not None:
            raise BadInput(f"{person.name}已有账号，忘记口令的请办理重置")
        if load.login_is_taken(inputs.login):
            raise BadInput("这个登录名已被使用，请换一个", field="login")
        return replace(situation, facts=Read((person,), inputs))

    def carry_out(self, deed: Deed[Read]) -> Change:
        person, inputs = only_one(deed.facts.people, "人"), deed.facts.entered
        if inputs is None:
            raise BadInput("请填写登录名", field="login")
        account, code, touched = open_account(deed, person.id, inputs.login, inputs.ground)
        return Change(touched=touched, told={"account": str(account), "code": code})
