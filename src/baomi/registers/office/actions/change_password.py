"""Change one's own password. The old one, or the one-time code, was verified at the door."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pydantic import Field, SecretStr

from baomi.kernel.action import Action, Asked, Change, Inputs
from baomi.kernel.happening import Deed
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.office import facts, load, models
from baomi.registers.office.passwords import (
    fault_of,
    keep_password,
    passwords_among,
    was_used,
)


class ChangePasswordInputs(Inputs):
    """The new password."""

    new_password: SecretStr = Field(
        title="新口令", description="长度、历史按制度设置；不能含登录名，不能是常见口令"
    )


@dataclass(frozen=True, slots=True)
class Read:
    """One's own account, and the hashes to be kept: of the new password and of earlier ones."""

    account: facts.Account | None
    secret: str = field(default="", repr=False)
    earlier: tuple[str, ...] = field(default=(), repr=False)


class ChangePassword(Action[Read]):
    """Change one's own password."""

    name = "office.change_password"
    title = "修改口令"
    help = "修改自己的口令；修改后须重新登录。"
    done_by = frozenset({Post.ANYONE})
    brings = ()
    inputs = ChangePasswordInputs

    def situate(self, asked: Asked) -> Deed[Read]:
        return asked.deed(facts=Read(load.account_of(asked.actor.id)))

    def complete(self, situation: Deed[Read], inputs: ChangePasswordInputs) -> Deed[Read]:
        account = situation.facts.account
        if account is None or account.state != "active":
            raise BadInput("您没有可用的账号，请与系统管理员联系")
        new = inputs.new_password.get_secret_value()
        fault = fault_of(new, login=account.login, terms=situation.terms)
        if fault is not None:
            raise BadInput(fault, field="new_password")
        kept = models.Credential.objects.values("secret", "earlier").get(account_id=account.id)
        remembered = situation.terms.number("password_history")
        earlier = passwords_among([kept["secret"], *kept["earlier"]])[:remembered]
        secret = keep_password(new, salt=account.id.hex)
        if was_used(new, secret, earlier):
            raise BadInput(
                f"不能与最近用过的 {remembered} 个口令相同，请换一个", field="new_password"
            )
        return replace(situation, facts=Read(account, secret, tuple(earlier)))

    def carry_out(self, deed: Deed[Read]) -> Change:
        read = deed.facts
        if read.account is None or not read.secret:
            raise BadInput("请填写新口令", field="new_password")
        models.Credential.objects.filter(account_id=read.account.id).update(
            secret=read.secret, earlier=list(read.earlier)
        )
        # the day of entry: a password is never older than it looks
        models.Account.objects.filter(id=read.account.id).update(password_set_on=deed.recorded_on)
        return Change(touched={"office_account": {read.account.id}})
