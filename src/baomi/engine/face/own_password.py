"""One's own password changed at a page or by a program: only with the one in force."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from baomi.engine import login
from baomi.engine.perform import perform
from baomi.engine.request import Request
from baomi.kernel.ids import new_id
from baomi.kernel.words import Door

NOT_IN_FORCE: Final = "现用口令不正确，或尝试过多：请核对后再试，或稍后再试。"


def change_own_password(
    account: UUID, person: UUID, *, old: str, new: str, address: str, door: Door
) -> str:
    """Change it. Returns the token of a new session at a page: the old ones end with it.

    Raises ``LoginRefused`` unless ``old`` is in force, and what ``perform`` raises.
    """
    name = login.name_of(account)
    if login.verify(name, old, address=address).person.id != person:
        raise login.LoginRefused
    perform(
        Request(
            action=login.CHANGE_PASSWORD,
            actor=person,
            targets=(),
            inputs={"new_password": new},
            op_id=new_id(),
            door=door,
        )
    )
    return login.log_in(name, new, address=address, at_a_page=True)
