"""Ids of rows and operations: made by the application, never by a database sequence."""

from __future__ import annotations

import secrets
from uuid import NAMESPACE_OID, UUID, uuid5

from baomi.kernel.clock import clock


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): near in the index to its neighbours in time, 74 random bits."""
    milliseconds = clock.wall_us() // 1000
    value = (milliseconds & (2**48 - 1)) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def derived_id(origin: UUID, name: str) -> UUID:
    """The id that follows from another one and a name: the same again for the same request."""
    return uuid5(origin, name)


def content_id(name: str) -> UUID:
    """The id that follows from content alone, so that a repeated import meets its own deeds."""
    return uuid5(NAMESPACE_OID, name)
