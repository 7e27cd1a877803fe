"""Log-ins into the demonstration office: one for each role, with passwords that work at once."""

from __future__ import annotations

import os
from typing import NamedTuple
from uuid import UUID

from baomi.engine.demo.days import Life, Slot, When
from baomi.engine.demo.scene import Scene
from baomi.engine.login import CHANGE_PASSWORD
from baomi.kernel.clock import clock
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.office.passwords import fault_of, new_code
from baomi.rulebook.terms import Terms

PASSWORD_VARIABLE = "BAOMI_DEMO_PASSWORD"  # noqa: S105 — the name of a variable, no password
_UNIT, _OTHER_UNIT = "财经委", "研究室"
_BEFORE_THE_END = 15  # working days


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


def change_passwords(scene: Scene, password: str | None, logins: list[Login]) -> Life:
    """Each of them puts a password of his own in the place of what he had, and is noted.

    Some weeks before the end: a password of a year ago would have to be changed at the first visit.
    """
    yield When(max(0, scene.last - _BEFORE_THE_END), Slot.CLOSING)
    terms = Terms.on(scene.today)
    for title, person in _roles(scene, terms):
        logins.append(_set_password(scene, title, person, password or new_code()))


def _roles(scene: Scene, terms: Terms) -> list[tuple[str, UUID]]:
    office = scene.office
    return [
        (terms.post_title(Post.REGISTRAR), office.registrar),
        (f"{_UNIT}{terms.post_title(Post.UNIT_KEEPER)}", office.keepers[_UNIT]),
        (f"{_UNIT}阅件人", office.readers[_UNIT][0]),
        (f"{_OTHER_UNIT}阅件人", office.readers[_OTHER_UNIT][1]),
        (f"{_UNIT}主要负责人", office.heads[_UNIT]),
        (terms.post_title(Post.OFFICE_DIRECTOR), office.office_director),
        (terms.post_title(Post.GROUP_LEADER), office.group_leader),
        (terms.post_title(Post.SECRECY_LEADER), scene.staff.secrecy_leader),
        *((terms.post_title(post), person) for post, person in scene.staff.by_post.items()),
        (terms.post_title(Post.SYSTEM_ADMIN), office.system_admin),
        (terms.post_title(Post.SECURITY_ADMIN), office.security_admin),
        (terms.post_title(Post.AUDITOR), office.auditor),
    ]


def _set_password(scene: Scene, title: str, person: UUID, password: str) -> Login:
    login = scene.logins[person]
    scene.do(CHANGE_PASSWORD, person, new_password=password)
    return Login(title, login, password)
