"""The PIN (确认码) that goes with a badge: what is good enough, how it is kept and compared.

It confirms that somebody stands at the desk and took what he was given; it opens no session.
So few digits are safe only because few tries are let through: see ``baomi.engine.pin``.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from baomi.kernel.terms import Terms
from baomi.registers.office.passwords import keep_password, matches

LONGEST = 12
_COMMON = frozenset({"147258", "159357", "520520", "521521", "112233", "123321", "147852"})
_REPEATED = re.compile(r"(\d{1,4})\1+")


def typed_pin(text: str) -> str:
    """The digits of a PIN as typed, full-width or not."""
    return unicodedata.normalize("NFKC", text).strip()


def fault_of_pin(pin: str, *, badge_serial: int, terms: Terms) -> str | None:
    """Why a new PIN is not good enough, as a Chinese sentence; None when it is."""
    shortest = terms.number("pin_min_length")
    if not (pin.isascii() and pin.isdecimal() and shortest <= len(pin) <= LONGEST):
        return f"确认码须是 {shortest} 到 {LONGEST} 位数字，请重新录入"
    if pin.lstrip("0") == str(badge_serial):
        return "确认码不能用工牌上的号码，请换一个"
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    if pin in _COMMON or _REPEATED.fullmatch(pin) or (len(steps) == 1 and steps <= {-1, 1}):
        return "这个确认码太常见，容易被猜中，请换一个"
    return None


def keep_pin(pin: str, *, salt: str) -> str:
    """What is stored for a PIN: its Argon2 hash."""
    return keep_password(pin, salt=salt)


def pin_matches(kept: str | None, typed: str) -> bool:
    """Whether what was typed is the PIN kept; None: there is none. Takes the same time always."""
    return matches(kept, typed_pin(typed))
