"""Sealed columns: personal data as ciphertext under a key of the person it speaks of.

Destroying that one key is the lawful deletion: the ledger and every backup keep the ciphertext,
and nobody can read it again. The integrity protection is software, not an approved device.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from baomi.kernel.ids import content_id
from baomi.registers.office.models import SubjectKey

# the key of the index of identity numbers is wrapped like a subject's, and turned with them
_INDEX = content_id("index of identity numbers")
DESTROYED = "（密钥已销毁，不可恢复）"
_NONCE = 12


class SealBroken(Exception):
    """A ciphertext or a wrapped key does not open: wrong master key, or it was altered."""


def master_key_path() -> Path:
    """Where the office's master key lies, readable by the service's own account only."""
    return Path(settings.BAOMI_HOME) / "keys" / "seal.key"


def make_master_key(path: Path) -> None:
    """Write a new master key (32 random bytes), mode 0600. Raises ``FileExistsError``."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(32))


def _box(key: bytes, text: bytes, bound_to: bytes) -> str:
    nonce = secrets.token_bytes(_NONCE)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, text, bound_to)).decode()


def _open(key: bytes, boxed: str, bound_to: bytes) -> bytes:
    raw = base64.b64decode(boxed)
    try:
        return AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], bound_to)
    except InvalidTag as broken:
        raise SealBroken(str(UUID(bytes=bound_to))) from broken


def wrap(octets: bytes, of: UUID) -> str:
    """A key, or what describes a file, sealed with the master key and bound to an id."""
    return _box(master_key_path().read_bytes(), octets, of.bytes)


def unwrap(wrapped: str, of: UUID) -> bytes:
    """What was wrapped. Raises ``SealBroken``."""
    return _open(master_key_path().read_bytes(), wrapped, of.bytes)


def wrap_anew(wrapped: str, of: UUID, *, old_master: bytes, new_master: bytes) -> str:
    """The same under another master key. Raises ``SealBroken``."""
    return _box(new_master, _open(old_master, wrapped, of.bytes), of.bytes)


def _subject_key(subject: UUID) -> bytes | None:
    wrapped = SubjectKey.objects.filter(subject=subject).values_list("wrapped", flat=True).first()
    if wrapped is None:
        return None
    return _open(master_key_path().read_bytes(), wrapped, subject.bytes)


def seal(subject: UUID, text: str) -> str:
    """Ciphertext of a text about a subject; makes the subject's key when it has none."""
    key = _subject_key(subject)
    if key is None:
        key = secrets.token_bytes(32)
        wrapped = _box(master_key_path().read_bytes(), key, subject.bytes)
        SubjectKey.objects.create(subject=subject, wrapped=wrapped)
    return _box(key, text.encode(), subject.bytes)


def unseal(subject: UUID, sealed: str | None) -> str | None:
    """The text, or a phrase that says the key was destroyed. Raises ``SealBroken``."""
    if not sealed:
        return None
    key = _subject_key(subject)
    return DESTROYED if key is None else _open(key, sealed, subject.bytes).decode()


def rewrap(old_master: bytes, new_master: bytes) -> int:
    """Wrap every subject's key under a new master key; ciphertexts stay. Returns whose: how many.

    The key of the index of identity numbers is wrapped with them, and not counted.
    """
    count = 0
    for subject, wrapped in list(SubjectKey.objects.values_list("subject", "wrapped")):
        key = _open(old_master, wrapped, subject.bytes)
        SubjectKey.objects.filter(subject=subject).update(
            wrapped=_box(new_master, key, subject.bytes)
        )
        count += subject != _INDEX
    return count


def destroy(subject: UUID) -> None:
    """Destroy a subject's key. Only an action calls it: the lawful deletion."""
    SubjectKey.objects.filter(subject=subject).delete()


def blind(text: str) -> str | None:
    """What stands for a text in the index of identity numbers; None: nothing stands there yet.

    HMAC-SHA256 under the index's own key: equal texts are seen to be equal, and no more.
    """
    key = _subject_key(_INDEX)
    return None if key is None else _digest(key, text)


def blind_for_writing(text: str) -> str:
    """The same, making the index's key where there is none. Only who writes the index calls it."""
    key = _subject_key(_INDEX)
    if key is None:
        key = secrets.token_bytes(32)
        wrapped = _box(master_key_path().read_bytes(), key, _INDEX.bytes)
        SubjectKey.objects.create(subject=_INDEX, wrapped=wrapped)
    return _digest(key, text)


def _digest(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
