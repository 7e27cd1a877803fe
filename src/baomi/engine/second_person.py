"""The second person of a deed that nobody does alone confirms with his own password.

Persons are compared, never log-ins; a one-time code confirms nothing, since its giver knows it.
"""

from __future__ import annotations

from uuid import UUID

from baomi.engine.login import MustChangePassword, verify
from baomi.kernel.verdict import BadInput


def confirmed_by(login: str, password: str, *, actor: UUID, address: str = "") -> UUID:
    """Who confirms, as ``Request.second`` wants it.

    Raises ``LoginRefused`` as a log-in does, ``MustChangePassword`` for a one-time code or an
    expired password, ``BadInput`` when it is the actor himself.
    """
    found = verify(login, password, address=address)
    if found.person.id == actor:
        raise BadInput("确认人不能是办理人本人，请另一人确认", field="second")
    if found.must_change_password:
        raise MustChangePassword
    return found.person.id
