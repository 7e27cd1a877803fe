"""Accounts and their one-time codes: the one place where credentials are written.

A code stands in what the asker is told, wrapped so that neither a log nor the memory of the
operation can show it; it is nowhere stored in clear.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import SecretStr

from baomi.kernel.happening import Deed
from baomi.kernel.ids import new_id
from baomi.registers.office import models
from baomi.registers.office.passwords import keep_code, new_code, passwords_among

Touched = dict[str, set[UUID]]


def open_account(
    deed: Deed[Any], person: UUID, login: str, ground: str
) -> tuple[UUID, SecretStr, Touched]:
    """Make an account with a one-time code. Returns its id, the code, and what was touched."""
    account = models.Account(
        id=new_id(), person_id=person, login=login, state="active", password_set_on=None
    )
    account.save(force_insert=True)
    code = SecretStr(new_code())
    models.Credential.objects.create(
        account_id=account.id, secret=keep_code(code.get_secret_value()), earlier=[]
    )
    record = note_account(deed, account.id, "granted", ground)
    return (
        account.id,
        code,
        {"office_account": {account.id}, "office_account_record": {record}},
    )


def reopen_account(
    deed: Deed[Any], account: UUID, kind: str, ground: str
) -> tuple[SecretStr, Touched]:
    """Put a new one-time code in the place of the password, and let the account in again."""
    code = SecretStr(new_code())
    kept = models.Credential.objects.values("secret", "earlier").get(account_id=account)
    models.Credential.objects.filter(account_id=account).update(
        secret=keep_code(code.get_secret_value()),
        earlier=passwords_among([kept["secret"], *kept["earlier"]]),
    )
    models.Account.objects.filter(id=account).update(state="active", password_set_on=None)
    record = note_account(deed, account, kind, ground)
    return code, {"office_account": {account}, "office_account_record": {record}}


def note_account(deed: Deed[Any], account: UUID, kind: str, ground: str) -> UUID:
    """Record what befell an account. Returns the record's id."""
    row = models.AccountRecord(
        id=new_id(),
        account_id=account,
        kind=kind,
        on=deed.today,
        ground=ground,
        confirmed_by_id=deed.second.id if deed.second else None,
    )
    row.save(force_insert=True)
    return row.id
