"""Passwords and one-time codes: what is good enough, how it is kept, how it is compared.

A password is kept as Argon2 hash. A one-time code is 80 random bits, which nobody guesses, so a
salted SHA-256 keeps it; comparing it takes the same time as a password all the same, lest the
time tell which accounts were never used. Standard: OWASP ASVS 5.0, V6.2.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.contrib.auth.hashers import check_password, make_password

from baomi.kernel.terms import Terms

LONGEST = 128
LONGEST_AGE_DAYS = 365  # the rulebook's yearly change is a ceiling, whatever the terms say
_CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_LENGTH = 16
_CODE = "code"
_COMMON = frozenset((Path(__file__).parent / "common_passwords.txt").read_text("ascii").split())


def fault_of(password: str, *, login: str, terms: Terms) -> str | None:
    """Why a new password is not good enough, as a Chinese sentence; None when it is."""
    shortest = terms.number("password_min_length")
    folded = unicodedata.normalize("NFKC", password).casefold()
    if len(password) < shortest:
        return f"口令太短，至少 {shortest} 个字符，请加长"
    if len(password) > LONGEST:
        return f"口令太长，最多 {LONGEST} 个字符，请缩短"
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in password):
        return "口令里不能有控制字符，请重新录入"
    if login.casefold() in folded:
        return "口令里不能含有登录名，请换一个"
    if _is_common(folded):
        return "这个口令太常见，容易被猜中，请换一个"
    return None


def _is_common(folded: str) -> bool:
    core = folded.strip("0123456789!@#$%^&*.?_- ")
    if folded in _COMMON or core in _COMMON:
        return True
    steps = {ord(b) - ord(a) for a, b in pairwise(folded)}
    return len(set(folded)) < 4 or (len(steps) == 1 and steps <= {-1, 0, 1})


def keep_password(password: str, *, salt: str) -> str:
    """What is stored for a password. One salt for each account: see ``was_used``."""
    return make_password(_composed(password), salt=salt)


def was_used(password: str, ours: str, kept: Sequence[str]) -> bool:
    """Whether a password, kept as ``ours``, is among those kept before.

    One hash answers for all that were kept with the same salt and cost: the pen is held, and
    hashing once for each would keep the whole office waiting.
    """
    others = [each for each in kept if _kind(each) != _kind(ours)]
    return ours in kept or any(check_password(_composed(password), each) for each in others)


def passwords_among(kept: Sequence[str]) -> list[str]:
    """The hashes of passwords among what was kept; one-time codes are no history."""
    return [each for each in kept if not is_code(each)]


def _kind(kept: str) -> str:
    return kept.rpartition("$")[0]


def new_code() -> str:
    """A one-time code in four groups of four: letters and digits that nobody confuses."""
    signs = [secrets.choice(_CODE_ALPHABET) for _ in range(_CODE_LENGTH)]
    return "-".join("".join(signs[at : at + 4]) for at in range(0, _CODE_LENGTH, 4))


def keep_code(code: str) -> str:
    """What is stored for a one-time code."""
    salt = secrets.token_hex(16)
    return f"{_CODE}${salt}${_code_digest(code, salt)}"


def is_code(kept: str) -> bool:
    """Whether what is stored stands for a one-time code."""
    return kept.startswith(f"{_CODE}$")


def matches(kept: str | None, typed: str) -> bool:
    """Whether what was typed is the password or code kept; None: nobody has that login.

    Takes the time of one Argon2 hash in every case.
    """
    if kept is not None and not is_code(kept):
        return check_password(_composed(typed), kept)
    check_password(typed, _nobodys())
    if kept is None:
        return False
    _, salt, digest = kept.split("$")
    return hmac.compare_digest(_code_digest(typed, salt), digest)


@cache
def _nobodys() -> str:
    return make_password(secrets.token_hex(16))


def _composed(password: str) -> str:
    """The same password typed on two keyboards is the same octets; outer spaces never count."""
    return unicodedata.normalize("NFC", password).strip()


def _code_digest(code: str, salt: str) -> str:
    signs = unicodedata.normalize("NFKC", code).upper()
    plain = "".join(c for c in signs if c in _CODE_ALPHABET)
    return hashlib.sha256(f"{salt}{plain}".encode()).hexdigest()
