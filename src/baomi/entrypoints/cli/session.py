"""Who is at the terminal: the log-in token, kept in a file of the person's own."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from baomi.engine import home, login
from baomi.engine.face.reading import pick
from baomi.entrypoints.cli.answer import ExitCode, Stop
from baomi.kernel.clock import clock
from baomi.kernel.words import Person, Post
from baomi.registers.office import load as office
from baomi.rulebook.terms import Terms

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
NOT_LOGGED_IN = "尚未登录，或登录已过期：请先运行 baomi login 登录名。"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and as the rules know him today."""

    person: Person
    terms: Terms

    @property
    def id(self) -> UUID:
        """The person's id: what a request names."""
        return self.person.id


def token_file() -> Path:
    """Where this person's token for this office lies: outside the office's own folder."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "").strip()
    base = Path(runtime) if runtime else Path.home() / ".local" / "state"
    name = hashlib.sha256(str(home.home().resolve()).encode()).hexdigest()[:32]
    return base / "baomi" / name


def keep(token: str, login_name: str) -> None:
    """Keep a token for the next commands: a file that only this person reads."""
    path = token_file()
    path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    path.parent.chmod(PRIVATE_FOLDER)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"{token}\n{login_name}\n")
    draft.replace(path)


def kept() -> tuple[str, str]:
    """Token and login name. Raises ``Stop``: there is none, or the file is open to others."""
    path = token_file()
    try:
        told = path.lstat()
        if told.st_uid != os.getuid() or told.st_mode & 0o177:
            raise Stop(
                f"登录凭据文件 {path} 可被他人读写，不予使用：请删除后重新登录。",
                code=ExitCode.NOT_LOGGED_IN,
            )
        token, _, name = path.read_text(encoding="utf-8").strip().partition("\n")
    except FileNotFoundError:
        raise Stop(NOT_LOGGED_IN, code=ExitCode.NOT_LOGGED_IN) from None
    return token, name


def forget() -> None:
    """Remove the token's file."""
    with suppress(FileNotFoundError):
        token_file().unlink()


def asker(as_post: str | None = None) -> Asker:
    """Open the office and tell who asks: the person logged in, or the holder of a post.

    Raises ``Stop``: not logged in, the password must be changed first, ``--as`` in a real office,
    and what ``home.open_office`` raises.
    """
    home.open_office()
    today = clock.today()
    terms = Terms.on(today)
    if as_post is not None:
        return Asker(office.person(_holder(as_post, terms), today, terms), terms)
    token, _ = kept()
    who = login.who(token)
    if who.must_change_password:
        raise login.MustChangePassword
    return Asker(who.person, terms)


def _holder(text: str, terms: Terms) -> UUID:
    """The first holder of a post today (``POST`` or ``POST@UNIT``); demonstration only."""
    if not home.is_demo():
        raise Stop("--as 只在演示机关可用：请用 baomi login 登录。", code=ExitCode.NOT_LOGGED_IN)
    code, _, unit = text.partition("@")
    post = _post(code, terms)
    held = office.holders(post, clock.today(), unit=_unit_named(unit) if unit else None)
    if not held:
        raise Stop(f"今天没有人任“{terms.post_title(post)}”：请换一个岗位。")
    return held[0]


def _post(code: str, terms: Terms) -> Post:
    for post in Post:
        if code in (post.value, terms.post_title(post)):
            return post
    known = "、".join(f"{post.value}（{terms.post_title(post)}）" for post in Post)
    raise Stop(f"没有“{code}”这个岗位。可用的有：{known}。")


def _unit_named(name: str) -> UUID:
    """A unit, as the first registrar finds it: everybody in service sees every unit."""
    today = clock.today()
    terms = Terms.on(today)
    anyone = office.holders(Post.REGISTRAR, today)
    if not anyone:
        raise Stop("今天没有保密员在岗，不能按单位查找。")
    return pick(office.person(anyone[0], today, terms), "office.unit", name)
