"""Operation ids: the same request again gives the same receipt, another content is refused."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from baomi.engine.keys import mac_key
from baomi.registers.statements import run_one

_FIND = "SELECT digest, seq, told FROM ledger_operation WHERE op_id = %s"
_KEEP = "INSERT INTO ledger_operation (op_id, digest, seq, told) VALUES (%s, %s, %s, %s)"


class OperationIdReused(Exception):
    """An operation id came again with another content."""

    sentence = "这个操作编号已用于另一项内容：请刷新后重新办理。"


@dataclass(frozen=True, slots=True)
class Operation:
    """What is remembered of an operation: a keyed digest of its content, and what was told."""

    seq: int
    told: Mapping[str, Any]


def digest_of(content: Mapping[str, Any]) -> bytes:
    """A keyed digest, so that a title cannot be guessed from it (HMAC-SHA256, 32 bytes)."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hmac.digest(mac_key(), text.encode(), "sha256")


def remembered(op_id: UUID, digest: bytes) -> Operation | None:
    """The operation if it was done. Raises ``OperationIdReused``."""
    rows = run_one(_FIND, [op_id.bytes]).rows
    if not rows:
        return None
    kept, seq, told = rows[0]
    if not hmac.compare_digest(bytes(kept), digest):
        raise OperationIdReused
    return Operation(seq, json.loads(told))


def remember(op_id: UUID, digest: bytes, seq: int, told: Mapping[str, Any]) -> None:
    """Keep the operation, in the deed's own transaction."""
    run_one(_KEEP, [op_id.bytes, digest, seq, json.dumps(told, ensure_ascii=False, default=str)])


def told_of(op_id: UUID) -> Mapping[str, Any]:
    """What the asker of an operation was told; nothing for an unknown one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT told FROM ledger_operation WHERE op_id = %s", [op_id.bytes])
        row = cursor.fetchone()
    return {} if row is None else dict(json.loads(row[0]))
