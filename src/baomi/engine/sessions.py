"""Open sessions and locked log-ins, as far as somebody may look at them: no token, no password."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from baomi.engine import login
from baomi.engine.runtime.models import LoginAttempt, Session
from baomi.kernel.clock import clock
from baomi.registers.office import models
from baomi.rulebook.terms import Terms

_MINUTE_US = 60_000_000
_COLUMNS = ("token_hash", "opened_us", "seen_us", "idle_us", "expires_us")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """A session of one's own. Instants in µs since 1970 UTC."""

    opened_us: int
    seen_us: int
    expires_us: int
    is_at_a_page: bool
    is_this: bool


def own_sessions(account: UUID, token: str) -> tuple[OpenSession, ...]:
    """The sessions of an account that are open, the newest first; ``token`` says which is this."""
    this = login.hash_of(account, token)
    return tuple(
        OpenSession(
            opened_us=opened,
            seen_us=seen,
            expires_us=expires,
            is_at_a_page=idle > 0,
            is_this=hashed == this,
        )
        for hashed, opened, seen, idle, expires in _awake(account)
    )


def count_open() -> int:
    """How many sessions are open now, of everybody. Whose they are, is not told."""
    return len(_awake())


def end_other_sessions(account: UUID, token: str) -> int:
    """End every session of an account but this one. Returns how many were open."""
    this = login.hash_of(account, token)
    ended = sum(row[0] != this for row in _awake(account))
    Session.objects.filter(account=account).exclude(token_hash=this).delete()
    return ended


def locked_logins() -> Mapping[UUID, int]:
    """Accounts that had too many failures, and until when (µs) the first of them counts."""
    terms = Terms.on(clock.today())
    most, minutes = terms.number("login_attempts"), terms.number("login_lock_minutes")
    since = clock.now_us() - minutes * _MINUTE_US
    tries = list(LoginAttempt.objects.filter(at_us__gt=since).values_list("name_hash", "at_us"))
    often = {name for name, count in Counter(name for name, _ in tries).items() if count >= most}
    if not often:
        return {}
    until: dict[UUID, int] = {}
    for account, name in models.Account.objects.values_list("id", "login"):
        hashed = login.counter("name", name)
        if hashed in often:
            times = sorted(at_us for each, at_us in tries if each == hashed)
            # free again once fewer than the limit are young enough to count
            until[account] = times[len(times) - most] + minutes * _MINUTE_US
    return until


def _awake(account: UUID | None = None) -> list[tuple[str, int, int, int, int]]:
    rows = Session.objects.all() if account is None else Session.objects.filter(account=account)
    now = clock.now_us()
    return [
        row
        for row in rows.order_by("-opened_us").values_list(*_COLUMNS)
        if login.is_awake(*row[1:], now=now)
    ]
