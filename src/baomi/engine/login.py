"""Log in, and say who is there. Whoever may not come in hears one and the same sentence.

Sessions lie in the runtime database by a hash of their token that is bound to the password in
force: a changed password, a suspended account, a last day in service end them at the next request.
Standard: OWASP ASVS 5.0, V6.3 and V7.4.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import unicodedata
from dataclasses import dataclass
from threading import BoundedSemaphore
from uuid import UUID

from django.db.models import Q

from baomi.engine.keys import mac_key
from baomi.engine.runtime.models import LoginAttempt, Session
from baomi.kernel.clock import clock
from baomi.kernel.words import Person
from baomi.registers.office import load as office
from baomi.registers.office import models
from baomi.registers.office.passwords import LONGEST, LONGEST_AGE_DAYS, matches
from baomi.rulebook.terms import Terms

CHANGE_PASSWORD = "office.change_password"  # noqa: S105 — the name of a deed, no password
_MINUTE_US = 60_000_000
_REMEMBERED_US = 24 * 60 * _MINUTE_US
_SEEN_EVERY_US = 15_000_000  # a page turned is no reason to write each time
_FROM_ONE_PLACE = 4  # a shared computer: so many times the failures that one name may have
# one Argon2 takes 100 MiB: more at once than there are processors only costs memory
HASHING = BoundedSemaphore(os.cpu_count() or 1)


class LoginRefused(Exception):
    """Unknown name, wrong password, too many attempts, suspended, left: which, is not told."""

    sentence = "姓名或口令不正确，或尝试过多、账号不可用：请核对后再试，或稍后再试。"


class NotLoggedIn(Exception):
    """The session does not exist or has ended."""

    sentence = "尚未登录或登录已过期，请重新登录。"


class MustChangePassword(Exception):
    """With a one-time code or an expired password nothing is done but changing it."""

    sentence = "口令是一次性的或已到期，请先修改口令，再办理其他事项。"


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """Who is there, as of today: rights are read at every request and act at once."""

    account: UUID
    person: Person
    must_change_password: bool

    def demand(self, action: str) -> None:
        """Raises ``MustChangePassword`` unless the deed may be asked for with this log-in."""
        if self.must_change_password and action != CHANGE_PASSWORD:
            raise MustChangePassword


@dataclass(frozen=True, slots=True)
class _Account:
    id: UUID
    person: UUID
    state: str
    secret: str
    must_change: bool


def log_in(login: str, password: str, *, address: str = "", at_a_page: bool = False) -> str:
    """Open a session of ``cli_session_minutes`` minutes. Returns its token.

    ``at_a_page`` opens one of ``web_session_hours`` hours that locks after ``web_idle_minutes``
    minutes without a request; an account has one such session, the newest.
    Raises ``LoginRefused``; the failure is counted against the name, and the address if given.
    """
    logged_in = verify(login, password, address=address)
    terms, now = Terms.on(clock.today()), clock.now_us()
    minutes, idle = terms.number("cli_session_minutes"), 0
    Session.objects.filter(expires_us__lte=now - _REMEMBERED_US).delete()
    if at_a_page:
        minutes, idle = terms.number("web_session_hours") * 60, terms.number("web_idle_minutes")
        # ended, not forgotten: what is typed there now is still known to be this account's
        older = Session.objects.filter(account=logged_in.account, idle_us__gt=0)
        older.filter(expires_us__gt=now).update(expires_us=now)
    token = f"{logged_in.account.hex}.{secrets.token_urlsafe(32)}"
    found = _account(logged_in.account)
    if found is None:
        raise LoginRefused
    Session.objects.create(
        token_hash=_token_hash(token, found.secret),
        account=found.id,
        person=found.person,
        opened_us=now,
        seen_us=now,
        idle_us=idle * _MINUTE_US,
        expires_us=now + minutes * _MINUTE_US,
    )
    return token


def verify(login: str, password: str, *, address: str = "") -> LoggedIn:
    """Whose name and password these are, without a session. Raises ``LoginRefused``."""
    counted = [counter("name", _normal(login))]
    if address:
        counted.append(counter("address", address))
    locked = is_locked(counted)
    # counted before the password is looked at: tries made at once are counted all the same
    attempts = [] if locked else count(counted)
    found = _by_login(login)
    with HASHING:
        right = matches(found.secret if found else None, password[: LONGEST + 1])
    admitted = _admit(found) if found else None
    if locked or not right or admitted is None:
        raise LoginRefused
    # other people's failures at the same address stay counted
    LoginAttempt.objects.filter(Q(name_hash=counted[0]) | Q(id__in=attempts)).delete()
    return admitted


def who(token: str, *, is_active: bool = True) -> LoggedIn:
    """Who has a session. Raises ``NotLoggedIn``: ended, locked, or the account's rights are gone.

    ``is_active`` false: a page asks by itself, which keeps no session awake.
    """
    found = _account(_account_in(token))
    if found is None:
        raise NotLoggedIn
    session = Session.objects.filter(token_hash=_token_hash(token, found.secret), account=found.id)
    row = session.values_list("opened_us", "seen_us", "idle_us", "expires_us").first()
    if row is None or not is_awake(*row, now=clock.now_us()):
        raise NotLoggedIn
    admitted = _admit(found)
    if admitted is None:
        raise NotLoggedIn
    if is_active and row[2] and clock.now_us() - row[1] >= _SEEN_EVERY_US:
        session.update(seen_us=clock.now_us())
    return admitted


def is_awake(opened_us: int, seen_us: int, idle_us: int, expires_us: int, *, now: int) -> bool:
    """Whether a session is open: neither expired nor quiet for too long."""
    # a session from the future belongs to a clock that stepped back: it would never end
    is_open = opened_us <= now < expires_us
    return is_open and (not idle_us or seen_us <= now < seen_us + idle_us)


def name_of(account: UUID) -> str:
    """The name with which the owner of an account logs in."""
    return str(models.Account.objects.values_list("login", flat=True).get(id=account))


def account_behind(token: str) -> UUID | None:
    """The account of a session, asleep or expired as it may be: whose draft this is."""
    found = _account(_account_in(token))
    if found is None:
        return None
    hashed = _token_hash(token, found.secret)
    return found.id if Session.objects.filter(token_hash=hashed).exists() else None


def hash_of(account: UUID, token: str) -> str:
    """Under what a session of an account is kept; empty, as none is, for another's token."""
    found = _account(account)
    if found is None or _account_in(token) != account:
        return ""
    return _token_hash(token, found.secret)


