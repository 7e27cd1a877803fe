"""Log-ins into the demonstration office: one for each role, with passwords that work at once."""

from __future__ import annotations

import os
from typing import NamedTuple
from uuid import UUID

from baomi.engine.demo.scene import Scene
from baomi.engine.login import CHANGE_PASSWORD
from baomi.kernel.clock import clock
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.office.passwords import fault_of, new_code
from baomi.rulebook.terms import Terms

PASSWORD_VARIABLE = "BAOMI_DEMO_PASSWORD"  # noqa: S105 — the name of a variable, no password
_UNIT = "财经委"


class Login(NamedTuple):
    """One log-in: the role, the login, the password in clear."""

    title: str
    login: str
    password: str


def chosen_password(given: str | None) -> str | None:
    """The one password for all, if there is to be one.

    Raises ``BadInput`` before anything is made if it is not good enough.
    """
    password = given or os.environ.get(PASSWORD_VARIABLE) or None
    if password is None:
        return None
    fault = fault_of(password, login="\0", terms=Terms.on(clock.today()))
    if fault is not None:
        raise BadInput(f"{PASSWORD_VARIABLE} 指定的口令不能用：{fault}", field="password")
    return password


def set_passwords(scene: Scene, password: str | None) -> tuple[Login, ...]:
    """Each of them puts a password of his own in the place of his one-time code."""
    terms = Terms.on(scene.day(0))
    return tuple(
        _set_password(scene, title, person, password or new_code())
        for title, person in _roles(scene, terms)
    )


def _roles(scene: Scene, terms: Terms) -> list[tuple[str, UUID]]:
    office = scene.office
    return [
        (terms.post_title(Post.REGISTRAR), office.registrar),
        (f"{_UNIT}{terms.post_title(Post.UNIT_KEEPER)}", office.keepers[_UNIT]),
        (f"{_UNIT}阅件人", office.readers[_UNIT][0]),
        (f"{_UNIT}主要负责人", office.heads[_UNIT]),
        (terms.post_title(Post.OFFICE_DIRECTOR), office.office_director),
        (terms.post_title(Post.GROUP_LEADER), office.group_leader),
        (terms.post_title(Post.SYSTEM_ADMIN), office.system_admin),
        (terms.post_title(Post.SECURITY_ADMIN), office.security_admin),
        (terms.post_title(Post.AUDITOR), office.auditor),
    ]


def _set_password(scene: Scene, title: str, person: UUID, password: str) -> Login:
    login = scene.office.logins[person]
    scene.do(CHANGE_PASSWORD, person, new_password=password)
    return Login(title, login, password)
