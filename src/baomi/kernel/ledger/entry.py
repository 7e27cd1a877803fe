"""One entry of the ledger, the BML1 form: a fixed header and the commitment to a body.

All numbers are big-endian and nothing is padded.  What is hashed is what is stored: `raw` is
never encoded anew to verify it.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from baomi.kernel.ledger.hashes import SHA_256, SM3, hasher

MAGIC: Final = b"BML1"
SALT_SIZE: Final = 16
HASH_SIZE: Final = 32
NO_PREDECESSOR: Final = bytes(HASH_SIZE)
"""What the first entry names as its predecessor's leaf hash."""

_HEADER: Final = struct.Struct(">4sBB16sQ32sqq16s16s16sH")
_KIND: Final = re.compile(r"[a-z0-9._-]{1,64}", re.ASCII)
_NOBODY: Final = bytes(16)


class BadEntry(ValueError):
    """Octets that are no entry, or fields that cannot become one; says why in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFields:
    """The header of an entry.

    Times are microseconds since 1970-01-01 UTC.  `time_us` is the later of the wall clock and
    the predecessor's time plus one; `wall_us` is the clock as it was read.
    """

    alg: int
    log_id: UUID
    seq: int
    prev: bytes
    time_us: int
    wall_us: int
    actor: UUID
    second: UUID | None
    op_id: UUID
    kind: str
    commit: bytes


def encode(fields: EntryFields) -> bytes:
    """Write an entry's octets; raises `BadEntry` for a field out of its range."""
    _check(fields)
    try:
        header = _HEADER.pack(
            MAGIC,
            fields.alg,
            0,
            fields.log_id.bytes,
            fields.seq,
            fields.prev,
            fields.time_us,
            fields.wall_us,
            fields.actor.bytes,
            fields.second.bytes if fields.second else _NOBODY,
            fields.op_id.bytes,
            len(fields.kind),
        )
    except struct.error:
        raise BadEntry("序号或时间超出 64 位整数范围：请核对系统时钟。") from None
    return header + fields.kind.encode("ascii") + fields.commit


def decode(raw: bytes) -> EntryFields:
    """Read an entry's octets; raises `BadEntry` for anything that `encode` would not write."""
    if len(raw) < _HEADER.size:
        raise BadEntry(f"条目只有 {len(raw)} 字节，短于固定部分的 {_HEADER.size} 字节。")
    magic, alg, flags, log_id, seq, prev, time_us, wall_us, actor, second, op_id, length = (
        _HEADER.unpack_from(raw)
    )
    if magic != MAGIC or flags != 0:
        raise BadEntry("条目的格式标记不是 BML1：此条不是本系统写成的。")
    if len(raw) != _HEADER.size + length + HASH_SIZE:
        raise BadEntry("条目的长度与其种类名的长度不符：此条已损坏。")
    fields = EntryFields(
        alg=alg,
        log_id=UUID(bytes=log_id),
        seq=seq,
        prev=prev,
        time_us=time_us,
        wall_us=wall_us,
        actor=UUID(bytes=actor),
        second=None if second == _NOBODY else UUID(bytes=second),
        op_id=UUID(bytes=op_id),
        kind=raw[_HEADER.size : _HEADER.size + length].decode("latin-1"),
        commit=raw[-HASH_SIZE:],
    )
    _check(fields)
    return fields


def commitment(alg: int, salt: bytes, body: bytes) -> bytes:
    """Hash that binds an entry to its detachable body: H(0x03 || salt || body), 32 octets."""
    if len(salt) != SALT_SIZE:
        raise BadEntry(f"盐值应为 {SALT_SIZE} 字节，现为 {len(salt)} 字节。")
    return hasher(alg)(b"\x03" + salt + body)


def leaf_hash(alg: int, raw: bytes) -> bytes:
    """Hash of an entry as a leaf of the tree: H(0x00 || raw), RFC 6962 section 2.1."""
    return hasher(alg)(b"\x00" + raw)


def _check(fields: EntryFields) -> None:
    if fields.alg not in (SHA_256, SM3):
        raise BadEntry(f"散列算法编号 {fields.alg} 不认识：1 为 SHA-256，2 为 SM3。")
    if not _KIND.fullmatch(fields.kind):
        raise BadEntry("条目种类名只能是 1 至 64 个小写字母、数字、点、下划线或连字符。")
    if len(fields.prev) != HASH_SIZE or len(fields.commit) != HASH_SIZE:
        raise BadEntry(f"散列值应为 {HASH_SIZE} 字节。")
    if fields.seq == 0 and fields.prev != NO_PREDECESSOR:
        raise BadEntry("首条之前没有条目，其前条散列值应全为零。")