def log_out(token: str) -> None:
    """End a session; an unknown token ends nothing."""
    found = _account(_account_in(token))
    if found is not None:
        Session.objects.filter(token_hash=_token_hash(token, found.secret)).delete()


def end_sessions(account: UUID) -> int:
    """End every session of an account. Returns how many."""
    return Session.objects.filter(account=account).delete()[0]


def _admit(found: _Account) -> LoggedIn | None:
    today = clock.today()
    person = office.people([found.person], today, Terms.on(today))[found.person]
    if found.state != "active" or not person.in_service:
        return None
    return LoggedIn(found.id, person, found.must_change)


def _normal(login: str) -> str:
    """A name as it is looked up and counted: full-width letters are no fresh allowance."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def _by_login(login: str) -> _Account | None:
    name = _normal(login)
    if "\0" in name:  # PostgreSQL takes none
        return None
    key = models.Account.objects.filter(login=name).values_list("id", flat=True).first()
    return _account(key)


def _account(key: UUID | None) -> _Account | None:
    if key is None:
        return None
    row = (
        models.Credential.objects.filter(account_id=key)
        .values_list("secret", "account__person_id", "account__state", "account__password_set_on")
        .first()
    )
    if row is None:
        return None
    secret, person, state, set_on = row
    today = clock.today()
    oldest = min(Terms.on(today).number("password_max_age_days"), LONGEST_AGE_DAYS)
    must_change = set_on is None or (today - set_on).days >= oldest
    return _Account(key, person, state, secret, must_change)


def _account_in(token: str) -> UUID | None:
    try:
        return UUID(hex=token.partition(".")[0])
    except ValueError:
        return None


def _token_hash(token: str, secret: str) -> str:
    return hashlib.sha256(f"{token}\n{secret}".encode()).hexdigest()


def counter(kind: str, text: str) -> str:
    """A keyed hash: what was typed as a name may be a password, and may be nobody's name."""
    return hmac.digest(mac_key(), f"login/{kind}/{text}".encode(), "sha256").hex()


def is_locked(counted: list[str]) -> bool:
    """Whether one of these had too many failures: the name (first), or the place (second)."""
    terms = Terms.on(clock.today())
    since = clock.now_us() - terms.number("login_lock_minutes") * _MINUTE_US
    LoginAttempt.objects.filter(at_us__lte=since).delete()
    most = terms.number("login_attempts")
    limits = (most, most * _FROM_ONE_PLACE)
    return any(
        LoginAttempt.objects.filter(name_hash=each).count() >= limit
        for each, limit in zip(counted, limits, strict=False)
    )


def count(counted: list[str]) -> list[int]:
    """Count an attempt against each. Returns the rows, to be taken back when it was right."""
    now = clock.now_us()
    rows = [LoginAttempt(name_hash=each, at_us=now) for each in counted]
    return [row.id for row in LoginAttempt.objects.bulk_create(rows)]
