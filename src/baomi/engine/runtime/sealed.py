"""Seal what people typed before it is laid down for a while (AES-256-GCM).

This is no protection by approved devices: it keeps titles out of a stray copy of ``runtime.db``.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from baomi.engine.keys import mac_key

_NONCE_BYTES = 12


class Unsealable(Exception):
    """What was laid down is damaged, or was sealed for something else."""

    sentence = "暂存的内容已不能读取：请重新填写。"


def seal_bytes(content: bytes, *, of: str) -> bytes:
    """Seal octets; ``of`` binds them to what they are (``draft/<id>``)."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(_key()).encrypt(nonce, content, of.encode())


def open_bytes(sealed: bytes, *, of: str) -> bytes:
    """The octets again. Raises ``Unsealable``."""
    sealed = bytes(sealed)
    try:
        return AESGCM(_key()).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], of.encode())
    except (InvalidTag, ValueError):
        raise Unsealable from None


def seal(content: Any, *, of: str) -> bytes:
    """Seal what JSON can hold."""
    return seal_bytes(json.dumps(content, ensure_ascii=False, default=str).encode(), of=of)


def unseal(sealed: bytes, *, of: str) -> Any:
    """What was sealed. Raises ``Unsealable``."""
    return json.loads(open_bytes(sealed, of=of))


def _key() -> bytes:
    return hmac.digest(mac_key(), b"baomi runtime", hashlib.sha256)
