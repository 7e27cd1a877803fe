"""What the form for attaching a file offers: roles, and levels between the thing's and ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from baomi.engine.attachments.checking import most_octets
from baomi.entrypoints.guarding.logged_in import Asking, Who
from baomi.kernel.ids import new_id
from baomi.kernel.words import Level
from baomi.registers.attachments.load import highest_level, kinds
from baomi.registers.attachments.wording import ROLES

MEGABYTE: Final = 1024 * 1024
NO_FILE: Final = "请先选择扫描件。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The form for one thing. ``barred``: why nothing may be attached here; empty: it may."""

    kind: str
    title: str
    thing: UUID
    levels: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str], ...]
    barred: str
    megabytes: int
    op_id: UUID


def offer(who: Who, kind: str, thing: UUID) -> Offer | None:
    """The form; None where nothing of that kind is seen, or nothing can be attached to it."""
    of = kinds().get(kind)
    if of is None or not of.rows(who.person).filter(pk=thing).exists():
        return None
    highest, least = highest_level(), of.level(thing)
    barred = (
        f"此项为{least.title}，本机只核准存放“{highest.title}”及以下的扫描件：原件请按密级保管。"
        if least > highest
        else ""
    )
    return Offer(
        kind=kind,
        title=of.title,
        thing=thing,
        levels=levels_from(least),
        roles=tuple(ROLES.items()),
        barred=barred,
        megabytes=most_octets() // MEGABYTE,
        op_id=new_id(),
    )


def levels_from(least: Level) -> tuple[tuple[str, str], ...]:
    """The levels that a scan may have: not below the thing's, not above what is kept here."""
    return tuple((level.code, level.title) for level in Level if least <= level <= highest_level())


def why_no_file(request: Asking, too_large: str) -> str:
    """A file that is too large is dropped as it comes in, so that it fills no memory."""
    sent = request.META.get("CONTENT_LENGTH") or "0"
    return too_large if sent.isdecimal() and int(sent) > most_octets() else NO_FILE
